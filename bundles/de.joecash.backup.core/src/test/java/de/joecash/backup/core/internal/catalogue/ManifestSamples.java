package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.seal.TillKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests that go with an index. */
public final class ManifestSamples {
    private ManifestSamples() {}

    /** The same manifest, of a format, describing the archive of an index. */
    static Manifest described(Manifest m, int format, MemberIndex index) {
        return new Manifest(
                format,
                m.id(),
                m.kind(),
                m.trigger(),
                m.slot(),
                m.started(),
                m.finished(),
                m.source(),
                index.contentBytes(),
                index.contentSha256(),
                index.archiveBytes(),
                m.archiveSha256(),
                m.tables(),
                m.productVersion());
    }

    /** The text of an object, signed. */
    public static byte[] signed(String unsigned, TillKey key) {
        return ManifestSignature.sign(unsigned.getBytes(StandardCharsets.UTF_8), key);
    }

    /** The text of a manifest in a file, as an earlier version would have written it. */
    public static byte[] unsigned(Path file, int format) throws BackupException, IOException {
        IndexedManifest read = ManifestFormat.read(file.getFileName().toString(), Files.readAllBytes(file));
        MemberIndex index = read.index().orElseThrow();
        return ManifestFormat.unsigned(new IndexedManifest(described(read.manifest(), format, index), read.index()));
    }
}

package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.archive.MemberIndex;

/** Manifests that go with an index. */
final class ManifestSamples {
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
}

package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.core.internal.archive.Member;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.catalogue.ManifestFormat;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of the last archive in the next one. */
class ReuseTest {
    @TempDir
    private Path directory;

    private final InMemorySource source = new InMemorySource("kasse1");
    private Shop shop;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void makesABackupOnceMoreWhereAnEarlierArchiveWasForged() throws Exception {
        Path folder = directory.resolve("backups");
        source.rows(20_000);
        shop = new Shop(folder, source);
        Backup first = shop.backup();
        shop.close();
        forge(folder, first);

        shop = new Shop(folder, source);
        Backup second = shop.backup();

        assertThat(shop.succeeds(shop.core().verify(second.id())).backup().good())
                .isTrue();
        assertThat(second.manifest().contentSha256()).isEqualTo(first.manifest().contentSha256());
    }

    /** Breaks the data of the first member, and makes its index say that this is as it should be. */
    private static void forge(Path folder, Backup backup) throws Exception {
        Path archive = folder.resolve(backup.manifest().archiveName());
        Path manifest = folder.resolve(backup.manifest().manifestName());
        IndexedManifest read = ManifestFormat.read(manifest.getFileName().toString(), Files.readAllBytes(manifest));
        byte[] bytes = Files.readAllBytes(archive);
        MemberIndex.Builder forged =
                new MemberIndex.Builder(read.index().orElseThrow().head());
        for (Member member : read.index().orElseThrow()) {
            int from = (int) member.storedOffset();
            if (member.ordinal() == 0) {
                bytes[from + member.storedLength() / 2] ^= 1;
            }
            CRC32 crc = new CRC32();
            crc.update(Arrays.copyOfRange(bytes, from, from + member.storedLength()));
            forged.add(member.contentLength(), member.storedLength(), (int) crc.getValue(), member.sha256());
        }
        Files.write(archive, bytes);
        Forged.manifest(manifest, new IndexedManifest(read.manifest(), Optional.of(forged.build())));
    }
}

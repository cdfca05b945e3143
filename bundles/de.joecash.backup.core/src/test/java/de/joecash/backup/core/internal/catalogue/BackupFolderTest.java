package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.Digest;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.seal.Keyring;
import de.joecash.backup.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFolderTest {
    @TempDir
    private Path directory;

    /** What was published without it would be green, and gone at the next start. */
    @Test
    void publishesNoManifestThatNobodyCouldReadAgain() throws BackupException, IOException {
        try (BackupFolder folder = BackupFolder.open(directory, new Reserve(0, 0))) {
            IndexedManifest manifest = manifest(310_000);
            Path part = Files.write(
                    folder.archivePart(manifest.manifest().id(), BackupArchive.Kind.DATABASE), new byte[10]);

            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() ->
                            Catalogue.open(folder, Keyring.open(folder.keys())).add(manifest))
                    .satisfies(e -> assertThat(e.problem())
                            .isEqualTo(new Problem.ManifestUnreadable(
                                    manifest.manifest().manifestName(), "too long")));

            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.map(Path::getFileName).map(Path::toString))
                        .containsExactlyInAnyOrder(
                                ".lock", "keys", part.getFileName().toString());
            }
        }
    }

    private static IndexedManifest manifest(int members) {
        MemberIndex.Builder builder = new MemberIndex.Builder(
                ArchiveSamples.write(new byte[0]).index().head());
        Random random = new Random(1);
        byte[] sha256 = new byte[Digest.LENGTH];
        for (int i = 0; i < members; i++) {
            random.nextBytes(sha256);
            builder.add(250_000, 60_000, 0, new Digest(sha256));
        }
        MemberIndex index = builder.build();
        Manifest m =
                Samples.manifest(7, BackupKind.MANUAL, ZonedDateTime.parse("2026-11-22T07:00:00+01:00[Europe/Berlin]"));
        return new IndexedManifest(ManifestSamples.described(m, Manifest.FORMAT, index), Optional.of(index));
    }
}

package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.archive.ArchiveSamples;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile manifests. Runs on its seeds; where {@code JAZZER_FUZZ=1}, searches for others. */
class ManifestFuzzTest {
    private static final Manifest MANIFEST =
            Samples.manifest(7, BackupKind.AUTOMATIC, ZonedDateTime.parse("2026-11-22T07:00:00+01:00[Europe/Berlin]"));

    private static final MemberIndex INDEX =
            ArchiveSamples.write(ArchiveSamples.lines(5_000, 1)).index();

    private static Stream<Arguments> seeds() {
        byte[] text = ManifestFormat.write(new IndexedManifest(described(2), Optional.of(INDEX)));
        return Stream.of(
                        text,
                        ManifestFormat.write(new IndexedManifest(described(1), Optional.empty())),
                        "[".repeat(5_000).getBytes(StandardCharsets.UTF_8),
                        "{\"format\": 1e999999999}".getBytes(StandardCharsets.UTF_8))
                .map(Arguments::of);
    }

    @FuzzTest(maxDuration = "90s")
    @MethodSource("seeds")
    void read(byte[] input) {
        long begun = System.nanoTime();
        try {
            IndexedManifest read = ManifestFormat.read(MANIFEST.manifestName(), input);
            assertThat(ManifestFormat.read(MANIFEST.manifestName(), ManifestFormat.write(read)))
                    .isEqualTo(read);
        } catch (BackupException e) {
            // Refused, as hostile input should be.
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    private static Manifest described(int format) {
        return new Manifest(
                format,
                MANIFEST.id(),
                MANIFEST.kind(),
                MANIFEST.trigger(),
                MANIFEST.slot(),
                MANIFEST.started(),
                MANIFEST.finished(),
                MANIFEST.source(),
                INDEX.contentBytes(),
                INDEX.contentSha256(),
                INDEX.archiveBytes(),
                MANIFEST.archiveSha256(),
                MANIFEST.tables(),
                MANIFEST.productVersion());
    }
}

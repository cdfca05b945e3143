package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile manifests. Runs on its seeds; where {@code JAZZER_FUZZ=1}, searches for others. */
class ManifestFuzzTest {
    /** Time of the processor, not of a clock: other processes do not matter. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String NAME = "kasse1-2026-11-22T070000-000007.json";

    /** From a file, because Jazzer watches no class that was loaded before it. */
    private static Stream<Arguments> seeds() throws IOException {
        try (InputStream in = ManifestFuzzTest.class.getResourceAsStream("fuzz-manifests.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines().map(Base64.getDecoder()::decode).toList().stream().map(Arguments::of);
        }
    }

    @Test
    void startsFromAManifestThatIsRight() throws IOException, BackupException {
        byte[] first = (byte[]) seeds().findFirst().orElseThrow().get()[0];

        assertThat(ManifestFormat.read(NAME, first).index()).isPresent();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
    void read(byte[] input) {
        long begun = THREADS.getCurrentThreadCpuTime();
        try {
            IndexedManifest read = ManifestFormat.read(NAME, input);
            if (read.manifest().format() < ManifestFormat.SIGNED) {
                assertThat(ManifestFormat.read(NAME, ManifestFormat.unsigned(read)))
                        .isEqualTo(read);
            }
        } catch (BackupException e) {
            // Refused, as hostile input should be.
        }
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }
}

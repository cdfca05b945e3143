package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    /** In a JVM of its own, which ends by this code: what a start leaves behind shows at its end. */
    public static final class Failing {
        public static void main(String[] arguments) throws Exception {
            PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            AtomicInteger afterwards = new AtomicInteger();
            Host.Ending ending = new Host.Ending(
                    Host.TERMINATED, () -> System.out.println("terminated"), afterwards::incrementAndGet);
            try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]))) {
                // No framework can keep its bundles where a file is.
                Files.delete(data.framework());
                Files.createFile(data.framework());
                Host.start(Map.of(), data, ending, none).close();
            } catch (Refusal e) {
                System.out.println(e.getMessage() + " afterwards " + afterwards);
                System.exit(e.exitCode());
            }
        }
    }

    @Test
    void aStartThatFailedEndsAsARefusalAndNotAsIfSomebodyHadEndedIt(@TempDir Path temp) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Duser.language=en",
                        Failing.class.getName(),
                        temp.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(Refusal.FAILED);
        assertThat(said).contains("does not start", "afterwards 1").doesNotContain("terminated");
    }

    @Test
    void hasNoRoomForAFetchOnAFullDisk(@TempDir Path into) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> FetchedFiles.requireRoom(into, Long.MAX_VALUE))
                .withMessageContaining(into.toString())
                .withMessageContaining("--into")
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.FAILED));
    }
}

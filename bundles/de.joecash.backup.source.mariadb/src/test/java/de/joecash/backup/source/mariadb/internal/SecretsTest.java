package de.joecash.backup.source.mariadb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The password is in no process's arguments or environment, and in no file once a run is over. */
class SecretsTest extends ServerTest {
    /** The part of the password that nothing escapes. */
    private static final String CANARY = "Kanarien";

    private final Set<String> tools = new ConcurrentSkipListSet<>();
    private final Set<String> leaks = new ConcurrentSkipListSet<>();
    private final Set<String> files = new ConcurrentSkipListSet<>();
    private final AtomicInteger polls = new AtomicInteger();

    @Test
    void noProcessShowsThePassword() throws Exception {
        till.execute(
                "CREATE TABLE journal(entry text)",
                "INSERT INTO journal SELECT CONCAT(REPEAT('Eintrag', 140), seq) FROM seq_1_to_60000");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> polling = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                poll();
            }
        });
        try {
            byte[] text = dump();
            try (RestoreTarget target = source.target(Optional.of(MariadbTill.newName("place")))) {
                target.load(new ByteArrayInputStream(text), new Cancellation());
                target.contents(new Cancellation());
            }
        } finally {
            over.set(true);
        }
        polling.get();

        assertThat(tools).contains("mariadb-dump", "mariadb");
        assertThat(polls.get()).isGreaterThan(5);
        assertThat(leaks).isEmpty();
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file))
                .doesNotExist());
    }

    private void poll() {
        polls.incrementAndGet();
        ProcessHandle.current().descendants().forEach(child -> {
            String arguments = read(child, "cmdline");
            String environment = read(child, "environ");
            Stream.of("mariadb-dump", "mariadb")
                    .filter(tool -> arguments.contains("/" + tool + "\0"))
                    .forEach(tools::add);
            if ((arguments + environment).contains(CANARY)) {
                leaks.add(arguments.replace('\0', ' '));
            }
            Stream.of(arguments.split("\0", -1))
                    .filter(argument -> argument.startsWith("--defaults-file="))
                    .map(argument -> argument.substring("--defaults-file=".length()))
                    .forEach(this::inspect);
        });
    }

    private void inspect(String file) {
        files.add(file);
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file)))
                    + PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Path.of(file).getParent()));
            if (!mode.equals("rw-------rwx------")) {
                leaks.add(mode);
            }
        } catch (IOException e) {
            // The run is over.
            files.add(file);
        }
    }

    private static String read(ProcessHandle process, String what) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), what)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}

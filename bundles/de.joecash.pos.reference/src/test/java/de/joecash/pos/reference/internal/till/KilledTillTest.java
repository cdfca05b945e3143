package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Await;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends a till the hard way while it swaps databases as fast as it can.
 *
 * <p>H2 2.5.252 was seen to leave a file that it cannot open itself (chunk not found), about once in 200 such kills
 * within the first second of a file's life. That much is allowed here, once, and must be treated as a lost database:
 * set aside, said, and mended by a restore. A pointer to nothing, half a receipt or a till that does not sell is not.
 */
class KilledTillTest {
    private static final int ROUNDS = 6;

    @TempDir
    Path data;

    @Test
    void isOnOneWholeDatabaseAfterAnyKill() throws Exception {
        Random random = new Random(20_261_122);
        int damaged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process process = Swapping.start(data, Map.of(), H2Databases.DIALECT);
            try (BufferedReader out = process.inputReader()) {
                for (int swaps = random.nextInt(4); swaps >= 0; swaps--) {
                    assertThat(out.readLine()).isEqualTo("on it");
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(150_000)));
                process.destroyForcibly();
                assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            try (RunningTill running = new RunningTill(data, 100)) {
                PosDatabase database = running.database();
                if (running.till.status().lost()) {
                    damaged++;
                    try (SideDatabase backup = database.side()) {
                        TillTest.fill(backup, H2Databases.DIALECT, 150);
                        backup.activate();
                    }
                }
                Books books = running.till.books();
                assertThat(books.receipts()).isGreaterThanOrEqualTo(100);
                assertThat(books.gapless()).isTrue();
                assertThat(books.balanced()).isTrue();
                Await.until("a sale", () -> running.till.books().last() > books.last());
            }
            try (Stream<Path> files = Files.list(data.resolve("till"))) {
                List<String> names =
                        files.map(file -> file.getFileName().toString()).toList();
                assertThat(names)
                        .filteredOn(name -> name.matches("till-.*\\.mv\\.db"))
                        .hasSize(1);
                assertThat(names)
                        .filteredOn(name -> name.matches("damaged-.*\\.mv\\.db"))
                        .hasSizeGreaterThanOrEqualTo(damaged);
            }
        }
        assertThat(damaged).isLessThanOrEqualTo(1);
    }

    /** What is killed. */
    static final class Swapping {
        private Swapping() {}

        /** Starts a till that swaps and swaps; it says "on it" each time. */
        static Process start(Path data, Map<String, String> asked, Dialect dialect) throws Exception {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Swapping.class.getName(),
                    data.toString(),
                    dialect.instant()));
            asked.forEach((property, value) -> command.addAll(List.of(property, value)));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        public static void main(String[] args) throws Exception {
            Map<String, String> asked = new HashMap<>();
            for (int i = 2; i < args.length; i += 2) {
                asked.put(args[i], args[i + 1]);
            }
            Dialect dialect = Stream.of(H2Databases.DIALECT, PostgreSql.DIALECT, MariaDb.DIALECT)
                    .filter(one -> one.instant().equals(args[1]))
                    .findFirst()
                    .orElseThrow();
            try (RunningTill running = new RunningTill(Path.of(args[0]), new DatabaseChoice(asked)::open, 100)) {
                PosDatabase database = running.database();
                System.out.println("on it");
                while (!Thread.currentThread().isInterrupted()) {
                    try (SideDatabase side = database.side()) {
                        TillTest.fill(side, dialect, 150);
                        side.activate();
                    }
                    System.out.println("on it");
                }
            }
        }
    }
}

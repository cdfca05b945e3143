package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.testkit.Await;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillTest {
    @TempDir
    Path data;

    @Test
    void holdsSalesFromTheHoldUntilTheSideDatabaseIsLetGo() throws Exception {
        try (RunningTill running = new RunningTill(data, 100)) {
            PosDatabase database = running.database();
            try (SideDatabase side = database.side()) {
                side.hold();
                long held = running.till.books().receipts();
                long begun = System.nanoTime();

                Await.until("time for some sales", () -> System.nanoTime() - begun > 1_500_000_000L);

                assertThat(running.till.books().receipts()).isEqualTo(held);
            }
            long let = running.till.books().receipts();
            Await.until("a sale", () -> running.till.status().receipts() > let);
        }
    }

    @Test
    void saysThatASaleIsUnderWayWhileSomebodyWaitsForIt() throws Exception {
        try (RunningTill running = new RunningTill(data, 100)) {
            try (SideDatabase side = running.database().side()) {
                side.hold();
                Await.until("a sale that waits", running.till::saleUnderWay);
                assertThat(running.till.open()).isTrue();
            }
            Await.until("the sale's end", () -> !running.till.saleUnderWay());
        }
    }

    @Test
    void countsWhatItSoldSinceAnInstant() throws Exception {
        try (RunningTill running = new RunningTill(data, 1_000);
                SideDatabase side = running.database().side()) {
            side.hold();
            SoldChecks.check(running, H2Databases.DIALECT);
        }
    }

    @Test
    void isOpenUntilTheDayIsClosedAndAgainFromTheNextSaleOn() throws Exception {
        try (RunningTill running = new RunningTill(data, 100)) {
            running.database();
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            running.thread.execute(() -> {
                reached.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            reached.await();

            assertThat(running.till.open()).isTrue();
            running.till.closeDay();
            assertThat(running.till.open()).isFalse();

            goOn.countDown();
            Await.until("the next day's first sale", running.till::open);
        }
    }

    @Test
    void seedsANewTillAndSellsOnWithoutAGap() throws Exception {
        try (RunningTill running = new RunningTill(data, 1_234)) {
            running.database();
            Await.until("three sales", () -> running.till.status().receipts() >= 1_237);

            Books books = running.till.books();
            assertThat(books.receipts()).isGreaterThanOrEqualTo(1_237);
            assertThat(books.gapless()).isTrue();
            assertThat(books.balanced()).isTrue();
            assertThat(running.till.status().phase()).isEqualTo(TillStatus.Phase.SELLING);
            assertThat(running.till.status().lost()).isFalse();
            assertThat(running.till.status().newest().get(0).number())
                    .isGreaterThan(running.till.status().newest().get(1).number());
        }
    }

    @Test
    void goesOnAfterARestartWithoutSeedingAgain() throws Exception {
        long last;
        try (RunningTill running = new RunningTill(data, 10)) {
            running.database();
            Await.until("a sale", () -> running.till.status().receipts() > 10);
        }
        try (RunningTill again = new RunningTill(data, 99_999)) {
            again.database();
            last = again.till.books().last();
            assertThat(last).isBetween(11L, 1_000L);
            assertThat(again.till.books().gapless()).isTrue();
        }
    }

    @Test
    void beginsSeedingAnewWhenItWasCutOff() throws Exception {
        try (RunningTill running = new RunningTill(data, 50_000_000)) {
            Await.until("some receipts", () -> running.till.status().receipts() > 500);
            assertThat(running.ready).isNotDone();
        }
        try (RunningTill again = new RunningTill(data, 20)) {
            again.database();
            assertThat(again.till.books().receipts()).isBetween(20L, 100L);
            assertThat(again.till.books().gapless()).isTrue();
        }
    }

    @Test
    void putsASideDatabaseInItsPlaceAndSellsOnFromItsLastNumber() throws Exception {
        try (RunningTill running = new RunningTill(data, 500)) {
            PosDatabase database = running.database();
            String before = database.url();
            try (SideDatabase side = database.side()) {
                fill(side, H2Databases.DIALECT, 40);
                side.activate();
            }
            Await.until("a sale", () -> running.till.books().last() > 42);

            assertThat(running.till.books().receipts()).isLessThan(100);
            assertThat(running.till.books().gapless()).isTrue();
            assertThat(running.till.books().balanced()).isTrue();
            assertThat(database.url()).isNotEqualTo(before);
            assertThat(databaseFiles()).hasSize(1);
        }
        try (RunningTill again = new RunningTill(data, 500)) {
            again.database();
            assertThat(again.till.books().receipts()).isBetween(42L, 150L);
        }
    }

    @Test
    void keepsItsDatabaseWhenTheSideOneIsNotATills() throws Exception {
        try (RunningTill running = new RunningTill(data, 60)) {
            PosDatabase database = running.database();
            String before = database.url();
            try (SideDatabase side = database.side()) {
                try (Connection connection = side.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE SOMETHING (ELSE_ INTEGER)");
                }
                assertThatThrownBy(side::activate).isInstanceOf(DatabaseException.class);
            }
            assertThat(database.url()).isEqualTo(before);
            assertThat(databaseFiles()).hasSize(1);
            assertThat(running.till.books().receipts()).isGreaterThanOrEqualTo(60);
        }
    }

    @Test
    void leavesNoTraceOfASideDatabaseThatWasNotActivated() throws Exception {
        try (RunningTill running = new RunningTill(data, 5)) {
            SideDatabase side = running.database().side();
            assertThat(databaseFiles()).hasSize(2);
            side.close();
            side.close();
            assertThat(databaseFiles()).hasSize(1);
        }
    }

    @Test
    void opensTheSideDatabaseWithTheTillsOwnUserAndPassword() throws Exception {
        try (RunningTill running = new RunningTill(data, 5);
                SideDatabase side = running.database().side();
                Connection connection = side.dataSource().getConnection()) {
            assertThat(connection.getMetaData().getUserName())
                    .isEqualToIgnoringCase(
                            running.database().credentials().orElseThrow().user());
        }
    }

    @Test
    void beginsEmptyAndSaysSoWhenItsDatabaseIsDamaged() throws Exception {
        runOnce(30);
        Path database = databaseFiles().get(0);
        Files.write(database, "no database".repeat(5_000).getBytes(StandardCharsets.UTF_8));
        try (RunningTill again = new RunningTill(data, 30)) {
            again.database();
            assertThat(again.till.status().lost()).isTrue();
            Await.until("a sale", () -> again.till.books().last() >= 1);
            assertThat(again.till.books().receipts()).isLessThan(30);
            assertThat(again.till.books().gapless()).isTrue();
        }
        try (Stream<Path> files = Files.list(data.resolve("till"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("damaged-") && name.endsWith(".mv.db"));
        }
    }

    @Test
    void beginsEmptyWhenItsWholeDirectoryIsGone() throws Exception {
        runOnce(30);
        try (Stream<Path> files = Files.list(data.resolve("till"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (RunningTill again = new RunningTill(data, 30)) {
            again.database();
            assertThat(again.till.status().lost()).isTrue();
            assertThat(again.till.books().receipts()).isLessThan(30);
        }
    }

    @Test
    void losesEverythingByCommandAndIsNoLongerLostAfterARestore() throws Exception {
        try (RunningTill running = new RunningTill(data, 300)) {
            PosDatabase database = running.database();
            running.till.lose();
            assertThat(running.till.status().lost()).isTrue();
            assertThat(running.till.books().receipts()).isLessThan(100);
            assertThat(databaseFiles()).hasSize(1);

            try (SideDatabase side = database.side()) {
                fill(side, H2Databases.DIALECT, 250);
                side.activate();
            }
            assertThat(running.till.status().lost()).isFalse();
            assertThat(running.till.books().receipts()).isGreaterThanOrEqualTo(250);
        }
    }

    @Test
    void sweepsWhatAnEarlierRestoreLeft() throws Exception {
        runOnce(5);
        Path left = data.resolve("till").resolve("till-77.mv.db");
        Files.writeString(left, "half a restore");
        runOnce(5);
        assertThat(left).doesNotExist();
    }

    @Test
    void givesReceiptsAfterTheDaysEndTheNextZ() throws Exception {
        try (RunningTill running = new RunningTill(data, 130)) {
            PosDatabase database = running.database();
            int z = running.till.closeDay();
            assertThat(z).isEqualTo(2);
            Await.until("a receipt of the next day", () -> {
                try (Connection connection = database.dataSource().getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT MAX(Z) FROM RECEIPT")) {
                    row.next();
                    return row.getInt(1) == 3;
                }
            });
        }
    }

    @Test
    void keepsItsPasswordToItself() throws Exception {
        try (RunningTill running = new RunningTill(data, 5)) {
            PosDatabase database = running.database();
            Path password = data.resolve("till").resolve("password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
            String secret = Files.readString(password);
            assertThat(secret).hasSize(32);
            assertThat(database.url()).doesNotContain(secret);
            assertThat(database.credentials().orElseThrow().toString()).doesNotContain(secret);
        }
    }

    @Test
    void showsTheNextBorrowerOfAConnectionNothingOfThePreviousOnes() throws Exception {
        try (RunningTill running = new RunningTill(data, 5)) {
            PosDatabase database = running.database();
            for (int i = 0; i < 30; i++) {
                try (Connection connection = database.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                    assertThat(connection.getAutoCommit()).isTrue();
                    connection.setAutoCommit(false);
                    statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
                }
            }
        }
    }

    static void fill(SideDatabase side, Dialect dialect, long receipts) throws Exception {
        try (Connection connection = side.dataSource().getConnection()) {
            TillSchema.create(connection, dialect);
            assertThat(new Seeding(dialect, receipts, Clock.systemUTC()).fill(connection, () -> false, done -> {}))
                    .isTrue();
        }
    }

    private List<Path> databaseFiles() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("till"))) {
            return files.filter(file -> file.getFileName().toString().matches("till-.*\\.mv\\.db"))
                    .toList();
        }
    }

    /** Seeds a till, lets it sell a little, and stops it. */
    private void runOnce(long receipts) throws Exception {
        try (RunningTill running = new RunningTill(data, receipts)) {
            running.database();
        }
    }
}

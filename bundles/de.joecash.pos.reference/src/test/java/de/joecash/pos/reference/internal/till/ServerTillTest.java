package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.testkit.Await;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A till on a database server does what it does on H2. */
abstract class ServerTillTest extends ServerRefusalTest {
    private static final int ROUNDS = 6;

    /** What a second start is told: the till remembers the rest. */
    private static final DatabaseChoice NOTHING = new DatabaseChoice(Map.of());

    private RunningTill first(long receipts) throws Exception {
        return new RunningTill(data, new DatabaseChoice(server().asked(name))::open, receipts);
    }

    private RunningTill again() throws Exception {
        return new RunningTill(data, NOTHING::open, 99_999);
    }

    @Test
    void seedsANewTillSellsOnWithoutAGapAndIsFoundAgainWithoutBeingTold() throws Exception {
        try (RunningTill running = first(1_234)) {
            PosDatabase database = running.database();
            assertThat(database.kind()).isEqualTo(server().kind);
            assertThat(database.url()).isEqualTo(server().server.url(name));
            assertThat(database.directories()).isEmpty();
            assertThat(database.credentials().orElseThrow().user()).isEqualTo(TestServer.USER);
            Await.until("three sales", () -> running.till.status().receipts() >= 1_237);
            checkBooks(running.till.books(), 1_237);
        }
        try (RunningTill again = again()) {
            assertThat(again.database().url()).isEqualTo(server().server.url(name));
            assertThat(again.till.books().receipts()).isBetween(1_237L, 2_000L);
            assertThat(again.till.status().comeback()).isEqualTo(Comeback.PLAIN);
            Await.until("a sale", () -> again.till.status().newest().size() > 1);
        }
        assertThat(server().databases(name)).containsExactly(name);
        assertThat(Files.readString(data.resolve("database"))).doesNotContain("Kanarien");
    }

    @Test
    void countsWhatItSoldSinceAnInstant() throws Exception {
        try (RunningTill running = first(300);
                SideDatabase side = running.database().side()) {
            side.hold();
            SoldChecks.check(running, server().dialect);
        }
    }

    @Test
    void takesAnEmptyDatabaseThatIsThere() throws Exception {
        server().administer("CREATE DATABASE " + name + owner());
        try (RunningTill running = first(10)) {
            assertThat(running.database().url()).endsWith("/" + name);
            checkBooks(running.till.books(), 10);
        }
    }

    @Test
    void keepsAmountsInstantsAndReferences() throws Exception {
        try (RunningTill running = first(5);
                Connection connection = running.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT NAME, PRICE FROM ARTICLE WHERE NUMBER = 204")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("Balayage „Sommerglück“");
                assertThat(row.getBigDecimal(2)).isEqualByComparingTo("129").hasScaleOf(4);
            }
            statement.execute("UPDATE ARTICLE SET NAME = 'Glück 🍀' WHERE NUMBER = 204");
            try (ResultSet row = statement.executeQuery("SELECT NAME FROM ARTICLE WHERE NUMBER = 204")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("Glück 🍀");
            }
            try (ResultSet row = statement.executeQuery("SELECT MAX(SOLD_AT) FROM RECEIPT")) {
                row.next();
                LocalDateTime soldAt = server().kind.equals("mariadb")
                        ? row.getObject(1, LocalDateTime.class)
                        : row.getObject(1, java.time.OffsetDateTime.class)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime();
                assertThat(Duration.between(soldAt, LocalDateTime.now(ZoneOffset.UTC)))
                        .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(5));
            }
            assertThatThrownBy(() -> statement.execute("INSERT INTO PAYMENT VALUES (4711, 1, 'BAR', 1)"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void beginsSeedingAnewWhenItWasCutOff() throws Exception {
        try (RunningTill running = first(50_000_000)) {
            Await.until("some receipts", () -> running.till.status().receipts() > 500);
        }
        try (RunningTill again = new RunningTill(data, NOTHING::open, 20)) {
            again.database();
            checkBooks(again.till.books(), 20);
            assertThat(again.till.books().receipts()).isLessThan(200);
        }
    }

    @Test
    void beginsAnewWhereItDiedBeforeItsDatabaseWasMarked() throws Exception {
        server().administer("CREATE DATABASE " + name + owner());
        Till.Choosing choosing = record -> {
            DyingDatabases dying = new DyingDatabases(new DatabaseChoice(server().asked(name)).open(record));
            dying.dieAt(DyingDatabases.Step.BEFORE_CREATE);
            return dying;
        };
        try (RunningTill running = new RunningTill(data, choosing, 20)) {
            assertThatThrownBy(running::database).hasCauseInstanceOf(RunningTill.Refused.class);
        }
        try (RunningTill again = new RunningTill(data, NOTHING::open, 20)) {
            again.database();
            checkBooks(again.till.books(), 20);
        }
    }

    @Test
    void swapsWhileItSellsAndNothingIsLostOrDoubled() throws Exception {
        try (RunningTill running = first(300)) {
            PosDatabase database = running.database();
            String before = database.url();
            Await.until("a sale", () -> running.till.status().receipts() > 300);
            long held;
            try (SideDatabase side = database.side()) {
                assertThat(server().databases(name)).hasSize(2);
                side.hold();
                held = running.till.books().receipts();
                Await.until("a sale that waits", running.till::saleUnderWay);
                Copy.of(database.dataSource(), side.dataSource(), server().dialect);
                assertThat(running.till.books().receipts()).isEqualTo(held);
                side.activate();
            }
            assertThat(database.url()).isNotEqualTo(before);
            assertThat(server().databases(name)).hasSize(1).doesNotContain(name);
            Await.until("two sales", () -> running.till.status().receipts() >= held + 2);
            checkBooks(running.till.books(), held + 2);
        }
        try (RunningTill again = again()) {
            again.database();
            checkBooks(again.till.books(), 302);
            assertThat(again.till.status().comeback()).isEqualTo(Comeback.PLAIN);
        }
    }

    @Test
    void swapsAlthoughSomebodyStillReadsTheOldOne() throws Exception {
        try (RunningTill running = first(20)) {
            PosDatabase database = running.database();
            try (Connection reader = database.dataSource().getConnection();
                    Statement statement = reader.createStatement();
                    SideDatabase side = database.side()) {
                reader.setAutoCommit(false);
                statement.executeQuery("SELECT COUNT(*) FROM RECEIPT").close();
                TillTest.fill(side, server().dialect, 40);
                side.activate();
                Await.until("a sale", () -> running.till.books().last() > 41);
            }
        }
        try (RunningTill again = again()) {
            again.database();
            checkBooks(again.till.books(), 41);
            assertThat(server().databases(name)).hasSize(1);
        }
    }

    @Test
    void keepsItsDatabaseWhenTheSideOneIsNotATills() throws Exception {
        try (RunningTill running = first(60)) {
            PosDatabase database = running.database();
            try (SideDatabase side = database.side()) {
                try (Connection connection = side.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE SOMETHING (ELSE_ INTEGER)");
                }
                assertThatThrownBy(side::activate).isInstanceOf(DatabaseException.class);
            }
            assertThat(server().databases(name)).containsExactly(name);
            checkBooks(running.till.books(), 60);
        }
    }

    @ParameterizedTest
    @EnumSource(DyingDatabases.Step.class)
    void isOnTheOldOrTheNewStateWhereverItDied(DyingDatabases.Step step) throws Exception {
        AtomicReference<DyingDatabases> dying = new AtomicReference<>();
        Till.Choosing choosing = record -> {
            dying.set(new DyingDatabases(new DatabaseChoice(server().asked(name)).open(record)));
            return dying.get();
        };
        try (RunningTill running = new RunningTill(data, choosing, 30)) {
            PosDatabase database = running.database();
            dying.get().dieAt(step);
            assertThatThrownBy(() -> {
                        SideDatabase side = database.side();
                        TillTest.fill(side, server().dialect, 5_000);
                        side.activate();
                    })
                    .isInstanceOf(DyingDatabases.Death.class);
        }
        boolean swapped = step == DyingDatabases.Step.BEFORE_REMOVE || step == DyingDatabases.Step.AFTER_REMOVE;
        try (RunningTill again = again()) {
            again.database();
            assertThat(again.till.status().comeback())
                    .isEqualTo(
                            switch (step) {
                                case BEFORE_CREATE, AFTER_REMOVE -> Comeback.PLAIN;
                                case AFTER_CREATE, BEFORE_SYNC -> Comeback.KEPT;
                                case BEFORE_REMOVE -> Comeback.RESTORED;
                            });
            checkBooks(again.till.books(), swapped ? 5_000 : 30);
            assertThat(again.till.books().receipts()).isLessThan(swapped ? 6_000 : 1_000);
            assertThat(server().databases(name)).hasSize(1);
        }
    }

    @Test
    void isOnOneWholeDatabaseAfterAnyKill() throws Exception {
        Random random = new Random(20_261_122);
        for (int round = 0; round < ROUNDS; round++) {
            Process process = KilledTillTest.Swapping.start(data, server().asked(name), server().dialect);
            try (BufferedReader out = process.inputReader()) {
                for (int swaps = random.nextInt(4); swaps >= 0; swaps--) {
                    assertThat(out.readLine()).isEqualTo("on it");
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(400_000)));
                process.destroyForcibly();
                assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            // The server may still be doing what the till asked for last.
            Await.until("nobody of the till", () -> server().sessions() == 0);
            try (RunningTill running = again()) {
                running.database();
                assertThat(running.till.status().lost()).isFalse();
                Books books = running.till.books();
                checkBooks(books, 100);
                Await.until("a sale", () -> running.till.books().last() > books.last());
            }
        }
        String live = Pointer.parse(Files.readString(data.resolve("till/current")))
                .orElseThrow()
                .database();
        assertThat(server().databases(name)).containsExactly(live);
    }

    @Test
    void removesWhatIsLeftOfItsOwnAndLeavesForeignDatabasesAlone() throws Exception {
        String foreign = name + "_side_77";
        String another = name + "_side_78";
        String similar = name + "_copy";
        try (RunningTill running = first(10)) {
            running.database();
        }
        server().administer(
                        "CREATE DATABASE " + foreign + owner(),
                        "CREATE DATABASE " + similar + owner(),
                        "CREATE DATABASE " + another + owner());
        server().administer(
                        server().kind.equals("mariadb")
                                ? "ALTER DATABASE " + another + " COMMENT 'JoeCash till of somebody else'"
                                : "COMMENT ON DATABASE " + another + " IS 'JoeCash till of somebody else'");
        SideDatabase left;
        try (RunningTill running = again()) {
            left = running.database().side();
        }
        assertThat(left.url()).endsWith(name + "_side_79");
        assertThat(server().databases(name)).hasSize(5);
        try (RunningTill again = again()) {
            again.database();
            assertThat(again.till.status().comeback()).isEqualTo(Comeback.KEPT);
        }
        assertThat(server().databases(name)).containsExactlyInAnyOrder(name, foreign, another, similar);
    }

    @Test
    void removesWhatItHadBegunToMakeIfItIsEmpty() throws Exception {
        String begun = name + "_side_41";
        String filled = name + "_side_42";
        try (RunningTill running = first(10)) {
            running.database();
        }
        server().administer("CREATE DATABASE " + begun + owner(), "CREATE DATABASE " + filled + owner());
        server().administerIn(filled, "CREATE TABLE T(X INT)");
        for (String cutOff : List.of(begun, filled)) {
            new TillRecord(data.resolve("till")).making(cutOff);
            try (RunningTill again = again()) {
                again.database();
            }
        }
        assertThat(server().databases(name)).containsExactlyInAnyOrder(name, filled);
    }

    @Test
    void beginsEmptyAndSaysSoWhenItsDatabaseIsGoneOrDamaged() throws Exception {
        try (RunningTill running = first(30)) {
            running.database();
        }
        server().administer("DROP DATABASE " + name);
        try (RunningTill again = again()) {
            PosDatabase database = again.database();
            assertThat(again.till.status().lost()).isTrue();
            assertThat(again.till.books().receipts()).isLessThan(30);
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE PAYMENT");
            }
        }
        List<String> damaged = server().databases(name);
        try (RunningTill again = again()) {
            again.database();
            assertThat(again.till.status().lost()).isTrue();
        }
        try (RunningTill again = again()) {
            again.database();
            assertThat(again.till.status().lost()).isFalse();
            assertThat(server().databases(name)).hasSize(2).containsAll(damaged);
        }
    }

    @Test
    void sellsOnWhenTheServerComesBack() throws Exception {
        if (server().kind.equals("mariadb")) {
            // Elsewhere the test's server forgets its last second when it is killed.
            server().administer("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
        try (RunningTill running = first(10)) {
            running.database();
            Await.until("a sale", () -> running.till.status().receipts() > 10);
            server().server.kill();
            try {
                Await.until("trouble", () -> running.till.status().phase() == TillStatus.Phase.TROUBLE);
            } finally {
                server().server.start();
            }
            Await.until("sales", () -> running.till.status().phase() == TillStatus.Phase.SELLING);
            checkBooks(running.till.books(), 11);
        }
    }

    private static void checkBooks(Books books, long atLeast) {
        assertThat(books.receipts()).isGreaterThanOrEqualTo(atLeast);
        assertThat(books.gapless()).as(books.toString()).isTrue();
        assertThat(books.balanced()).as(books.toString()).isTrue();
    }
}

package de.joecash.backup.source.mariadb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.BadDaysContract;
import de.joecash.backup.testkit.DatabaseServer;
import de.joecash.backup.testkit.MariaDbServer;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadDaysTest extends BadDaysContract {
    @TempDir
    static Path directory;

    private static MariaDbServer server;

    private MariadbTill till;

    @BeforeAll
    static void start() throws Exception {
        server = new MariaDbServer(directory);
        server.start();
        MariadbTill.createUser(server);
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        till = new MariadbTill(server);
    }

    @AfterEach
    void close() throws Exception {
        till.close();
    }

    @Override
    protected Source source(Optional<Path> from, Duration lock, Duration stall) {
        return new MariadbSource(till, new ToolSettings(Optional.of(from.orElse(MariaDbServer.TOOLS)), lock, stall));
    }

    @Override
    protected DatabaseServer server() {
        return server;
    }

    @Override
    protected String forgetPassword() {
        till.forgetPassword();
        return MariadbTill.USER;
    }

    @Override
    protected void fill() throws Exception {
        till.execute(
                "CREATE TABLE journal(entry text)",
                "INSERT INTO journal SELECT CONCAT(REPEAT('Eintrag', 140), seq) FROM seq_1_to_30000");
    }

    @Override
    protected Path dumper() {
        return MariaDbServer.TOOLS.resolve("mariadb-dump");
    }

    @Override
    protected String debianPackage() {
        return "mariadb-client";
    }

    @Override
    protected String version() {
        return "  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu";
    }

    @Test
    void aToolThatIsOlderThanTheServer() throws Exception {
        fake("mariadb-dump", version().replace("10.11.19", "10.5.29"), "exit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolTooOld("mariadb-dump", "10.5.29", "mariadb-client"));
    }

    @Test
    void aTableThatSomebodyLocks() throws Exception {
        till.execute("CREATE TABLE article(name text)");
        try (Connection altering = till.dataSource().getConnection();
                Statement statement = altering.createStatement()) {
            statement.execute("LOCK TABLES article WRITE");
            assertThat(problemOfDump(source(Optional.empty(), SECOND, LONG))).isEqualTo(new Problem.DatabaseLocked());
            statement.execute("INSERT INTO article VALUES('still alive')");
            statement.execute("UNLOCK TABLES");
        }
        assertThat(source(Optional.empty(), LONG, LONG).dump(OutputStream.nullOutputStream(), new Cancellation()))
                .first()
                .satisfies(table -> assertThat(table.rows()).isEqualTo(1));
    }

    @Test
    void aChangeOfATableGoesBeforeTheDumpThatReadsIt() throws Exception {
        fill();
        CompletableFuture<Void> changed = new CompletableFuture<>();
        OutputStream slow = new OutputStream() {
            private boolean changing;

            @Override
            public void write(int b) {
                throw new AssertionError("Nobody writes single bytes");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (!changing && new String(bytes, offset, length, StandardCharsets.UTF_8).contains("Eintrag")) {
                    changing = true;
                    Thread till = new Thread(() -> change(changed));
                    till.setDaemon(true);
                    till.start();
                    // As slow as a stick: the dump holds the table until it is ended.
                    changed.join();
                }
            }
        };
        assertThat(problem(() -> source(Optional.empty(), LONG, LONG).dump(slow, new Cancellation())))
                .isEqualTo(new Problem.DatabaseLocked());
        assertThat(changed).isCompleted();
        assertThat(source(Optional.empty(), LONG, LONG).dump(OutputStream.nullOutputStream(), new Cancellation()))
                .hasSize(1);
    }

    @Test
    void aTableThatIsChangedBeforeTheDumpComesToIt() throws Exception {
        fill();
        till.execute("CREATE TABLE later(x int)");
        OutputStream changing = new Once(() -> {
            try {
                till.execute("ALTER TABLE later FORCE");
            } catch (SQLException e) {
                throw new IOException(e);
            }
        });
        assertThat(problem(() -> source(Optional.empty(), LONG, LONG).dump(changing, new Cancellation())))
                .isEqualTo(new Problem.DumpFailed("a table was changed before it was read (1412)"));
    }

    private void change(CompletableFuture<Void> changed) {
        try {
            till.execute("ALTER TABLE journal ADD COLUMN checked int");
            changed.complete(null);
        } catch (SQLException e) {
            changed.completeExceptionally(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MyISAM", "Aria", "MEMORY"})
    void aTableWithoutSnapshots(String engine) throws Exception {
        till.execute("CREATE TABLE größe(x int) ENGINE=" + engine);
        assertThat(problemOfDump(source(Optional.empty(), LONG, LONG)))
                .isEqualTo(new Problem.NoSnapshot("größe", engine.toLowerCase(Locale.ROOT)));
    }

    @Test
    void aServerThatIsNoMariaDb() throws Exception {
        fakeClient("echo 8.0.46");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.InvalidInput(
                        "the till's database must be MariaDB, and its server is another: 8.0.46"));
    }

    @Test
    void aServerThatIsTooOld() throws Exception {
        fakeClient("echo 10.3.39-MariaDB-0+deb10u2");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.InvalidInput(
                        "the till's database must be MariaDB 10.6 or newer, and its server is 10.3.39"));
    }

    /** A client that answers each question with the same. */
    private void fakeClient(String answer) throws IOException {
        fake("exit 0");
        fake(
                "mariadb",
                version(),
                "while read -r question; do case \"$question\" in *'end of answer'*)"
                        + " echo '-- end of answer --' ;; *packet*) echo 16777216 ;; *events*) echo 0 ;; *) " + answer
                        + " ;; esac; done");
    }

    /** Has the real client beside a false tool that dumps. */
    @BeforeEach
    void client() throws IOException {
        fake("mariadb", version(), "exec " + MariaDbServer.TOOLS.resolve("mariadb") + " \"$@\"");
    }
}

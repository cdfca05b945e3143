package de.joecash.backup.source.mariadb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.testkit.MariaDbServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with servers and tools has its own words, and leaves the till as it was. */
class BadDaysTest extends ServerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path tools;

    @Test
    void aWrongPassword() {
        till.forgetPassword();
        assertThat(problemOfDump(source)).isEqualTo(new Problem.DatabaseLoginRefused(MariadbTill.USER));
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        server.kill();
        try {
            assertThat(problemOfDump(source)).isInstanceOf(Problem.DatabaseUnreachable.class);
            assertThat(problem(source::info)).isInstanceOf(Problem.DatabaseUnreachable.class);
        } finally {
            server.start();
        }
    }

    @Test
    void aServerThatIsKilledInMidDump() throws Exception {
        fill();
        OutputStream killing = new Once(server::kill);
        try {
            assertThat(problem(() -> source.dump(killing, new Cancellation())))
                    .isInstanceOf(Problem.DatabaseUnreachable.class);
        } finally {
            server.start();
        }
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .hasSize(1);
    }

    @Test
    void aServerThatStopsInMidDump() throws Exception {
        fill();
        OutputStream freezing = new Once(server::freeze);
        MariadbSource impatient = source(SETTINGS.tools(), LONG, SECOND);
        try {
            assertThat(problem(() -> impatient.dump(freezing, new Cancellation())))
                    .isEqualTo(new Problem.ToolStalled("mariadb-dump"));
        } finally {
            server.thaw();
        }
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .hasSize(1);
    }

    @Test
    void aToolThatIsMissing() {
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolMissing("mariadb-dump", "mariadb-client"));
    }

    @Test
    void aToolThatEndsWellAfterHalfOfItsDump() throws Exception {
        fill();
        fake("exec " + MariaDbServer.TOOLS.resolve("mariadb-dump") + " \"$@\" | head -c 2000000");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.DumpIncomplete("mariadb-dump"));
    }

    @Test
    void aToolThatSaysNothingAndEndsWell() throws Exception {
        fake("exit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.DumpIncomplete("mariadb-dump"));
    }

    @Test
    void aToolThatHangs() throws Exception {
        fake("trap '' TERM\nexec sleep 1000");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, SECOND)))
                .isEqualTo(new Problem.ToolStalled("mariadb-dump"));
    }

    @Test
    void aToolThatHangsInAWrapper() throws Exception {
        fake("sleep 1000\nexit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, SECOND)))
                .isEqualTo(new Problem.ToolStalled("mariadb-dump"));
    }

    @Test
    void aToolThatFailsBehindACompleteDump() throws Exception {
        fake(MariaDbServer.TOOLS.resolve("mariadb-dump")
                + " \"$@\"\necho 'mariadb-dump: Got errno 28 on write' >&2\nexit 5");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.DumpFailed("mariadb-dump: Got errno 28 on write"));
    }

    @Test
    void aToolThatIsOlderThanTheServer() throws Exception {
        fake("exit 0");
        Path tool = tools.resolve("mariadb-dump");
        Files.writeString(tool, Files.readString(tool).replace("10.11.19", "10.5.29"));
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolTooOld("mariadb-dump", "10.5.29", "mariadb-client"));
    }

    @Test
    void aToolThatComplainsWithoutEnd() throws Exception {
        fake("i=0\nwhile [ $i -lt 20000 ]; do i=$((i+1)); echo 'again and again' >&2; done\nexit 1");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isInstanceOfSatisfying(Problem.DumpFailed.class, problem -> assertThat(problem.detail())
                        .startsWith("again and again")
                        .hasSizeLessThanOrEqualTo(300));
    }

    @Test
    void aTableThatSomebodyLocks() throws Exception {
        till.execute("CREATE TABLE article(name text)");
        try (Connection altering = till.dataSource().getConnection();
                Statement statement = altering.createStatement()) {
            statement.execute("LOCK TABLES article WRITE");
            assertThat(problemOfDump(source(SETTINGS.tools(), SECOND, LONG))).isEqualTo(new Problem.DatabaseLocked());
            statement.execute("INSERT INTO article VALUES('still alive')");
            statement.execute("UNLOCK TABLES");
        }
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
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
        assertThat(problem(() -> source.dump(slow, new Cancellation()))).isEqualTo(new Problem.DatabaseLocked());
        assertThat(changed).isCompleted();
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .hasSize(1);
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
        assertThat(problemOfDump(source)).isEqualTo(new Problem.NoSnapshot("größe", engine.toLowerCase(Locale.ROOT)));
    }

    @Test
    void aServerThatIsNoMariaDb() throws Exception {
        fakeClient("echo 8.0.46");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.WrongDatabase("MariaDB", "MySQL 8.0.46"));
    }

    @Test
    void aServerThatIsTooOld() throws Exception {
        fakeClient("echo 10.3.39-MariaDB-0+deb10u2");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.WrongDatabase("MariaDB 10.6", "MariaDB 10.3.39"));
    }

    private void fill() throws Exception {
        till.execute(
                "CREATE TABLE journal(entry text)",
                "INSERT INTO journal SELECT CONCAT(REPEAT('Eintrag', 140), seq) FROM seq_1_to_30000");
    }

    /** A client that answers each question with the same. */
    private void fakeClient(String answer) throws IOException {
        script("mariadb-dump", "exit 0");
        script(
                "mariadb",
                "while read -r question; do case \"$question\" in *'end of answer'*)"
                        + " echo '-- end of answer --' ;; *packet*) echo 16777216 ;; *) " + answer + " ;; esac; done");
    }

    private void fake(String script) throws IOException {
        script("mariadb-dump", script);
        script("mariadb", "exec " + MariaDbServer.TOOLS.resolve("mariadb") + " \"$@\"");
    }

    private void script(String name, String script) throws IOException {
        Path tool = Files.writeString(
                tools.resolve(name),
                "#!/bin/sh\n[ \"$1\" = --version ] && { echo '" + name
                        + "  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu'; exit 0; }\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Does something when the first part arrives. */
    private static final class Once extends OutputStream {
        /** What is done. */
        interface Action {
            void run() throws IOException;
        }

        private final Action action;
        private boolean done;

        Once(Action action) {
            this.action = action;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("Nobody writes single bytes");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }
}

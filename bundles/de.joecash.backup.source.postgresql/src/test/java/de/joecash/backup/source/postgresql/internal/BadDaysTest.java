package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.testkit.PostgreSqlServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with servers and tools has its own words, and leaves the till as it was. */
class BadDaysTest extends ServerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path tools;

    @Test
    void aWrongPassword() {
        till.forgetPassword();
        assertThat(problemOfDump(source)).isEqualTo(new Problem.DatabaseLoginRefused(PostgresqlTill.USER));
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
        PostgresqlSource impatient = source(SETTINGS.tools(), LONG, SECOND);
        try {
            assertThat(problem(() -> impatient.dump(freezing, new Cancellation())))
                    .isEqualTo(new Problem.ToolStalled("pg_dump"));
        } finally {
            server.thaw();
        }
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .hasSize(1);
    }

    @Test
    void aToolThatIsMissing() {
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolMissing("pg_dump", "postgresql-client"));
    }

    @Test
    void aToolThatEndsWellAfterHalfOfItsDump() throws Exception {
        fill();
        fake("exec " + PostgreSqlServer.TOOLS.resolve("pg_dump") + " \"$@\" | head -c 2000000");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.DumpIncomplete("pg_dump"));
    }

    @Test
    void aToolThatSaysNothingAndEndsWell() throws Exception {
        fake("exit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.DumpIncomplete("pg_dump"));
    }

    @Test
    void aToolThatHangs() throws Exception {
        fake("trap '' TERM\nexec sleep 1000");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, SECOND)))
                .isEqualTo(new Problem.ToolStalled("pg_dump"));
    }

    @Test
    void aToolThatHangsInAWrapper() throws Exception {
        fake("sleep 1000\nexit 0");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, SECOND)))
                .isEqualTo(new Problem.ToolStalled("pg_dump"));
    }

    @Test
    void aToolThatFailsBehindACompleteDump() throws Exception {
        fake(PostgreSqlServer.TOOLS.resolve("pg_dump") + " \"$@\"\necho 'pg_dump: error: no more' >&2\nexit 1");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG))).isEqualTo(new Problem.DumpFailed("no more"));
    }

    @Test
    void aToolThatIsOlderThanTheServer() throws Exception {
        fake("echo 'pg_dump: error: aborting because of server version mismatch' >&2\n"
                + "echo 'pg_dump: detail: server version: 17.2; pg_dump version: 15.20' >&2\nexit 1");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolTooOld("pg_dump", "15.20", "postgresql-client-17"));
    }

    @Test
    void aToolThatComplainsWithoutEnd() throws Exception {
        fake("i=0\nwhile [ $i -lt 20000 ]; do i=$((i+1)); echo 'pg_dump: error: again and again' >&2; done\nexit 1");
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
            altering.setAutoCommit(false);
            statement.execute("LOCK TABLE article IN ACCESS EXCLUSIVE MODE");
            assertThat(problemOfDump(source(SETTINGS.tools(), SECOND, LONG))).isEqualTo(new Problem.DatabaseLocked());
            statement.execute("INSERT INTO article VALUES('still alive')");
            altering.commit();
        }
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .first()
                .satisfies(table -> assertThat(table.rows()).isEqualTo(1));
    }

    private void fill() throws Exception {
        till.execute(
                "CREATE TABLE journal(entry text)",
                "INSERT INTO journal SELECT repeat('Eintrag', 140) || x FROM generate_series(1, 30000) x");
    }

    private void fake(String script) throws IOException {
        Path tool = Files.writeString(
                tools.resolve("pg_dump"),
                "#!/bin/sh\n[ \"$1\" = --version ] && { echo 'pg_dump (PostgreSQL) 15.20'; exit 0; }\n" + script
                        + "\n");
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

package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.BadDaysContract;
import de.joecash.backup.testkit.DatabaseServer;
import de.joecash.backup.testkit.PostgreSqlServer;
import de.joecash.backup.tools.ToolSettings;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadDaysTest extends BadDaysContract {
    @TempDir
    static Path directory;

    private static PostgreSqlServer server;

    private PostgresqlTill till;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgreSqlServer(directory);
        server.start();
        PostgresqlTill.createUser(server);
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        till = new PostgresqlTill(server);
    }

    @AfterEach
    void close() throws Exception {
        till.close();
    }

    @Override
    protected Source source(Optional<Path> from, Duration lock, Duration stall) {
        return new PostgresqlSource(
                till, new ToolSettings(Optional.of(from.orElse(PostgreSqlServer.TOOLS)), lock, stall));
    }

    @Override
    protected DatabaseServer server() {
        return server;
    }

    @Override
    protected String forgetPassword() {
        till.forgetPassword();
        return PostgresqlTill.USER;
    }

    @Override
    protected void fill() throws Exception {
        till.execute(
                "CREATE TABLE journal(entry text)",
                "INSERT INTO journal SELECT repeat('Eintrag', 140) || x FROM generate_series(1, 30000) x");
    }

    @Override
    protected Path dumper() {
        return PostgreSqlServer.TOOLS.resolve("pg_dump");
    }

    @Override
    protected String debianPackage() {
        return "postgresql-client";
    }

    @Override
    protected String version() {
        return " (PostgreSQL) 15.20";
    }

    @Test
    void aToolThatIsOlderThanTheServer() throws Exception {
        fake("echo 'pg_dump: error: aborting because of server version mismatch' >&2\n"
                + "echo 'pg_dump: detail: server version: 17.2; pg_dump version: 15.20' >&2\nexit 1");
        assertThat(problemOfDump(source(Optional.of(tools), LONG, LONG)))
                .isEqualTo(new Problem.ToolTooOld("pg_dump", "15.20", "postgresql-client-17"));
    }

    @Test
    void aTableThatSomebodyLocks() throws Exception {
        till.execute("CREATE TABLE article(name text)");
        try (Connection altering = till.dataSource().getConnection();
                Statement statement = altering.createStatement()) {
            altering.setAutoCommit(false);
            statement.execute("LOCK TABLE article IN ACCESS EXCLUSIVE MODE");
            assertThat(problemOfDump(source(Optional.empty(), SECOND, LONG))).isEqualTo(new Problem.DatabaseLocked());
            statement.execute("INSERT INTO article VALUES('still alive')");
            altering.commit();
        }
        assertThat(source(Optional.empty(), LONG, LONG).dump(OutputStream.nullOutputStream(), new Cancellation()))
                .first()
                .satisfies(table -> assertThat(table.rows()).isEqualTo(1));
    }
}

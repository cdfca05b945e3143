package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.PostgreSqlServer;
import de.joecash.backup.testkit.SourceContract;
import de.joecash.backup.tools.ToolSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlSourceTest extends SourceContract {
    static final ToolSettings SETTINGS =
            new ToolSettings(Optional.of(PostgreSqlServer.TOOLS), Duration.ofSeconds(10), Duration.ofSeconds(120));

    @TempDir
    static Path directory;

    private static PostgreSqlServer server;

    private PostgresqlTill till;
    private PostgresqlSource source;

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
        till = PostgresqlTill.withSchema(server);
        source = new PostgresqlSource(till, SETTINGS);
    }

    @AfterEach
    void close() throws Exception {
        source.stop();
        till.close();
    }

    @Override
    protected Source source() {
        return source;
    }

    @Override
    protected void sell(int receipts) throws SQLException {
        till.sell(receipts);
    }

    @Override
    protected void fill(long bytes) throws SQLException {
        till.execute("INSERT INTO journal SELECT repeat('Eintrag', 140) || x FROM generate_series(1, " + bytes / 1000
                + ") x");
    }

    @Override
    protected long receipts() throws SQLException {
        return PostgresqlTill.number(till.dataSource(), countReceipts());
    }

    @Override
    protected String newPlace() {
        return PostgresqlTill.newName("place");
    }

    @Override
    protected boolean isThere(String place) {
        try {
            return till.exists(place);
        } catch (SQLException e) {
            throw new AssertionError("The server does not answer", e);
        }
    }

    @Override
    protected long query(String place, String sql) throws SQLException {
        return PostgresqlTill.number(till.open(place), sql);
    }

    @Override
    protected String countReceipts() {
        return "SELECT count(*) FROM receipt";
    }

    @Override
    protected String countTorn() {
        return "SELECT count(*) FROM receipt r WHERE (SELECT count(*) FROM line WHERE receipt_id = r.id) <> " + LINES;
    }

    @Override
    protected void hostChecks(HostCheck check) {
        till.checks(check);
    }

    @Override
    protected List<String> hostile() {
        return List.of(
                "DO 'BEGIN END'",
                "COPY public.journal FROM PROGRAM 'id'",
                "COPY public.journal (entry) FROM '/etc/passwd'",
                "CREATE FUNCTION public.f() RETURNS int LANGUAGE c AS 'libc', 'getpid'",
                "SELECT pg_read_file('/etc/passwd')",
                "INSERT INTO public.journal VALUES ('x')");
    }
}

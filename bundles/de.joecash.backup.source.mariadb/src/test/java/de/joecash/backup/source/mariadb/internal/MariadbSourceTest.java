package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.MariaDbServer;
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

class MariadbSourceTest extends SourceContract {
    static final ToolSettings SETTINGS =
            new ToolSettings(Optional.of(MariaDbServer.TOOLS), Duration.ofSeconds(10), Duration.ofSeconds(120));

    @TempDir
    static Path directory;

    private static MariaDbServer server;

    private MariadbTill till;
    private MariadbSource source;

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
        till = MariadbTill.withSchema(server);
        source = new MariadbSource(till, SETTINGS);
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
        till.execute("INSERT INTO journal SELECT CONCAT(REPEAT('Eintrag', 140), seq) FROM seq_1_to_" + bytes / 1000);
    }

    @Override
    protected long receipts() throws SQLException {
        return MariadbTill.number(till.dataSource(), countReceipts());
    }

    @Override
    protected String newPlace() {
        return MariadbTill.newName("place");
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
        return MariadbTill.number(till.open(place), sql);
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
                "SELECT 1 INTO OUTFILE '/tmp/x'",
                "LOAD DATA INFILE '/etc/passwd' INTO TABLE journal",
                "CREATE FUNCTION f RETURNS STRING SONAME 'x.so'",
                "CREATE TABLE t(x int) ENGINE=MyISAM DATA DIRECTORY='/tmp'",
                "DO SLEEP(0)",
                "SET GLOBAL max_connections = 10",
                "INSERT INTO journal VALUES ('x')",
                "INSERT INTO `journal` VALUES (LOAD_FILE('/etc/passwd'))");
    }
}

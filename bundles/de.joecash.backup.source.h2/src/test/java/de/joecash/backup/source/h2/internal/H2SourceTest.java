package de.joecash.backup.source.h2.internal;

import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2SourceTest extends SourceContract {
    @TempDir
    Path directory;

    private H2Till till;
    private H2Source source;
    private int places;

    @BeforeEach
    void open() throws Exception {
        till = H2Till.withSchema(Files.createDirectory(directory.resolve("till")));
        source = new H2Source(till);
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
        till.execute("INSERT INTO JOURNAL(ENTRY) SELECT REPEAT('Eintrag', 140) || X FROM SYSTEM_RANGE(1, "
                + bytes / 1000 + ")");
    }

    @Override
    protected long receipts() throws SQLException {
        return till.number(countReceipts());
    }

    @Override
    protected String newPlace() {
        places++;
        return directory.resolve("place" + places).toString();
    }

    @Override
    protected boolean isThere(String place) {
        String[] names = directory.toFile().list((parent, name) -> Path.of(parent.toString(), name)
                .toString()
                .startsWith(place + "."));
        return names == null || names.length > 0;
    }

    @Override
    protected long query(String place, String sql) throws SQLException {
        return H2Till.number(H2Till.open(place), sql);
    }

    @Override
    protected String countReceipts() {
        return "SELECT COUNT(*) FROM RECEIPT";
    }

    @Override
    protected String countTorn() {
        return "SELECT COUNT(*) FROM RECEIPT R WHERE (SELECT COUNT(*) FROM LINE WHERE RECEIPT_ID = R.ID) <> " + LINES;
    }

    @Override
    protected void hostChecks(HostCheck check) {
        till.checks(check);
    }

    @Override
    protected List<String> hostile() {
        return List.of(
                "CREATE ALIAS X AS 'void x() { System.exit(1); }'",
                "RUNSCRIPT FROM '/etc/passwd'",
                "INSERT INTO \"PUBLIC\".\"JOURNAL\" VALUES\n(FILE_READ('/etc/passwd', NULL), NULL)");
    }
}

package de.joecash.itests.process;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Looks into a database, an H2 one that nobody has open or one on a server, with SQL and nothing of ours. */
final class Tables {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** The tables that a sale adds to, and the column that tells which receipt a row belongs to. */
    private static final Map<String, String> BY_RECEIPT = Map.of(
            "PUBLIC.RECEIPT", "NUMBER",
            "PUBLIC.RECEIPT_LINE", "RECEIPT",
            "PUBLIC.PAYMENT", "RECEIPT",
            "PUBLIC.JOURNAL", "RECEIPT");

    private Tables() {}

    /** Reads every table. */
    static Map<String, Table> read(Path database, String user, String password) throws Exception {
        return read(database, user, password, Long.MAX_VALUE);
    }

    /** Reads every table as it was when the newest receipt was the newest one of others. */
    static Map<String, Table> readUpTo(Map<String, Table> others, Path database, String user, String password)
            throws Exception {
        return read(database, user, password, others.get("PUBLIC.RECEIPT").rows());
    }

    private static Map<String, Table> read(Path database, String user, String password, long newest) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        // Rows one by one, and read-only: H2 would tidy the file up meanwhile, under the rows.
        source.setURL("jdbc:h2:file:" + database + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;LAZY_QUERY_EXECUTION=1");
        source.setUser(user);
        source.setPassword(password);
        return read(source, newest);
    }

    /**
     * Reads every table of the till.
     *
     * @param newest of the receipts that count
     */
    static Map<String, Table> read(DataSource source, long newest) throws Exception {
        Map<String, Table> tables = new TreeMap<>();
        try (Connection connection = source.getConnection()) {
            for (String name : names(connection)) {
                tables.put(name.toUpperCase(Locale.ROOT), table(connection, name, newest));
            }
        }
        return tables;
    }

    private static List<String> names(Connection connection) throws Exception {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        SELECT TABLE_SCHEMA || '.' || TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
                        WHERE TABLE_TYPE = 'BASE TABLE' AND UPPER(TABLE_SCHEMA) NOT IN ('INFORMATION_SCHEMA', 'PG_CATALOG')""")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static Table table(Connection connection, String name, long newest) throws Exception {
        String column = BY_RECEIPT.get(name.toUpperCase(Locale.ROOT));
        String up = column == null ? "" : " WHERE " + column + " IS NULL OR " + column + " <= " + newest;
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        BigInteger sum = BigInteger.ZERO;
        long count = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + name + up)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    String framed = value == null ? "-" : value.length() + ":" + value;
                    digest.update(framed.getBytes(StandardCharsets.UTF_8));
                }
                sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
                count++;
            }
        }
        return new Table(count, sum.toString(16));
    }
}

package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Copies a till's receipts row by row, as a restore would bring them. */
final class Copy {
    private static final List<String> TABLES = List.of("RECEIPT", "RECEIPT_LINE", "PAYMENT", "JOURNAL");

    private Copy() {}

    static void of(DataSource from, DataSource to, Dialect dialect) throws SQLException {
        try (Connection source = from.getConnection();
                Connection target = to.getConnection();
                Statement statement = source.createStatement()) {
            TillSchema.create(target, dialect);
            target.setAutoCommit(false);
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    try (PreparedStatement insert = target.prepareStatement(
                            "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(columns - 1) + ")")) {
                        while (rows.next()) {
                            for (int i = 1; i <= columns; i++) {
                                insert.setObject(i, rows.getObject(i));
                            }
                            insert.addBatch();
                        }
                        insert.executeBatch();
                    }
                }
            }
            target.commit();
        }
    }
}

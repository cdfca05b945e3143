package de.joecash.backup.tools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many rows each table of a database has. */
final class RowCount {
    private RowCount() {}

    /**
     * Counts.
     *
     * @param tables as {@link Product#tables} says
     */
    static Map<String, Long> of(Connection connection, String tables) throws SQLException {
        Map<String, Long> counted = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : names(statement, tables).entrySet()) {
                try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table.getValue())) {
                    row.next();
                    counted.put(table.getKey(), row.getLong(1));
                }
            }
        }
        return counted;
    }

    private static Map<String, String> names(Statement statement, String tables) throws SQLException {
        Map<String, String> names = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery(tables)) {
            while (row.next()) {
                names.put(row.getString(1), row.getString(2));
            }
        }
        return names;
    }
}

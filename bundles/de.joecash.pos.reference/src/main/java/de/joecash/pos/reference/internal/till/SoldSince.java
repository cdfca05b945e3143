package de.joecash.pos.reference.internal.till;

import de.joecash.pos.activity.Sold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;

/**
 * Counts receipts from an instant on. Numbers rise with time and are the primary key: the first receipt is found by
 * halving, so that a till with millions of them needs neither an index nor a scan.
 */
final class SoldSince {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final int SECONDS = 2;

    private SoldSince() {}

    static Sold read(Connection connection, Dialect dialect, Instant from) throws SQLException {
        try {
            return sum(connection, dialect, from);
        } finally {
            liftLimit(connection);
        }
    }

    /** H2 keeps a statement's limit for the connection, and the pool would hand it on to whoever is next. */
    private static void liftLimit(Connection connection) throws SQLException {
        try (Statement last = connection.createStatement()) {
            last.setQueryTimeout(0);
        }
    }

    private static Sold sum(Connection connection, Dialect dialect, Instant from) throws SQLException {
        long first = first(connection, dialect.bind(from.atOffset(ZoneOffset.UTC)));
        try (PreparedStatement sum = connection.prepareStatement(
                "SELECT COUNT(*), COALESCE(SUM(TOTAL), 0) FROM RECEIPT WHERE NUMBER >= ?")) {
            sum.setQueryTimeout(SECONDS);
            sum.setLong(1, first);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                return new Sold(row.getLong(1), row.getBigDecimal(2), EURO);
            }
        }
    }

    /** The least number that was sold at that instant or later, or the next one to come. */
    private static long first(Connection connection, Object instant) throws SQLException {
        long low = 1;
        long high = next(connection);
        try (PreparedStatement later =
                connection.prepareStatement("SELECT COUNT(*) FROM RECEIPT WHERE NUMBER = ? AND SOLD_AT >= ?")) {
            later.setQueryTimeout(SECONDS);
            while (low < high) {
                long middle = low + (high - low) / 2;
                later.setLong(1, middle);
                later.setObject(2, instant);
                try (ResultSet row = later.executeQuery()) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        high = middle;
                    } else {
                        low = middle + 1;
                    }
                }
            }
        }
        return low;
    }

    private static long next(Connection connection) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement("SELECT COALESCE(MAX(NUMBER), 0) FROM RECEIPT")) {
            last.setQueryTimeout(SECONDS);
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1) + 1;
            }
        }
    }
}

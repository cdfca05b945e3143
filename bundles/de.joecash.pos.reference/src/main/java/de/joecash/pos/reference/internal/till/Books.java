package de.joecash.pos.reference.internal.till;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What the till's books say, all of one instant.
 *
 * @param receipts how many there are
 * @param first the smallest number, 0 where there is none
 * @param last the largest number, 0 where there is none
 * @param total the receipts' sum
 * @param lines the lines' sum
 * @param paid the payments' sum
 */
public record Books(long receipts, long first, long last, BigDecimal total, BigDecimal lines, BigDecimal paid) {
    private static final int CENTS = 2;

    static Books read(DataSource source, Dialect dialect) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(dialect.snapshot());
            Books books = read(statement);
            connection.commit();
            return books;
        }
    }

    private static Books read(Statement statement) throws SQLException {
        BigDecimal lines = sum(statement, "SELECT COALESCE(SUM(AMOUNT), 0) FROM RECEIPT_LINE");
        BigDecimal paid = sum(statement, "SELECT COALESCE(SUM(AMOUNT), 0) FROM PAYMENT");
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*), COALESCE(MIN(NUMBER), 0),"
                + " COALESCE(MAX(NUMBER), 0), COALESCE(SUM(TOTAL), 0) FROM RECEIPT")) {
            row.next();
            return new Books(row.getLong(1), row.getLong(2), row.getLong(3), money(row, 4), lines, paid);
        }
    }

    private static BigDecimal sum(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return money(row, 1);
        }
    }

    /** In cents, where the database keeps more digits that are all zero. */
    private static BigDecimal money(ResultSet row, int column) throws SQLException {
        BigDecimal sum = row.getBigDecimal(column).stripTrailingZeros();
        return sum.scale() < CENTS ? sum.setScale(CENTS) : sum;
    }

    /**
     * Says whether no number is missing.
     *
     * @return whether the numbers run from 1 without a gap
     */
    public boolean gapless() {
        return receipts == 0 ? last == 0 : first == 1 && last == receipts;
    }

    /**
     * Says whether receipts, lines and payments agree.
     *
     * @return whether the sums are equal
     */
    public boolean balanced() {
        return total.compareTo(lines) == 0 && total.compareTo(paid) == 0;
    }
}

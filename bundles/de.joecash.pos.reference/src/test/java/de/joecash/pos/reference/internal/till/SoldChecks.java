package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.activity.Sold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What a till that sells nothing just now says it has sold, against what stands in its books. */
final class SoldChecks {
    private SoldChecks() {}

    static void check(RunningTill running, Dialect dialect) throws Exception {
        Books books = running.till.books();
        try (Connection connection = running.database().dataSource().getConnection()) {
            for (long number : new long[] {1, 2, books.receipts() / 2, books.last()}) {
                assertThat(running.till.since(soldAt(connection, number)))
                        .as("from receipt %d on", number)
                        .isEqualTo(scanned(connection, dialect, soldAt(connection, number)))
                        .extracting(Sold::receipts)
                        .isEqualTo(books.last() - number + 1);
            }
        }
        assertThat(running.till.since(Instant.EPOCH).receipts()).isEqualTo(books.receipts());
        Sold none = running.till.since(Instant.now().plusSeconds(3_600));
        assertThat(none.receipts()).isZero();
        assertThat(none.turnover()).isZero();
        assertThat(none.currency()).hasToString("EUR");
        try (Connection next = running.database().dataSource().getConnection();
                Connection another = running.database().dataSource().getConnection();
                Statement statement = next.createStatement();
                Statement other = another.createStatement()) {
            assertThat(statement.getQueryTimeout()).as("left for the next").isZero();
            assertThat(other.getQueryTimeout()).as("left for the next").isZero();
        }
    }

    private static Instant soldAt(Connection connection, long number) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT SOLD_AT FROM RECEIPT WHERE NUMBER = ?")) {
            query.setLong(1, number);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return connection.getMetaData().getDatabaseProductName().equals("MariaDB")
                        ? row.getObject(1, java.time.LocalDateTime.class).toInstant(ZoneOffset.UTC)
                        : row.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }

    private static Sold scanned(Connection connection, Dialect dialect, Instant from) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT COUNT(*), SUM(TOTAL) FROM RECEIPT WHERE SOLD_AT >= ?")) {
            query.setObject(1, dialect.bind(from.atOffset(ZoneOffset.UTC)));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Sold(row.getLong(1), row.getBigDecimal(2), java.util.Currency.getInstance("EUR"));
            }
        }
    }
}

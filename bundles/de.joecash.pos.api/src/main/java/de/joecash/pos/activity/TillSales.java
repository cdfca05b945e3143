package de.joecash.pos.activity;

import java.sql.SQLException;
import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says how much the till has sold. A backup tells by it what is not in it yet, and a restore what it would take away.
 *
 * <p>The host registers one OSGi service, or none where it does not want plug-ins to know. Thread-safe. It is asked a
 * few times a minute at most and may read the database, but no longer than some two seconds: somebody waits for it. A
 * limit that is set by {@link java.sql.Statement#setQueryTimeout} is to be lifted afterwards: H2 keeps it for the
 * connection, and a pool hands it on.
 *
 * <pre>{@code
 * context.registerService(TillSales.class, from -> {
 *     try (Connection connection = database.dataSource().getConnection();
 *             PreparedStatement query = connection.prepareStatement(
 *                     "SELECT COUNT(*), COALESCE(SUM(TOTAL), 0) FROM RECEIPT WHERE SOLD_AT >= ?")) {
 *         query.setObject(1, from.atOffset(ZoneOffset.UTC));
 *         try (ResultSet row = query.executeQuery()) {
 *             row.next();
 *             return new Sold(row.getLong(1), row.getBigDecimal(2), Currency.getInstance("EUR"));
 *         }
 *     }
 * }, null);
 * }</pre>
 */
@ConsumerType
@FunctionalInterface
public interface TillSales {
    /**
     * Counts what is in the live database and was sold at an instant or later, by the receipts' own times.
     *
     * @param from the instant
     * @return what was sold
     * @throws SQLException if the database cannot tell at present
     */
    Sold since(Instant from) throws SQLException;
}

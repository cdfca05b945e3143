package de.joecash.pos.reference.internal.till;

import java.time.OffsetDateTime;
import java.util.function.Function;

/**
 * Where the SQL of a kind of database differs from the others'.
 *
 * @param money the type of an amount in euro
 * @param instant the type of an instant
 * @param instants makes an instant what the driver binds to that type
 * @param table what stands behind each table's columns
 * @param snapshot the isolation level of {@link java.sql.Connection} at which every read is of one instant
 */
record Dialect(String money, String instant, Function<OffsetDateTime, Object> instants, String table, int snapshot) {
    /** Makes it what the driver binds. */
    Object bind(OffsetDateTime time) {
        return instants.apply(time);
    }
}

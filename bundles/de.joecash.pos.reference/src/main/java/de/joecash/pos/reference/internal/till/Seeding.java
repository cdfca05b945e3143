package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Fills a new till with receipts of past days, the last one of them sold just now. */
final class Seeding {
    private static final int BATCH = 500;
    private static final int DAYS = 1_000;
    private static final int A_DAY_AT_LEAST = 120;
    private static final Duration BETWEEN_RECEIPTS = Duration.ofMinutes(4);

    private final Dialect dialect;
    private final long receipts;
    private final Clock clock;

    Seeding(Dialect dialect, long receipts, Clock clock) {
        this.dialect = dialect;
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * Fills it.
     *
     * @param connection to a till without receipts
     * @param stop asked now and then; where it says yes, the till is left unfinished
     * @param done is told how many there are so far
     * @return whether the till is finished
     */
    boolean fill(Connection connection, BooleanSupplier stop, LongConsumer done) throws SQLException {
        SplittableRandom random = new SplittableRandom(4711);
        long perDay = Math.max(A_DAY_AT_LEAST, receipts / DAYS + 1);
        long days = (receipts + perDay - 1) / perDay;
        Duration step = min(BETWEEN_RECEIPTS, Duration.ofHours(9).dividedBy(perDay));
        OffsetDateTime end = OffsetDateTime.now(clock);
        connection.setAutoCommit(false);
        try (ReceiptWriter writer = new ReceiptWriter(connection, dialect, 1)) {
            for (long number = 1; number <= receipts; number++) {
                long day = (number - 1) / perDay;
                long ofDay = Math.min(perDay, receipts - day * perDay) - 1 - (number - 1) % perDay;
                OffsetDateTime soldAt = end.minusDays(days - 1 - day).minus(step.multipliedBy(ofDay));
                writer.add(Receipt.random(number, (int) day + 1, soldAt, random));
                if (number % BATCH == 0 || number == receipts) {
                    writer.flush();
                    connection.commit();
                    done.accept(number);
                    if (stop.getAsBoolean()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

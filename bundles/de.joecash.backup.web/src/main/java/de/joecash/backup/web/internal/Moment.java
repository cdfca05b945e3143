package de.joecash.backup.web.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * A time as the page takes it: one to count ages with, one to show, so that no browser's zone or clock matters.
 *
 * @param epoch milliseconds since 1970
 * @param local date and time in the shop's zone, to the second
 */
record Moment(long epoch, String local) {
    static Moment of(ZonedDateTime time) {
        return new Moment(
                time.toInstant().toEpochMilli(),
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        time.toLocalDateTime().truncatedTo(ChronoUnit.SECONDS)));
    }

    static Moment of(Instant instant, ZoneId zone) {
        return of(instant.atZone(zone));
    }
}

package de.joecash.backup;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The schedule's face: registered while backups are made automatically, gone while they are not. Thread-safe. */
@ProviderType
public interface AutomaticRuns {
    /** Says in what zone the shop is, without a look at any backup. */
    ZoneId zone();

    /**
     * Says when the next automatic backup is due.
     *
     * @return in the shop's zone; in the past while one is being caught up
     */
    ZonedDateTime next();

    /**
     * Says at what times of day automatic backups are made.
     *
     * @return in the shop's zone, in ascending order
     */
    List<LocalTime> times();

    /**
     * Has automatic backups made at other times of day, and keeps that over restarts. A new schedule takes this one's
     * place for it, perhaps after this has returned; what is due by the new times and was not backed up for is made
     * then.
     *
     * @param times in the shop's zone, 1 to 96, in any order
     * @throws BackupException {@code InvalidInput} if there is none, or too many; {@code Unexpected} if they cannot be
     *     kept
     */
    void change(List<LocalTime> times) throws BackupException;
}

package de.joecash.backup;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is not looking is told how safe the data is. Registered while the host has a way to the shop's people.
 * Thread-safe.
 */
@ProviderType
public interface Notifications {
    /** From what on people are told. */
    enum From {
        /** Never. */
        NEVER,
        /** {@link Safety.Level#DANGER}. */
        DANGER,
        /** {@link Safety.Level#OVERDUE} as well. */
        OVERDUE;

        /**
         * Says whether people are told of something.
         *
         * @param level how safe the data is
         * @return false for {@link Safety.Level#SAFE} in any case
         */
        public boolean includes(Safety.Level level) {
            return switch (level) {
                case SAFE -> false;
                case OVERDUE -> this == OVERDUE;
                case DANGER -> this != NEVER;
            };
        }
    }

    /**
     * Says how people are reached.
     *
     * @param locale the reader's
     * @return the host's words, plain text
     */
    String way(Locale locale);

    /**
     * Says from what on people are told.
     *
     * @return what is in force
     */
    From from();

    /**
     * Has people told from something else on, and keeps that over restarts.
     *
     * @param from from now on
     * @throws BackupException {@code Unexpected} if it cannot be kept
     */
    void change(From from) throws BackupException;

    /**
     * Delivers one that says that it is a trial, whatever people are told of. Takes a minute at most.
     *
     * @throws BackupException {@code NotificationFailed} if it could not be delivered
     */
    void trial() throws BackupException;
}

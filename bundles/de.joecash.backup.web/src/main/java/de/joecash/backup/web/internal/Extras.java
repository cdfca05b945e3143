package de.joecash.backup.web.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Media;
import de.joecash.backup.Notifications;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What comes and goes while the page stays. Thread-safe.
 *
 * @param automatic the schedule, while +Backup is booked
 * @param media that are plugged in, where the host has settings for one
 * @param notifications where the host has a way to people
 */
record Extras(
        Supplier<Optional<AutomaticRuns>> automatic,
        Supplier<Optional<Media>> media,
        Supplier<Optional<Notifications>> notifications) {}

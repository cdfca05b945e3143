package de.joecash.backup.pos.internal;

import de.joecash.backup.Notifications.From;
import de.joecash.backup.Safety;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When people are told what is wrong: once it has lasted for a while, so that nobody is called for what an automatic
 * backup is about to mend; again when it becomes worse, and each day while it lasts; and once when it is over. Used by
 * one thread at a time.
 */
final class Alarm {
    static final Duration REPEATED = Duration.ofDays(1);

    private Optional<Instant> wrongSince = Optional.empty();
    private Optional<Told> told = Optional.empty();

    /** What people know. */
    private record Told(Safety safety, Instant at) {}

    /**
     * What is set.
     *
     * @param from from what on people are told
     * @param patience how long something lasts before anybody is told
     */
    record Rule(From from, Duration patience) {}

    /**
     * Looks at how it stands.
     *
     * @return what people are to be told now: what is wrong, or {@link Safety#SAFE} where what they were told of is
     *     over
     */
    Optional<Safety> look(Safety safety, Rule rule, Instant now) {
        if (!rule.from().includes(safety.level())) {
            wrongSince = Optional.empty();
            return told.isPresent() ? Optional.of(Safety.SAFE) : Optional.empty();
        }
        Instant since = wrongSince.orElse(now);
        wrongSince = Optional.of(since);
        boolean lasts = !now.isBefore(since.plus(rule.patience()));
        return lasts && told.map(known -> isNews(known, safety, now)).orElse(true)
                ? Optional.of(safety)
                : Optional.empty();
    }

    private static boolean isNews(Told known, Safety safety, Instant now) {
        return safety.level().compareTo(known.safety.level()) > 0 || !now.isBefore(known.at.plus(REPEATED));
    }

    /** Notes that people were told; until this is noted, {@link #look} says the same again. */
    void told(Safety safety, Instant at) {
        told = safety == Safety.SAFE ? Optional.empty() : Optional.of(new Told(safety, at));
    }
}

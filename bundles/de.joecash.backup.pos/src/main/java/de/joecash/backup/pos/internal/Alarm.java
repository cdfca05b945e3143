package de.joecash.backup.pos.internal;

import de.joecash.backup.Notifications.From;
import de.joecash.backup.Safety;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When people are told what is wrong: once it has lasted for a while, so that nobody is called for what an automatic
 * backup is about to mend; again when it becomes worse, and each day while it lasts; and once when it is over, or when
 * what is left is nothing that they want to be told. A clock that is put back puts nothing off. Used by one thread at a
 * time.
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

    /** What people are to be told now. */
    enum News {
        /** Something is wrong. */
        WRONG,
        /** What they were told of is not as bad any more, if it is not over. */
        LESS,
        /** It is over. */
        OVER
    }

    /** Looks at how it stands. */
    Optional<News> look(Safety safety, Rule rule, Instant now) {
        if (!rule.from().includes(safety.level())) {
            wrongSince = Optional.empty();
            return told.map(known -> safety == Safety.SAFE ? News.OVER : News.LESS);
        }
        wrongSince = Optional.of(notLater(wrongSince.orElse(now), now));
        // What is better now is news once it becomes worse again.
        told = told.map(
                known -> new Told(known.safety.compareTo(safety) > 0 ? safety : known.safety, notLater(known.at, now)));
        boolean lasts = !now.isBefore(wrongSince.get().plus(rule.patience()));
        return lasts && told.map(known -> isNews(known, safety, now)).orElse(true)
                ? Optional.of(News.WRONG)
                : Optional.empty();
    }

    private static boolean isNews(Told known, Safety safety, Instant now) {
        return safety.compareTo(known.safety) > 0 || !now.isBefore(known.at.plus(REPEATED));
    }

    private static Instant notLater(Instant at, Instant now) {
        return at.isAfter(now) ? now : at;
    }

    /** Notes that people were told; until this is noted, {@link #look} says the same again. */
    void told(News news, Safety safety, Instant at) {
        told = news == News.WRONG ? Optional.of(new Told(safety, at)) : Optional.empty();
    }
}

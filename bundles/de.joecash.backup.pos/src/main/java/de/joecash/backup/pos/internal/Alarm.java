package de.joecash.backup.pos.internal;

import de.joecash.backup.Notifications.From;
import de.joecash.backup.Safety;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When people are told what is wrong: once it has lasted for a while, so that nobody is called for what an automatic
 * backup is about to mend; again when it becomes worse or something else, and each day while it lasts; and once when it
 * is over, or when what is left is nothing that they want to be told. A clock that is put back puts nothing off. Used
 * by one thread at a time.
 */
final class Alarm {
    static final Duration REPEATED = Duration.ofDays(1);

    private Optional<Instant> wrongSince = Optional.empty();
    private Optional<Lasting> lasting = Optional.empty();
    private Optional<Told> told = Optional.empty();

    /** What is wrong now, and since when it is that. */
    private record Lasting(Safety safety, Instant since) {}

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
            lasting = Optional.empty();
            return told.map(known -> safety == Safety.SAFE ? News.OVER : News.LESS);
        }
        wrongSince = Optional.of(notLater(wrongSince.orElse(now), now));
        lasting = Optional.of(new Lasting(
                safety,
                lasting.filter(one -> one.safety == safety)
                        .map(one -> notLater(one.since, now))
                        .orElse(now)));
        told = told.map(known -> new Told(known.safety, notLater(known.at, now)));
        boolean news = told.map(known -> isNews(known, safety, rule.patience(), now))
                .orElseGet(() -> hasLasted(wrongSince.get(), rule.patience(), now));
        return news ? Optional.of(News.WRONG) : Optional.empty();
    }

    /** What is worse is told at once, anything else once it has lasted, and the same each day. */
    private boolean isNews(Told known, Safety safety, Duration patience, Instant now) {
        return safety.level().compareTo(known.safety.level()) > 0
                || (safety != known.safety && hasLasted(lasting.orElseThrow().since, patience, now))
                || hasLasted(known.at, REPEATED, now);
    }

    private static boolean hasLasted(Instant since, Duration patience, Instant now) {
        return !now.isBefore(since.plus(patience));
    }

    private static Instant notLater(Instant at, Instant now) {
        return at.isAfter(now) ? now : at;
    }

    /** Notes that people were told; until this is noted, {@link #look} says the same again. */
    void told(News news, Safety safety, Instant at) {
        told = news == News.WRONG ? Optional.of(new Told(safety, at)) : Optional.empty();
    }
}

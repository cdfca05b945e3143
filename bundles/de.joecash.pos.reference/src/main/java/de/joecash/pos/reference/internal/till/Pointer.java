package de.joecash.pos.reference.internal.till;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which database is the till's.
 *
 * @param database the database's name among the till's
 * @param state how far it is
 */
record Pointer(String database, State state) {
    private static final Pattern TEXT = Pattern.compile("([a-z](?:[a-z0-9_-]{0,62}[a-z0-9])?) (SEEDING|SELLING)\\s*");

    enum State {
        /** The first receipts are being made up; if that is cut off, it begins anew. */
        SEEDING,
        /** Holds the shop's receipts. */
        SELLING
    }

    Pointer {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(state, "state");
    }

    static Optional<Pointer> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Pointer(matcher.group(1), State.valueOf(matcher.group(2))))
                : Optional.empty();
    }

    String text() {
        return database + " " + state + "\n";
    }
}

package de.joecash.backup.web.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Secret;
import java.util.Optional;

/** What the page may ask for. Every component may be missing, and is hostile until one of the methods checked it. */
final class Asks {
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final int LONGEST_ID = 200;

    private Asks() {}

    /** Asks for something about a backup; {@code confirm} is the word that a restore wants. */
    record BackupAsk(String backup, String confirm) {}

    /** Asks for something at a place; {@code key} opens what is encrypted there. */
    record PlaceAsk(String destination, String directory, String backup, String key) {
        @Override
        public String toString() {
            return "PlaceAsk[" + destination + ", " + directory + ", " + backup + "]";
        }
    }

    /** Asks about a key, as it was typed off a sheet. */
    record KeyAsk(String key) {
        @Override
        public String toString() {
            return "KeyAsk[***]";
        }
    }

    /** Asks to take a till's backups for true; {@code mark} was typed off that till's sheet. */
    record MarkAsk(String mark) {}

    /** Asks to end a run or a transfer. */
    record UnderWayAsk(String id) {}

    static <T> T read(String body, Class<T> type, Texts texts) throws BackupException {
        try {
            T ask = GSON.fromJson(body, type);
            if (ask != null) {
                return ask;
            }
        } catch (JsonParseException e) {
            throw new BackupException(invalid(texts, "json"), e);
        }
        throw new BackupException(invalid(texts, "json"));
    }

    static BackupId id(String value, Texts texts) throws BackupException {
        try {
            if (value != null) {
                return new BackupId(value);
            }
        } catch (IllegalArgumentException e) {
            throw new BackupException(invalid(texts, "backup"), e);
        }
        throw new BackupException(invalid(texts, "backup"));
    }

    /** How many backups are passed over, of a query {@code from=N}. */
    static int from(String query, Texts texts) throws BackupException {
        if (query.isEmpty()) {
            return 0;
        }
        if (!query.matches("from=\\d{1,7}")) {
            throw new BackupException(invalid(texts, "from"));
        }
        return Integer.parseInt(query.substring("from=".length()));
    }

    static Optional<BackupId> optionalId(String value, Texts texts) throws BackupException {
        return value == null ? Optional.empty() : Optional.of(id(value, texts));
    }

    /** An empty field is no key. */
    static Optional<Secret> key(String typed) {
        return Optional.ofNullable(typed).filter(key -> !key.isBlank()).map(Secret::new);
    }

    static String mark(MarkAsk ask, Texts texts) throws BackupException {
        if (ask.mark() == null || ask.mark().isBlank() || ask.mark().length() > LONGEST_ID) {
            throw new BackupException(invalid(texts, "mark"));
        }
        return ask.mark();
    }

    static Place place(PlaceAsk ask, Texts texts) throws BackupException {
        if (ask.destination() == null || ask.directory() == null) {
            throw new BackupException(invalid(texts, "place"));
        }
        return new Place(ask.destination(), ask.directory());
    }

    static String underWay(UnderWayAsk ask, Texts texts) throws BackupException {
        if (ask.id() == null || ask.id().isEmpty() || ask.id().length() > LONGEST_ID) {
            throw new BackupException(invalid(texts, "underWay"));
        }
        return ask.id();
    }

    static Problem invalid(Texts texts, String what) {
        return new Problem.InvalidInput(texts.get("invalid." + what));
    }
}

package de.joecash.backup.web.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Notifications;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.spi.Secret;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page may ask for. Every component may be missing, and is hostile until one of the methods checked it. */
final class Asks {
    private static final Gson GSON = new GsonBuilder()
            .setStrictness(Strictness.STRICT)
            .registerTypeAdapter(boolean.class, new Truth())
            .registerTypeAdapter(Boolean.class, new Truth())
            .create();
    private static final int LONGEST_ID = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern PART = Pattern.compile(
            "(?:only=(?<only>" + Stream.of(Sort.values()).map(Sort::name).collect(Collectors.joining("|"))
                    + ")(?:&|$))?(?:from=(?<from>\\d{1,7}))?(?<!&)");

    private static final Pattern RULES = Pattern.compile("keep=(\\d{1,5})&keepSafety=(\\d{1,5})");
    /** As many as ever are kept; more is a slip of the finger. */
    private static final int MOST_KEPT = 99_999;

    private Asks() {}

    /**
     * Asks for something about a backup; {@code confirm} is the word that a restore wants, {@code withoutFiles} asks
     * for its database alone.
     */
    record BackupAsk(String backup, String confirm, boolean withoutFiles) {}

    /** Says something about a backup. */
    record RemarkAsk(String backup, Boolean kept, String note) {}

    /** Asks for something at a place; {@code key} opens what is encrypted there, {@code withoutFiles} as above. */
    record PlaceAsk(String destination, String directory, String backup, String key, boolean withoutFiles) {
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

    /** Asks to take a till's backups for true; {@code fingerprint} was typed off that till's sheet. */
    record FingerprintAsk(String fingerprint) {}

    /** Asks to back up to a medium that is plugged in; {@code replacing} is the directory whose place it may take. */
    record StickAsk(String path, String replacing) {}

    /** Asks for other times of day of automatic backups, each such as {@code 07:00}. */
    record TimesAsk(List<String> times) {}

    /** Asks for other rules of retention. */
    record RetentionAsk(Integer keep, Integer keepSafety) {}

    /** Asks to have people told from something else on, such as {@code DANGER}. */
    record NotificationsAsk(String from) {}

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

    /** The backup of a query {@code backup=ID}. */
    static BackupId backup(String query, Texts texts) throws BackupException {
        return id(query.startsWith("backup=") ? query.substring("backup=".length()) : null, texts);
    }

    /** A part of the list, of a query {@code only=KEPT&from=N}, either of which may be missing. */
    static Part part(String query, Texts texts) throws BackupException {
        Matcher asked = PART.matcher(query);
        if (!asked.matches()) {
            throw new BackupException(invalid(texts, "from"));
        }
        String from = asked.group("from");
        return new Part(Sort.of(asked.group("only")), from == null ? 0 : Integer.parseInt(from));
    }

    /** What is left out is as it was when nobody had said anything. */
    static Remark remark(RemarkAsk ask, Texts texts) throws BackupException {
        try {
            return new Remark(Boolean.TRUE.equals(ask.kept()), ask.note() == null ? "" : ask.note());
        } catch (IllegalArgumentException e) {
            throw new BackupException(invalid(texts, "note"), e);
        }
    }

    static Optional<BackupId> optionalId(String value, Texts texts) throws BackupException {
        return value == null ? Optional.empty() : Optional.of(id(value, texts));
    }

    /** An empty field is no key. */
    static Optional<Secret> key(String typed) {
        return Optional.ofNullable(typed).filter(key -> !key.isBlank()).map(Secret::new);
    }

    static String fingerprint(FingerprintAsk ask, Texts texts) throws BackupException {
        String typed = ask.fingerprint();
        if (typed == null || typed.isBlank() || typed.length() > LONGEST_ID) {
            throw new BackupException(invalid(texts, "fingerprint"));
        }
        return typed;
    }

    static Place place(PlaceAsk ask, Texts texts) throws BackupException {
        if (ask.destination() == null || ask.directory() == null) {
            throw new BackupException(invalid(texts, "place"));
        }
        return new Place(ask.destination(), ask.directory());
    }

    /** In ascending order, each once. */
    static List<LocalTime> times(TimesAsk ask, Texts texts) throws BackupException {
        try {
            if (ask.times() != null && !ask.times().isEmpty()) {
                return ask.times().stream()
                        .map(time -> LocalTime.parse(String.valueOf(time), TIME))
                        .distinct()
                        .sorted()
                        .toList();
            }
        } catch (DateTimeParseException e) {
            throw new BackupException(invalid(texts, "times"), e);
        }
        throw new BackupException(invalid(texts, "times"));
    }

    /** The rules of a query {@code keep=N&keepSafety=N}. */
    static RetentionRules rules(String query, Texts texts) throws BackupException {
        Matcher asked = RULES.matcher(query);
        if (!asked.matches()) {
            throw new BackupException(invalid(texts, "retention"));
        }
        return rules(new RetentionAsk(Integer.valueOf(asked.group(1)), Integer.valueOf(asked.group(2))), texts);
    }

    static RetentionRules rules(RetentionAsk ask, Texts texts) throws BackupException {
        if (!kept(ask.keep()) || !kept(ask.keepSafety())) {
            throw new BackupException(invalid(texts, "retention"));
        }
        return new RetentionRules(ask.keep(), ask.keepSafety());
    }

    private static boolean kept(Integer count) {
        return count != null && count >= 1 && count <= MOST_KEPT;
    }

    static Notifications.From from(NotificationsAsk ask, Texts texts) throws BackupException {
        return Arrays.stream(Notifications.From.values())
                .filter(from -> from.name().equals(ask.from()))
                .findFirst()
                .orElseThrow(() -> new BackupException(invalid(texts, "notifications")));
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

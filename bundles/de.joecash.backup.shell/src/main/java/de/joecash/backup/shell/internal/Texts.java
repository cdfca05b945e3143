package de.joecash.backup.shell.internal;

import de.joecash.backup.BackupKind;
import de.joecash.backup.Place;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words and the notation of one language. */
final class Texts {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle bundle;

    Texts(Locale asked) {
        locale = asked.getLanguage().equals("de") ? asked : Locale.ENGLISH;
        bundle = ResourceBundle.getBundle(
                Texts.class.getPackageName() + ".shell", locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }

    /** German where the server speaks German, else English. */
    static Texts current() {
        return new Texts(Locale.getDefault());
    }

    Locale locale() {
        return locale;
    }

    String get(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    String kind(BackupKind kind) {
        return get("kind." + kind);
    }

    /** The place as the commands take it, with its words in front where it has some. */
    String place(Place place) {
        String key = "place." + place.destination();
        return bundle.containsKey(key) ? get(key) + " (" + place + ")" : place.toString();
    }

    String size(long bytes) {
        return String.format(locale, "%,.1f MB", bytes / 1e6);
    }

    String number(long value) {
        return String.format(locale, "%,d", value);
    }

    String time(ZonedDateTime time) {
        Locale notation = locale.getLanguage().equals("de") ? locale : Locale.UK;
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(notation)
                .format(time);
    }

    String age(Duration age) {
        if (age.toMinutes() < 1) {
            return get("age.now");
        }
        if (age.toHours() < 1) {
            return get("age.minutes", age.toMinutes());
        }
        return age.toHours() < 48 ? get("age.hours", age.toHours()) : get("age.days", age.toDays());
    }
}

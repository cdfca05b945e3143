package de.joecash.backup.update.internal;

import de.joecash.backup.update.internal.apply.Ill;
import de.joecash.backup.update.internal.apply.LastUpdate;
import de.joecash.backup.update.internal.set.SetRefused;
import java.text.MessageFormat;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** The words of one language. */
final class Texts {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle bundle;

    Texts(Locale asked) {
        locale = asked.getLanguage().equals("de") ? asked : Locale.ENGLISH;
        bundle = ResourceBundle.getBundle(
                Texts.class.getPackageName() + ".update", locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }

    /** German where the server speaks German, else English. */
    static Texts current() {
        return new Texts(Locale.getDefault());
    }

    /** Puts arguments into a text; what is wrong with something is one of them by its own text. */
    String get(String key, Object... arguments) {
        Object[] words = Stream.of(arguments)
                .map(argument -> argument instanceof Ill ill ? ill(ill) : argument.toString())
                .toArray();
        return new MessageFormat(bundle.getString(key), locale).format(words);
    }

    private String ill(Ill ill) {
        return get("ill." + ill.kind(), ill.words().toArray());
    }

    /** Cause, what it means, and the next step. */
    String refused(SetRefused refused) {
        String cause = get(refused.refusal() + ".cause", refused.arguments());
        return get("refused", cause, get(refused.refusal() + ".next"));
    }

    /** What became of an update, in one line. */
    String ended(LastUpdate last) {
        Object why = last.why() == null ? "" : last.why();
        Object left = last.left() == null ? "" : last.left();
        boolean cutOff = last.result() == LastUpdate.Result.TAKEN_BACK
                && last.why() != null
                && last.why().kind() == Ill.Kind.CUT_OFF;
        return get("ended." + (cutOff ? "CUT_OFF" : last.result()), last.set(), last.version(), why, left);
    }

    /** When it was. */
    String time(LastUpdate last) {
        Locale notation = locale.getLanguage().equals("de") ? locale : Locale.UK;
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(notation)
                .format(ZonedDateTime.parse(last.at()));
    }
}

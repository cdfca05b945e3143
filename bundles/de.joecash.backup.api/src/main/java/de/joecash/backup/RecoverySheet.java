package de.joecash.backup;

import de.joecash.backup.spi.Secret;
import java.text.MessageFormat;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;

/**
 * What the owner needs on the day on which everything is lost, to be printed on one A4 page and kept elsewhere. It has
 * the private half of a key that was made for it and is nowhere else: shown once, never stored, never logged. Its
 * {@code toString} shows nothing of it.
 *
 * @param made when, with the till's zone
 * @param key {@code AGE-SECRET-KEY-1…}, the private half (age specification, C2SP age.md)
 * @param recipient {@code age1…}, the public half
 * @param fingerprint of the key that the till signs with
 * @param places where copies may lie, each with its address as far as it is known; without secrets
 * @param code the key as a QR code
 */
public record RecoverySheet(
        ZonedDateTime made, Secret key, String recipient, String fingerprint, List<String> places, SquareCode code) {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** Where the part of the key ends that is the same in every one. */
    private static final int PREFIX = "AGE-SECRET-KEY-1".length();

    private static final int GROUP = 4;
    private static final int GROUPS_A_LINE = 5;

    /** Checks that nothing is missing. */
    public RecoverySheet {
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(code, "code");
        places = List.copyOf(places);
    }

    /**
     * Says everything that stands on the sheet but the QR code, the key included.
     *
     * @param locale German is answered in German, everything else in English
     * @return lines of at most 80 characters, but for long addresses, each ended by a line feed
     */
    public String text(Locale locale) {
        Locale spoken = locale.getLanguage().equals("de") ? locale : Locale.ENGLISH;
        ResourceBundle texts = ResourceBundle.getBundle(
                "de.joecash.backup.sheet", spoken, RecoverySheet.class.getClassLoader(), NO_FALLBACK);
        String there = places.isEmpty() ? texts.getString("places.none") : String.join("\n   ", places);
        return new MessageFormat(texts.getString("sheet"), spoken).format(new Object[] {
            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                    .withLocale(spoken)
                    .format(made),
            String.join("\n   ", groupedKey()),
            recipient,
            fingerprint,
            there
        });
    }

    /**
     * Gives the key in groups that are easy to type. Case, blanks, hyphens and line breaks do not matter when it is
     * typed.
     *
     * @return its lines
     */
    public List<String> groupedKey() {
        return key.use(characters -> {
            String letters = new String(characters);
            StringBuilder lines = new StringBuilder(letters.substring(0, PREFIX));
            for (int i = 0; PREFIX + i * GROUP < letters.length(); i++) {
                int from = PREFIX + i * GROUP;
                lines.append(i % GROUPS_A_LINE == 0 ? '\n' : ' ')
                        .append(letters, from, Math.min(letters.length(), from + GROUP));
            }
            return lines.toString().lines().toList();
        });
    }

    @Override
    public String toString() {
        return "RecoverySheet[" + recipient + "]";
    }
}

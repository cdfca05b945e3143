package de.joecash.backup.pos.internal;

import de.joecash.pos.settings.InvalidSettingException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is set at 01.1 and 01.2, and where the data centre is.
 *
 * @param kind 01.1: empty or {@code F} for no local copies; {@code L} or anything else for local ones
 * @param path 01.2: with local copies the medium's path, otherwise the directory at the data centre; perhaps empty
 * @param dataCentre id of the destination that stands for the data centre
 */
record LocalBackup(String kind, String path, String dataCentre) {
    static final String KIND = "01.1";
    static final String PATH = "01.2";
    static final String NONE = "";
    static final String FTP = "F";
    static final String LOCAL = "L";
    static final String DATA_CENTRE = "data-centre";

    private static final int NO_TEXT = 0xFFFD;
    private static final int LONGEST_KIND = 16;
    private static final int LONGEST_PATH = 1024;
    private static final Pattern CLIMBS = Pattern.compile("(^|[/\\\\])\\.\\.([/\\\\]|$)");
    private static final Pattern DESTINATION = Pattern.compile("[a-z0-9-]{1,32}");

    /**
     * Takes away blanks at the ends, and slashes that a medium's path does not need, and lets {@code f} and {@code l}
     * be the letters they are meant as.
     */
    LocalBackup {
        kind = kind.strip();
        if (kind.equalsIgnoreCase(FTP) || kind.equalsIgnoreCase(LOCAL)) {
            kind = kind.equalsIgnoreCase(FTP) ? FTP : LOCAL;
        }
        path = withoutBlankEnds(path);
        if (isLocal(kind) && path.length() <= LONGEST_PATH) {
            path = MediumPath.tidy(path);
        }
    }

    /**
     * Reads what was stored, by whomever. What cannot be meant is taken as not set; the rest is left to the
     * destination, which checks it against what is there.
     */
    static LocalBackup stored(Object kind, Object path, Object dataCentre) {
        return new LocalBackup(
                stored(kind, LONGEST_KIND),
                stored(path, LONGEST_PATH),
                dataCentre instanceof String id && DESTINATION.matcher(id).matches() ? id : DATA_CENTRE);
    }

    private static String stored(Object value, int longest) {
        return value instanceof String text && text.strip().length() <= longest && printable(text.strip()) ? text : "";
    }

    /** Browsers and word processors put blanks there that do not break. */
    private static String withoutBlankEnds(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    boolean local() {
        return isLocal(kind);
    }

    private static boolean isLocal(String kind) {
        return !kind.isEmpty() && !kind.equals(FTP);
    }

    /** Gives the values after a change, all of them checked together. */
    LocalBackup with(Map<String, String> changes) throws InvalidSettingException {
        for (String key : changes.keySet()) {
            if (!key.equals(KIND) && !key.equals(PATH)) {
                throw refused(key, "unknown");
            }
        }
        LocalBackup changed =
                new LocalBackup(changes.getOrDefault(KIND, kind), changes.getOrDefault(PATH, path), dataCentre);
        changed.check();
        return changed;
    }

    private void check() throws InvalidSettingException {
        if (kind.length() > LONGEST_KIND) {
            throw refused(KIND, "kind.long");
        }
        if (!printable(kind)) {
            throw refused(KIND, "kind.unprintable");
        }
        if (path.length() > LONGEST_PATH) {
            throw refused(PATH, "path.long");
        }
        if (!printable(path)) {
            throw refused(PATH, "path.unprintable");
        }
        if (CLIMBS.matcher(path).find()) {
            throw refused(PATH, "path.climbs");
        }
        if (local() && !path.isEmpty()) {
            MediumPath.check(path);
        }
    }

    /**
     * Without control and format characters (which can make a path look like another one), halves of characters, and
     * the one that stands for bytes that were no text (The Unicode Standard, 23.8).
     */
    private static boolean printable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == NO_TEXT
                        || switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.SURROGATE,
                                    Character.PRIVATE_USE,
                                    Character.UNASSIGNED,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR -> true;
                            default -> false;
                        });
    }

    static InvalidSettingException refused(String key, String why) {
        return new InvalidSettingException(key, Texts.of("refused." + why));
    }
}

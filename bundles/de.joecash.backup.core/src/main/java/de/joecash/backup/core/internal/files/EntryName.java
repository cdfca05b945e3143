package de.joecash.backup.core.internal.files;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an entry may be called and where a link may lead: judged by the text alone, at making as at restoring. */
final class EntryName {
    /** The longest name, and the longest target of a link, in bytes of UTF-8. */
    static final int MAX_BYTES = 2048;

    /** The longest part between two slashes, in bytes of UTF-8: what ext4, NTFS and others take. */
    private static final int MAX_PART = 255;

    private static final char REPLACEMENT = '\uFFFD';

    private EntryName() {}

    /** Whether a name leads down from its folder, part by part, on every system. */
    static boolean plain(String name) {
        return readable(name) && List.of(name.split("/", -1)).stream().allMatch(EntryName::plainPart);
    }

    private static boolean plainPart(String part) {
        return !part.isEmpty()
                && !part.equals(".")
                && !part.equals("..")
                && part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART;
    }

    /**
     * Whether a link leads to somewhere in its own folder. It may climb only before it descends: below a directory that
     * is itself a link, a step up would lead elsewhere than the text says.
     *
     * @param link the link's name, which is plain
     * @param target as it stands in the link
     */
    static boolean staysInside(String link, String target) {
        if (!readable(target) || target.startsWith("/")) {
            return false;
        }
        long above = link.chars().filter(c -> c == '/').count() - 1;
        boolean descends = false;
        for (String part : (target.endsWith("/") ? target.substring(0, target.length() - 1) : target).split("/", -1)) {
            if (part.equals("..")) {
                above--;
                if (descends || above < 0) {
                    return false;
                }
            } else if (!part.equals(".")) {
                if (!plainPart(part)) {
                    return false;
                }
                descends = true;
            }
        }
        return true;
    }

    private static boolean readable(String text) {
        return !text.isEmpty()
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && text.codePoints().noneMatch(EntryName::unreadable);
    }

    /** A backslash is a separator elsewhere; the replacement character stands for what was no UTF-8. */
    private static boolean unreadable(int c) {
        return Character.isISOControl(c)
                || c == '\\'
                || c == REPLACEMENT
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}

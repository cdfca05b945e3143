package de.joecash.backup.update.internal.set;

import java.util.regex.Pattern;

/**
 * A bundle that a set lists.
 *
 * @param symbolicName as its manifest says
 * @param version as its manifest says
 * @param file its name in the set: flat, {@code .jar} at the end
 * @param bytes its length
 * @param sha256 SHA-256 (FIPS 180-4) of the file, in lower-case hexadecimal digits
 * @param install whether it is installed where it is missing; hosts leave out what they have no use for
 */
public record ListedBundle(
        String symbolicName, String version, String file, long bytes, String sha256, boolean install) {
    /** The longest bundle, in bytes. */
    public static final long MAX_BYTES = 64L << 20;

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,119}\\.jar");
    private static final Pattern VERSION =
            Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}(\\.[0-9]{1,9}(\\.[A-Za-z0-9_-]{1,99})?)?)?");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Checks the forms; anything else throws {@link IllegalArgumentException}. */
    public ListedBundle {
        check(SYMBOLIC_NAME, symbolicName, "symbolicName");
        check(VERSION, version, "version");
        check(FILE, file, "file");
        check(DIGEST, sha256, "sha256");
        if (file.contains("..")) {
            throw new IllegalArgumentException("file");
        }
        if (bytes <= 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes");
        }
    }

    private static void check(Pattern form, String text, String what) {
        if (text == null || !form.matcher(text).matches()) {
            throw new IllegalArgumentException(what);
        }
    }
}

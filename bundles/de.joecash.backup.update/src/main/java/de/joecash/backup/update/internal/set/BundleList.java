package de.joecash.backup.update.internal.set;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is in a set.
 *
 * @param format of the list
 * @param name of the set
 * @param version of the set, for people
 * @param bundles in the order in which they are started
 */
public record BundleList(int format, String name, String version, List<ListedBundle> bundles) {
    /** The format that is written, and the latest one that is read. */
    public static final int FORMAT = 1;

    /** As many bundles as a set may have. */
    public static final int MAX_BUNDLES = 200;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}");

    /** Checks that every bundle and every file is there once; anything else throws {@link IllegalArgumentException}. */
    public BundleList {
        bundles = List.copyOf(bundles);
        if (!WORD.matcher(name).matches()) {
            throw new IllegalArgumentException("name");
        }
        if (!WORD.matcher(version).matches()) {
            throw new IllegalArgumentException("version");
        }
        if (bundles.isEmpty() || bundles.size() > MAX_BUNDLES) {
            throw new IllegalArgumentException("bundles");
        }
        Set<String> taken = new HashSet<>();
        for (ListedBundle bundle : bundles) {
            // A file system may not tell capitals from small letters.
            if (!taken.add("file " + bundle.file().toLowerCase(Locale.ROOT))
                    || !taken.add("name " + bundle.symbolicName())) {
                throw new IllegalArgumentException(bundle.file());
            }
        }
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}

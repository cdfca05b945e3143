package de.joecash.backup.update.internal.apply;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * What is wrong with what is installed now.
 *
 * @param kind of it
 * @param words for the text of that kind, as the kind says
 */
public record Ill(Kind kind, List<String> words) {
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([\\w.]+)\\)");
    private static final int MOST = 300;

    /** Each has a text. */
    public enum Kind {
        /** A package is missing that a bundle imports; says which bundle, and the package. */
        IMPORT_MISSING,
        /** A bundle does not start; says which, and why. */
        BUNDLE_DOWN,
        /** A component fails; says which, of which bundle, and why. */
        COMPONENT_FAILED,
        /** A component waits for something; says which, of which bundle, and for what. */
        COMPONENT_WAITS,
        /** A bundle that had components has none any more; says which. */
        COMPONENTS_GONE,
        /** A bundle cannot be replaced; says which, and why. */
        NOT_REPLACED,
        /** The framework did not end what it was asked for. */
        FRAMEWORK_LATE,
        /** It runs, and that could not be written down; says why. */
        NOT_CONCLUDED,
        /** The server went off in the middle. */
        CUT_OFF
    }

    /** Keeps a copy of the words, of which each is one short line. */
    public Ill {
        words = words.stream().map(Ill::line).toList();
    }

    static Ill of(Kind kind, String... words) {
        return new Ill(kind, List.of(words));
    }

    /** A bundle that does not start. */
    static Ill notStarted(Bundle bundle, Throwable why) {
        String words = String.valueOf(why.getMessage());
        Matcher missing = PACKAGE.matcher(words);
        return missing.find()
                ? of(Kind.IMPORT_MISSING, bundle.getSymbolicName(), missing.group(1))
                : of(Kind.BUNDLE_DOWN, bundle.getSymbolicName(), words);
    }

    /** Whether nothing is wrong with what is installed, but that something else is not there. */
    boolean onlyWaits() {
        return kind == Kind.COMPONENT_WAITS;
    }

    private static String line(String words) {
        String line = words.lines().findFirst().orElse("").strip();
        return line.length() > MOST ? line.substring(0, MOST) + " ..." : line;
    }
}

package de.joecash.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** Finds the words of a {@link Problem}, and puts its components into them in their order. */
final class ProblemTexts {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private ProblemTexts() {}

    static String text(Problem problem, String part, Locale asked) {
        Locale locale = asked.getLanguage().equals("de") ? asked : Locale.ENGLISH;
        ResourceBundle texts = ResourceBundle.getBundle(
                "de.joecash.backup.problems", locale, ProblemTexts.class.getClassLoader(), NO_FALLBACK);
        return new MessageFormat(texts.getString(key(problem, part, texts)), locale)
                .format(arguments(problem, texts, locale));
    }

    /** The words of the problem's reason where it has some, else the problem's own, else everybody's. */
    private static String key(Problem problem, String part, ResourceBundle texts) {
        String own = problem.code() + "." + part;
        String finer = problem instanceof Problem.MediumRefused medium
                ? problem.code() + "." + medium.reason() + "." + part
                : own;
        if (texts.containsKey(finer)) {
            return finer;
        }
        return texts.containsKey(own) ? own : "default." + part;
    }

    private static Object[] arguments(Problem problem, ResourceBundle texts, Locale locale) {
        RecordComponent[] components = problem.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Object value = shown(value(problem, components[i]), texts, locale);
            String named = named(problem, components[i], value);
            values[i] = texts.containsKey(named) ? texts.getString(named) : value;
        }
        return values;
    }

    /** What people call a destination, or a reason that has words of its own. */
    private static String named(Problem problem, RecordComponent component, Object value) {
        return (component.getName().equals("destination") ? "destination" : problem.code() + "." + component.getName())
                + "." + value;
    }

    private static Object value(Problem problem, RecordComponent component) {
        try {
            return component.getAccessor().invoke(problem);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A problem's components are readable", e);
        }
    }

    private static Object shown(Object value, ResourceBundle texts, Locale locale) {
        if (value instanceof Long bytes) {
            return String.format(locale, "%,.1f MB", bytes / 1e6);
        }
        if (value instanceof List<?> list) {
            String between = list.stream().anyMatch(Finding.class::isInstance) ? "; " : ", ";
            return String.join(
                    between,
                    list.stream()
                            .map(one -> shown(one, texts, locale).toString())
                            .toList());
        }
        if (value instanceof Finding finding) {
            return finding.text(locale);
        }
        if (value instanceof Run.Kind kind) {
            return texts.getString("run." + kind);
        }
        return value;
    }
}

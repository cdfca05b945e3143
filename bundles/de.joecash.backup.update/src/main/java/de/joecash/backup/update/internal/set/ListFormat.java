package de.joecash.backup.update.internal.set;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The list of a set as JSON, in the format that {@code bundles/README.md} describes. */
public final class ListFormat {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ListFormat() {}

    /** Writes a list; equal lists are equal bytes. */
    public static byte[] write(BundleList list) {
        return (JSON.toJson(list) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a list whose signature was proven. Fields that are not known are ignored.
     *
     * @throws SetRefused {@link Refusal#NEWER_FORMAT} or {@link Refusal#LIST_WRONG}
     */
    static BundleList read(byte[] bytes) throws SetRefused {
        try {
            Map<?, ?> object = StrictJson.object(bytes);
            long format = number(object, "format");
            if (format > BundleList.FORMAT) {
                throw new SetRefused(Refusal.NEWER_FORMAT, format, BundleList.FORMAT);
            }
            List<ListedBundle> bundles = new ArrayList<>();
            for (Object bundle : field(object, "bundles", List.class)) {
                bundles.add(bundle(bundle));
            }
            return new BundleList(Math.toIntExact(format), text(object, "name"), text(object, "version"), bundles);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new SetRefused(e, Refusal.LIST_WRONG, String.valueOf(e.getMessage()));
        }
    }

    private static ListedBundle bundle(Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException("bundles");
        }
        return new ListedBundle(
                text(object, "symbolicName"),
                text(object, "version"),
                text(object, "file"),
                number(object, "bytes"),
                text(object, "sha256"),
                field(object, "install", Boolean.class));
    }

    private static String text(Map<?, ?> object, String name) {
        return field(object, name, String.class);
    }

    private static long number(Map<?, ?> object, String name) {
        return field(object, name, Long.class);
    }

    private static <T> T field(Map<?, ?> object, String name, Class<T> type) {
        Object value = object.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name);
        }
        return type.cast(value);
    }
}

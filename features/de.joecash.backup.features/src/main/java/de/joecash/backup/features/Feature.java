package de.joecash.backup.features;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A feature descriptor: OSGi Compendium 8, chapter 159 (Feature Service), as far as we use it. The descriptors and the
 * bundles they name travel in this module's jar, under {@code features/} and {@code bundles/}.
 *
 * @param id Maven coordinates of the feature
 * @param bundles in the order of the descriptor, each once
 */
public record Feature(String id, List<Artifact> bundles) {
    /** The host for demonstrations and tests. */
    public static final String DEMO_HOST = "joecash-pos-demo";

    /** The product. */
    public static final String BACKUP = "joecash-backup";

    /** What gets backups back without a till. */
    public static final String FETCH = "joecash-fetch";

    /** Keeps a copy of the list and refuses a bundle that is named twice. */
    public Feature {
        bundles = List.copyOf(bundles);
        if (bundles.stream().distinct().count() != bundles.size()) {
            throw new IllegalArgumentException("A bundle is named twice in " + id);
        }
    }

    /**
     * Reads a shipped descriptor.
     *
     * @param name {@link #DEMO_HOST}, {@link #BACKUP} or {@link #FETCH}
     * @return the feature
     */
    public static Feature shipped(String name) {
        try (InputStream json = Feature.class.getResourceAsStream("/features/" + name + ".json")) {
            if (json == null) {
                throw new IllegalArgumentException("No such feature: " + name);
            }
            return read(new InputStreamReader(json, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a descriptor.
     *
     * @param json its text
     * @return the feature
     * @throws IllegalArgumentException if it is no descriptor of version 1.0
     */
    public static Feature read(Reader json) {
        JsonElement root = JsonParser.parseReader(json);
        if (!root.isJsonObject() || !"1.0".equals(text(root.getAsJsonObject(), "feature-resource-version"))) {
            throw new IllegalArgumentException("Not a feature descriptor of version 1.0");
        }
        JsonObject feature = root.getAsJsonObject();
        List<Artifact> bundles = new ArrayList<>();
        for (JsonElement bundle : feature.getAsJsonArray("bundles")) {
            bundles.add(Artifact.parse(text(bundle.getAsJsonObject(), "id")));
        }
        return new Feature(text(feature, "id"), bundles);
    }

    /**
     * Puts features together.
     *
     * @param features one or more
     * @return every bundle of theirs once, at its first place
     */
    public static List<Artifact> union(Feature... features) {
        return Stream.of(features)
                .flatMap(feature -> feature.bundles().stream())
                .distinct()
                .toList();
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        if (value == null || !value.isJsonPrimitive()) {
            throw new IllegalArgumentException("Not a feature descriptor: no " + key);
        }
        return value.getAsString();
    }
}

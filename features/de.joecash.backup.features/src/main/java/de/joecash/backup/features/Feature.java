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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A feature descriptor: OSGi Compendium 8, chapter 159 (Feature Service), as far as we use it. The descriptors and the
 * bundles they name travel in this module's jar, under {@code features/} and {@code bundles/}.
 *
 * @param id Maven coordinates of the feature
 * @param bundles in the order of the descriptor, each once
 * @param parts the same by what they are for: what a host installs or leaves out together, in the descriptor's order
 */
public record Feature(String id, List<Artifact> bundles, Map<String, List<Artifact>> parts) {
    /** The host for demonstrations and tests. */
    public static final String DEMO_HOST = "joecash-pos-demo";

    /** The product. */
    public static final String BACKUP = "joecash-backup";

    /** What gets backups back without a till. */
    public static final String FETCH = "joecash-fetch";

    /** What a Jakarta EE server needs beside the product. */
    public static final String JAKARTA = "joecash-pos-jakarta";

    /** What Karaf lacks for the product. */
    public static final String KARAF = "joecash-karaf";

    private static final String ONLY_PART = "";

    /**
     * Makes a feature of one part.
     *
     * @param id Maven coordinates of the feature
     * @param bundles each once
     */
    public Feature(String id, List<Artifact> bundles) {
        this(id, bundles, Map.of(ONLY_PART, List.copyOf(bundles)));
    }

    /** Keeps a copy of the list and refuses a bundle that is named twice. */
    public Feature {
        bundles = List.copyOf(bundles);
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        if (bundles.stream().distinct().count() != bundles.size()) {
            throw new IllegalArgumentException("A bundle is named twice in " + id);
        }
    }

    /**
     * Reads a shipped descriptor.
     *
     * @param name {@link #DEMO_HOST}, {@link #BACKUP}, {@link #FETCH}, {@link #JAKARTA} or {@link #KARAF}
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
        Map<String, List<Artifact>> parts = new LinkedHashMap<>();
        for (JsonElement bundle : feature.getAsJsonArray("bundles")) {
            Artifact artifact = Artifact.parse(text(bundle.getAsJsonObject(), "id"));
            bundles.add(artifact);
            String part = bundle.getAsJsonObject().has("part") ? text(bundle.getAsJsonObject(), "part") : ONLY_PART;
            parts.computeIfAbsent(part, unused -> new ArrayList<>()).add(artifact);
        }
        return new Feature(text(feature, "id"), bundles, parts);
    }

    /**
     * Says which version it has.
     *
     * @return the last part of its id
     */
    public String version() {
        return id.substring(id.lastIndexOf(':') + 1);
    }

    /**
     * Gives the bundles of a part.
     *
     * @param part as the descriptor names it
     * @return in the order of the descriptor
     * @throws IllegalArgumentException if it has no such part
     */
    public List<Artifact> part(String part) {
        List<Artifact> found = parts.get(part);
        if (found == null) {
            throw new IllegalArgumentException("No part " + part + " in " + id);
        }
        return List.copyOf(found);
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

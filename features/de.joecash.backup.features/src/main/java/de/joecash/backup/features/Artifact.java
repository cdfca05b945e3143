package de.joecash.backup.features;

import java.util.Objects;

/**
 * A bundle by its Maven coordinates.
 *
 * @param group e.g. {@code com.h2database}
 * @param name e.g. {@code h2}
 * @param version e.g. {@code 2.5.252}
 */
public record Artifact(String group, String name, String version) {
    /** Checks that nothing is missing. */
    public Artifact {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /**
     * Reads the short form of a feature descriptor.
     *
     * @param id {@code group:artifact:version}
     * @return the artifact
     * @throws IllegalArgumentException if the id has another form
     */
    public static Artifact parse(String id) {
        if (!id.matches("[A-Za-z0-9._-]+:[A-Za-z0-9._-]+:[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("Not of the form group:artifact:version: " + id);
        }
        String[] parts = id.split(":", -1);
        return new Artifact(parts[0], parts[1], parts[2]);
    }

    /**
     * Names the bundle's file among the shipped ones.
     *
     * @return e.g. {@code h2-2.5.252.jar}
     */
    public String fileName() {
        return name + "-" + version + ".jar";
    }

    /**
     * Gives its path in a repository of Maven's layout.
     *
     * @return e.g. {@code com/h2database/h2/2.5.252/h2-2.5.252.jar}
     */
    public String repositoryPath() {
        return group.replace('.', '/') + "/" + name + "/" + version + "/" + fileName();
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version;
    }
}

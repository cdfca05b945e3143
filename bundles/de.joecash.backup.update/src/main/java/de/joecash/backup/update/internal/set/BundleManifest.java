package de.joecash.backup.update.internal.set;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Which bundle a jar says that it is.
 *
 * @param symbolicName without directives
 * @param version as it stands there; {@code 0.0.0} where it does not
 * @param fragment whether it changes another bundle
 */
public record BundleManifest(String symbolicName, String version, boolean fragment) {
    /**
     * Reads it.
     *
     * @throws IOException if the jar cannot be read, or is no bundle
     */
    public static BundleManifest of(Path jar) throws IOException {
        // Without its own signature's check: the set's list stands for every byte.
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = headers.getValue("Bundle-SymbolicName");
            String version = headers.getValue("Bundle-Version");
            if (name == null) {
                throw new IOException("no Bundle-SymbolicName");
            }
            return new BundleManifest(
                    name.split(";", 2)[0].strip(),
                    version == null ? "0.0.0" : version.strip(),
                    headers.getValue("Fragment-Host") != null);
        }
    }

    static void compare(Path jar, ListedBundle listed) throws SetRefused {
        BundleManifest found;
        try {
            found = of(jar);
        } catch (IOException | RuntimeException e) {
            throw new SetRefused(e, Refusal.OTHER_BUNDLE, listed.file(), name(listed), String.valueOf(e.getMessage()));
        }
        if (!found.symbolicName.equals(listed.symbolicName()) || !found.version.equals(listed.version())) {
            throw new SetRefused(
                    Refusal.OTHER_BUNDLE, listed.file(), name(listed), found.symbolicName + " " + found.version);
        }
        if (found.fragment) {
            throw new SetRefused(Refusal.FRAGMENT, listed.symbolicName());
        }
    }

    private static String name(ListedBundle listed) {
        return listed.symbolicName() + " " + listed.version();
    }
}

package de.joecash.pos.reference.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * Where the host keeps everything.
 *
 * @param root absolute
 */
public record DataDirectory(Path root) {
    /** The framework property that names it. */
    public static final String PROPERTY = "de.joecash.data";

    private static final int SECRET_BYTES = 24;

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if the path is relative
     */
    public DataDirectory {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException(PROPERTY + " must be an absolute path: " + root);
        }
    }

    /**
     * Reads the framework property.
     *
     * @param context of this bundle
     * @return the directory, perhaps not there yet
     */
    public static DataDirectory of(BundleContext context) {
        String path = context.getProperty(PROPERTY);
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException("The framework property " + PROPERTY + " is missing");
        }
        return new DataDirectory(Path.of(path));
    }

    /**
     * Gives a directory in it that only its owner enters, and creates it where it is missing.
     *
     * @param name relative, e.g. {@code demo/usb0}
     * @return the directory
     */
    public Path directory(String name) {
        try {
            return Files.createDirectories(
                    root.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a password that was made up at the first call and kept since.
     *
     * @param file where it is kept, readable by its owner only
     * @return 32 letters, digits, {@code -} and {@code _}
     * @throws IOException if it can neither be read nor kept
     */
    public static String secret(Path file) throws IOException {
        Optional<String> kept = DurableFile.read(file);
        if (kept.isPresent() && !kept.get().isBlank()) {
            return kept.get().strip();
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        DurableFile.write(file, secret);
        return secret;
    }
}

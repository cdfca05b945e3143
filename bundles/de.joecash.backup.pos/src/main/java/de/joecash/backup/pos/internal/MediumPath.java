package de.joecash.backup.pos.internal;

import de.joecash.pos.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a medium's path is certain when it is saved. The medium need not be there yet: whether it is, and can be
 * written to, is the destination's to say each time.
 */
final class MediumPath {
    private static final Logger LOG = LoggerFactory.getLogger(MediumPath.class);

    private MediumPath() {}

    /** Gives the same path as it is usually written: {@code //} and {@code /./} are {@code /} (POSIX, 4.13). */
    static String tidy(String path) {
        return path.replaceAll("/(\\.?/)+", "/").replaceAll("(?<=.)/\\.?$", "");
    }

    /** Refuses what can never be a medium. */
    static void check(String configured) throws InvalidSettingException {
        Path path = absolute(configured);
        if (path.normalize().equals(path.getRoot())) {
            throw refused("root");
        }
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw refused("noFolder");
        }
        if (leadsAway(path)) {
            throw refused("leadsAway");
        }
    }

    private static Path absolute(String configured) throws InvalidSettingException {
        try {
            Path path = Path.of(configured);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            LOG.debug("No path on this system", e);
        }
        throw refused("relative");
    }

    /**
     * Whether links lead to a folder of the server's own disk that is in use. Where they lead to an empty one, nothing
     * may be plugged in: some systems link {@code /media/usb} to the stick that was plugged in first.
     */
    private static boolean leadsAway(Path path) {
        try {
            if (!Files.isDirectory(path) || path.toRealPath().equals(path.normalize())) {
                return false;
            }
            FileStore own = Files.getFileStore(path.getRoot());
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                return Files.getFileStore(path).equals(own)
                        && entries.iterator().hasNext();
            }
        } catch (IOException e) {
            LOG.debug("Where a medium's path leads cannot be seen", e);
            return false;
        }
    }

    private static InvalidSettingException refused(String why) {
        return LocalBackup.refused(LocalBackup.PATH, "path." + why);
    }
}

package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What copies that were cut off have left on a medium.
 *
 * <p>On FAT a power cut may leave a name whose clusters were never written down as its own. Removing it is an error to
 * the kernel, which then locks the whole medium against writing until it is plugged in anew. So there it is left alone,
 * and removed only where there is no room otherwise.
 */
record LeftOvers(Medium medium) {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);
    private static final String ENDING = ".part";
    private static final Pattern NUMBERED = Pattern.compile("(.+)\\.[0-9]+");

    /** Gives the name under which a file is written before it has its own: one that can be had without a removal. */
    Path part(Path file) {
        Path part = file.resolveSibling(file.getFileName() + ENDING);
        for (int i = 2; medium.fat() && Files.exists(part, LinkOption.NOFOLLOW_LINKS); i++) {
            part = file.resolveSibling(file.getFileName() + "." + i + ENDING);
        }
        return part;
    }

    /**
     * Makes room where there is too little.
     *
     * @throws BackupException {@code NoSpace}, {@code MediumRefused} where there is too little still
     */
    void requireRoom(long needed) throws BackupException {
        if (medium.free() < needed) {
            remove();
        }
        if (medium.free() < needed) {
            throw new BackupException(medium.noSpace(needed));
        }
    }

    /**
     * Makes room. What has a file of its name beside it stays: cut off in the middle of being renamed, both may be the
     * same clusters.
     */
    void remove() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(medium.folder(), "*" + ENDING)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && abandoned(entry)) {
                    Files.delete(entry);
                }
            }
        } catch (DirectoryIteratorException | IOException e) {
            LOG.warn("What an earlier copy had left could not be removed from the medium", e);
        }
    }

    private static boolean abandoned(Path part) {
        String file = part.getFileName().toString();
        String name = file.substring(0, file.length() - ENDING.length());
        Matcher numbered = NUMBERED.matcher(name);
        return name.matches(Destination.NAME)
                && !isThere(part, name)
                && !(numbered.matches() && isThere(part, numbered.group(1)));
    }

    private static boolean isThere(Path part, String name) {
        return Files.exists(part.resolveSibling(name), LinkOption.NOFOLLOW_LINKS);
    }
}

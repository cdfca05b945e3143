package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.Problem.MediumRefused.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a folder may be used, and written to. */
final class MediumCheck {
    private static final Logger LOG = LoggerFactory.getLogger(MediumCheck.class);

    private final Mounts mounts;
    private final boolean allowSameFileSystem;

    MediumCheck(Mounts mounts, boolean allowSameFileSystem) {
        this.mounts = mounts;
        this.allowSameFileSystem = allowSameFileSystem;
    }

    /**
     * Accepts a folder or refuses it; a refusal leaves everything as it was.
     *
     * @param offLimits the backup folder first, then the database's
     */
    Medium accept(String configured, List<Path> offLimits) throws BackupException {
        Path path = absolute(configured);
        try {
            Path folder = existing(configured, path);
            keepOff(configured, folder, offLimits);
            Optional<Mounts.Mount> mount = mounts.covering(folder);
            boolean mounted = mounted(folder, mount, offLimits);
            if (!mounted && !allowSameFileSystem) {
                throw refused(configured, Reason.NOT_MOUNTED);
            }
            return new Medium(configured, folder, key(folder), mount, mounted);
        } catch (IOException e) {
            throw failed(configured, e);
        }
    }

    /**
     * Refuses if the medium is not there any more, or another folder stands in its place: behind a medium that was
     * taken off, the same path leads to the server's own disk.
     */
    void refuseIfGone(Medium medium) throws BackupException {
        try {
            if (!key(medium.folder()).equals(medium.key())
                    || !mounts.covering(medium.folder()).equals(medium.mount())) {
                throw refused(medium.configured(), Reason.NOT_MOUNTED);
            }
        } catch (NoSuchFileException e) {
            throw new BackupException(new Problem.MediumRefused(medium.configured(), Reason.MISSING), e);
        } catch (IOException e) {
            throw failed(medium.configured(), e);
        }
    }

    /**
     * Refuses if nothing can be written; what is there can be fetched all the same. Mode bits say nothing to root, and
     * nothing of write protection: only a file that was made says it.
     *
     * @param needed bytes of what is about to be written
     */
    void requireWritable(Medium medium, long needed) throws BackupException {
        try {
            Files.delete(Files.createTempFile(medium.folder(), ".joecash-", ".part"));
        } catch (IOException e) {
            throw new BackupException(unwritable(medium, needed, e), e);
        }
    }

    Problem unwritable(Medium medium, long needed, IOException why) {
        Mounts.Access access = access(medium);
        if (access == Mounts.Access.WRITABLE && medium.tellsSize() && medium.free() < needed) {
            // A full one has no room for a name either.
            return medium.noSpace(needed);
        }
        Reason reason =
                switch (access) {
                    case READ_ONLY -> Reason.READ_ONLY;
                    case LOCKED -> Reason.LOCKED;
                    case WRITABLE -> why instanceof AccessDeniedException ? Reason.NO_PERMISSION : Reason.NOT_WRITABLE;
                };
        return new Problem.MediumRefused(medium.configured(), reason);
    }

    private Mounts.Access access(Medium medium) {
        try {
            return mounts.access(medium.folder());
        } catch (IOException e) {
            LOG.debug("The system does not tell who may write to the medium", e);
            return Mounts.Access.WRITABLE;
        }
    }

    private static Path absolute(String configured) throws BackupException {
        if (configured.isBlank()) {
            throw refused(configured, Reason.NOT_SET);
        }
        if (configured.chars().anyMatch(Character::isISOControl)) {
            throw refused(configured.replaceAll("\\p{Cntrl}", "?"), Reason.NOT_ABSOLUTE);
        }
        try {
            Path path = Path.of(configured);
            if (!path.isAbsolute()) {
                throw refused(configured, Reason.NOT_ABSOLUTE);
            }
            return path;
        } catch (InvalidPathException e) {
            throw refused(configured, Reason.NOT_ABSOLUTE);
        }
    }

    private static Path existing(String configured, Path path) throws BackupException, IOException {
        if (!Files.exists(path)) {
            throw refused(configured, Reason.MISSING);
        }
        if (!Files.isDirectory(path)) {
            throw refused(configured, Reason.NOT_A_DIRECTORY);
        }
        return path.toRealPath();
    }

    private static void keepOff(String configured, Path folder, List<Path> offLimits)
            throws BackupException, IOException {
        for (int i = 0; i < offLimits.size(); i++) {
            Path limit = real(offLimits.get(i));
            if (folder.startsWith(limit) || limit.startsWith(folder) || sameFolder(folder, limit)) {
                throw refused(configured, i == 0 ? Reason.INSIDE_BACKUPS : Reason.INSIDE_DATABASE);
            }
        }
    }

    /** One folder may hang at two places (bind mount). */
    private static boolean sameFolder(Path folder, Path limit) throws IOException {
        return Files.exists(limit) && Files.isSameFile(folder, limit);
    }

    /** Without links, as far as it is there. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path there = absolute;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(absolute));
    }

    /**
     * A medium is something else than what the system, the backups or the database lie on, and not one of the system's
     * scratch folders in memory.
     */
    private boolean mounted(Path folder, Optional<Mounts.Mount> mount, List<Path> offLimits) throws IOException {
        if (mount.filter(Mounts.Mount::scratch).isPresent() || sameDevice(folder, mount, folder.getRoot())) {
            return false;
        }
        for (Path limit : offLimits) {
            if (sameDevice(folder, mount, real(limit))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameDevice(Path folder, Optional<Mounts.Mount> mount, Path other) throws IOException {
        if (mount.isEmpty()) {
            return Files.exists(other) && Files.getFileStore(folder).equals(Files.getFileStore(other));
        }
        return mounts.covering(other).map(Mounts.Mount::device).equals(mount.map(Mounts.Mount::device));
    }

    private static Optional<Object> key(Path folder) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
    }

    private static BackupException refused(String configured, Reason reason) {
        return new BackupException(new Problem.MediumRefused(configured, reason));
    }

    /** Wraps what the system said. */
    static BackupException failed(String configured, IOException e) {
        String words = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getClass().getSimpleName().replace("Exception", "");
        return new BackupException(new Problem.MediumFailed(configured, words), e);
    }
}

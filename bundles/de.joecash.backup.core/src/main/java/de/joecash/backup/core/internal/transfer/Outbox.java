package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was made for transfers: a directory for each that has something. Its plan is written last, after the files that
 * it names were synced. Thread-safe as far as each transfer is one thread's.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final String PLAN = "plan.json";
    private static final String FULL = "full";
    private static final long MAX_BYTES = 64L << 20;

    private final Path directory;

    private Outbox(Path directory) {
        this.directory = directory;
    }

    /** Opens it, which is made when there is something to keep, and removes what no transfer waits for. */
    static Outbox open(Path directory, Set<String> transfers) throws IOException {
        Outbox outbox = new Outbox(directory);
        for (Path one : list(directory)) {
            String name = one.getFileName().toString();
            if (!transfers.contains(name)) {
                outbox.remove(name);
            }
        }
        return outbox;
    }

    /** Lets the next attempt of a transfer send everything; remembered over restarts where the disk takes it. */
    void wantFull(String transfer) {
        try {
            SyncedFiles.write(directory(transfer).resolve(FULL), new byte[0]);
        } catch (IOException e) {
            LOG.warn("That a full transfer was asked for could not be written down: {}", BackupFolder.words(e));
        }
    }

    /** Whether a full one was asked for. */
    boolean fullWanted(String transfer) {
        return Files.exists(directory.resolve(transfer).resolve(FULL));
    }

    /** Gives the transfer's directory, which is made where it is not there. */
    Path directory(String transfer) throws IOException {
        Path own = directory.resolve(transfer);
        if (!Files.isDirectory(own)) {
            SyncedFiles.createDirectory(directory);
            SyncedFiles.createDirectory(own);
            SyncedFiles.syncDirectory(directory);
        }
        return own;
    }

    /** Where a file that was made lies. */
    Path file(String transfer, StoredPart part) {
        return directory.resolve(transfer).resolve(part.name());
    }

    /** Records what was made; from now on it is what is sent. */
    void write(String transfer, Prepared prepared) throws IOException {
        SyncedFiles.replace(directory(transfer).resolve(PLAN), PreparedFormat.write(prepared));
    }

    /** Reads what was made; empty where there is nothing, or it is not whole. */
    Optional<Prepared> read(String transfer) {
        Path plan = directory.resolve(transfer).resolve(PLAN);
        try {
            if (!Files.exists(plan) || Files.size(plan) > MAX_BYTES) {
                return Optional.empty();
            }
            Optional<Prepared> prepared = PreparedFormat.read(Files.readAllBytes(plan));
            return prepared.isPresent() && isWhole(transfer, prepared.get()) ? prepared : Optional.empty();
        } catch (IOException e) {
            LOG.warn("What was made for a transfer is made anew: {}", BackupFolder.words(e));
            return Optional.empty();
        }
    }

    private boolean isWhole(String transfer, Prepared prepared) throws IOException {
        for (PreparedPart part : prepared.parts()) {
            StoredPart stored = part.archive().file();
            Path file = file(transfer, stored);
            if (part.made() && !(Files.exists(file) && Files.size(file) == stored.bytes())) {
                return false;
            }
        }
        return true;
    }

    /** Removes what was made, so that the next attempt makes it anew; that a full one was asked for stays. */
    void clear(String transfer) {
        try {
            for (Path file : list(directory.resolve(transfer))) {
                if (!file.endsWith(FULL)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("What was made for a transfer could not be removed: {}", BackupFolder.words(e));
        }
    }

    /** Removes all of a transfer. */
    void remove(String transfer) {
        Path own = directory.resolve(transfer);
        try {
            for (Path file : list(own)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(own);
        } catch (IOException e) {
            LOG.warn("What was made for a transfer could not be removed: {}", BackupFolder.words(e));
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                files.forEach(all::add);
            }
        }
        return all;
    }
}

package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.SyncedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits to be sent: one small file for each entry, so that a power cut loses none. Thread-safe. */
public final class TransferQueue {
    private static final Logger LOG = LoggerFactory.getLogger(TransferQueue.class);
    private static final String ENTRY = ".json";

    private final Path directory;
    private final Map<String, Transfer> entries = new ConcurrentHashMap<>();

    private TransferQueue(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the queue in the backup folder.
     *
     * @throws BackupException if it cannot be read
     */
    public static TransferQueue open(Path directory) throws BackupException {
        TransferQueue queue = new TransferQueue(directory);
        try {
            SyncedFiles.createDirectory(directory);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    queue.load(file);
                }
            }
        } catch (IOException e) {
            throw queue.unusable(e);
        }
        return queue;
    }

    private void load(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(ENTRY)) {
            Files.deleteIfExists(file);
            return;
        }
        Optional<Transfer> entry =
                TransferFormat.read(Files.readAllBytes(file)).filter(transfer -> name.equals(transfer.id() + ENTRY));
        if (entry.isPresent()) {
            entries.put(entry.get().id(), entry.get());
        } else {
            LOG.warn("The entry {} of the transfer queue cannot be read and is left alone", name);
        }
    }

    /** Lists the entries, the oldest backup first. */
    public List<Transfer> list() {
        return entries.values().stream()
                .sorted(Comparator.comparing(Transfer::backup).thenComparing(Transfer::id))
                .toList();
    }

    Optional<Transfer> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    Optional<Transfer> find(BackupId backup, Place place) {
        return list().stream()
                .filter(transfer -> transfer.backup().equals(backup))
                .filter(transfer -> transfer.place().equals(place))
                .findFirst();
    }

    Transfer add(BackupId backup, Place place, Instant now) throws BackupException {
        String id = UUID.randomUUID().toString();
        Transfer entry = new Transfer(
                id, backup, place, Transfer.State.WAITING, 0, Optional.of(now), Optional.empty(), Optional.empty());
        put(entry);
        return entry;
    }

    /** Puts an entry in its former state's place, on disk first. */
    void put(Transfer entry) throws BackupException {
        try {
            SyncedFiles.replace(file(entry.id()), TransferFormat.write(entry));
            entries.put(entry.id(), entry);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void remove(String id) throws BackupException {
        try {
            Files.deleteIfExists(file(id));
            SyncedFiles.syncDirectory(directory);
            entries.remove(id);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Path file(String id) {
        return directory.resolve(id + ENTRY);
    }

    private BackupException unusable(IOException e) {
        return new BackupException(new Problem.FolderUnusable(directory.toString(), BackupFolder.words(e)), e);
    }
}

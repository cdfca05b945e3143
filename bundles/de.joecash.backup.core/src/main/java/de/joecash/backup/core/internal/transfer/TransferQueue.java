package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.disk.SyncedFiles;
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

/**
 * What waits to be sent: one small file for each entry, so that a power cut loses none. Where the disk takes no more,
 * an entry lives in memory only: what is on a full or read-only disk can be sent all the same. Thread-safe.
 */
public final class TransferQueue {
    private static final Logger LOG = LoggerFactory.getLogger(TransferQueue.class);
    private static final String ENTRY = ".json";
    private static final String PART = ENTRY + ".part";
    private static final long MAX_BYTES = 1 << 20;

    private final Path directory;
    private final Map<String, Transfer> entries;
    private final Outbox outbox;
    private final Ledgers ledgers;

    private TransferQueue(Path directory, Map<String, Transfer> entries, Outbox outbox, Ledgers ledgers) {
        this.directory = directory;
        this.entries = entries;
        this.outbox = outbox;
        this.ledgers = ledgers;
    }

    /**
     * Reads the queue in the backup folder, with the outbox and the ledgers beside it.
     *
     * @throws BackupException if it cannot be read
     */
    public static TransferQueue open(Path directory) throws BackupException {
        Map<String, Transfer> entries = new ConcurrentHashMap<>();
        try {
            SyncedFiles.createDirectory(directory);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    load(file, entries);
                }
            }
            Outbox outbox = Outbox.open(directory.resolve("outbox"), entries.keySet());
            return new TransferQueue(directory, entries, outbox, new Ledgers(directory.resolve("places")));
        } catch (IOException e) {
            throw new BackupException(new Problem.FolderUnusable(directory.toString(), BackupFolder.words(e)), e);
        }
    }

    /** What was made for its entries. */
    Outbox outbox() {
        return outbox;
    }

    /** What is known of the places. */
    public Ledgers ledgers() {
        return ledgers;
    }

    private static void load(Path file, Map<String, Transfer> entries) {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(PART)) {
                Files.deleteIfExists(file);
            } else if (name.endsWith(ENTRY)) {
                Transfer entry = read(file)
                        .filter(transfer -> name.equals(transfer.id() + ENTRY))
                        .orElseThrow(() -> new IOException("not an entry"));
                entries.put(entry.id(), entry);
            }
        } catch (IOException e) {
            LOG.warn("{} in the transfer queue is left alone: {}", name, BackupFolder.words(e));
        }
    }

    private static Optional<Transfer> read(Path file) throws IOException {
        return Files.size(file) > MAX_BYTES ? Optional.empty() : TransferFormat.read(Files.readAllBytes(file));
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

    Transfer add(BackupId backup, Place place, Instant now) {
        String id = UUID.randomUUID().toString();
        Transfer entry = new Transfer(
                id, backup, place, Transfer.State.WAITING, 0, Optional.of(now), Optional.empty(), Optional.empty());
        put(entry);
        return entry;
    }

    /** Puts an entry in its former state's place. */
    void put(Transfer entry) {
        entries.put(entry.id(), entry);
        try {
            SyncedFiles.replace(file(entry.id()), TransferFormat.write(entry));
        } catch (IOException e) {
            LOG.warn("The transfer queue could not be written: {}", BackupFolder.words(e));
        }
    }

    /**
     * Takes an entry out, with what was made for it; where its file stays, the next start finds the copy there, and
     * takes it out again.
     */
    void remove(String id) {
        entries.remove(id);
        outbox.remove(id);
        try {
            Files.deleteIfExists(file(id));
            SyncedFiles.syncDirectory(directory);
        } catch (IOException e) {
            LOG.warn("The transfer queue could not be written: {}", BackupFolder.words(e));
        }
    }

    private Path file(String id) {
        return directory.resolve(id + ENTRY);
    }
}

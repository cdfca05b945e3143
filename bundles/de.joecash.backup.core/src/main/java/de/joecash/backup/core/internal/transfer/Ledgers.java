package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.archive.Sha256;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of each place, one file each, named by a digest of the place: a directory there may have any name. Used by
 * one transfer for each destination at a time; {@link #distrust} may come between.
 */
public final class Ledgers {
    private static final Logger LOG = LoggerFactory.getLogger(Ledgers.class);
    private static final int NAME_DIGITS = 32;
    /** The indexes of a month's backups of the longest manifest. */
    private static final long MAX_BYTES = 256L << 20;

    private final Path directory;
    /** Where something was found to be damaged since the transfer began, and which files. */
    private final Map<Place, Set<String>> distrusted = new ConcurrentHashMap<>();

    /**
     * Keeps them in a directory, which is made when there is something to keep: a full disk keeps nobody from reading.
     */
    Ledgers(Path directory) {
        this.directory = directory;
    }

    /** Reads a ledger; one that is lost or broken is empty. */
    synchronized Ledger read(Place place) {
        Path file = file(place);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("too long");
            }
            return LedgerFormat.read(place, Files.readAllBytes(file))
                    .orElseThrow(() -> new IOException("not the ledger of " + place));
        } catch (NoSuchFileException e) {
            return Ledger.empty();
        } catch (IOException e) {
            LOG.warn("What lies at {} is not known, the next transfer is full: {}", place, BackupFolder.words(e));
            return Ledger.empty();
        }
    }

    /** Reads a ledger for a transfer that begins. */
    synchronized Ledger begin(Place place) {
        distrusted.remove(place);
        return read(place);
    }

    /** Whether something at a place was found to be damaged since the transfer to it began. */
    boolean distrusted(Place place) {
        return distrusted.containsKey(place);
    }

    /** Puts a ledger in its former state's place; what was found to be damaged meanwhile stays so. */
    synchronized void write(Place place, Ledger ledger) throws IOException {
        SyncedFiles.createDirectory(directory);
        Set<String> damaged = distrusted.get(place);
        Ledger kept = damaged == null ? ledger : ledger.distrusted(damaged);
        SyncedFiles.replace(file(place), LedgerFormat.write(place, kept));
    }

    /** The same where a disk that takes no more keeps nobody from going on. */
    void keep(Place place, Ledger ledger) {
        try {
            write(place, ledger);
        } catch (IOException e) {
            LOG.warn("What is stored at {} could not be written down: {}", place, BackupFolder.words(e));
        }
    }

    /** The same as {@link #distrust(Place, Collection)}, and nothing that uses what is damaged is a copy any more. */
    void distrust(Place place, Collection<String> damaged, Catalogue catalogue) throws BackupException {
        distrust(place, damaged);
        for (BackupId using : read(place).using(damaged::contains)) {
            catalogue.withdrawn(using, place);
        }
    }

    /**
     * Lets the next transfer to a place be full: something was found to be damaged there.
     *
     * @param damaged which files, as far as that is known
     */
    synchronized void distrust(Place place, Collection<String> damaged) {
        distrusted.computeIfAbsent(place, any -> new HashSet<>()).addAll(damaged);
        Ledger ledger = read(place);
        Ledger changed = ledger.distrusted(damaged);
        if (!changed.equals(ledger) && !ledger.files().isEmpty()) {
            try {
                write(place, changed);
            } catch (IOException e) {
                LOG.warn("The ledger of {} could not be written: {}", place, BackupFolder.words(e));
            }
        }
    }

    private Path file(Place place) {
        byte[] name = (place.destination() + "\0" + place.directory()).getBytes(StandardCharsets.UTF_8);
        Sha256 digest = new Sha256();
        digest.update(name, 0, name.length);
        return directory.resolve(digest.hex().substring(0, NAME_DIGITS) + ".json");
    }
}

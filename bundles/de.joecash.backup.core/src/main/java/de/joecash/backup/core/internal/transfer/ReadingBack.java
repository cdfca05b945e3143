package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.archive.DigestingInput;
import de.joecash.backup.core.internal.archive.Sha256;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.spi.Destination;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back from time to time what packs rest on: a file at a place can change and keep its length. One file for each
 * attempt at most, the one whose last proof is the oldest, so that no transfer waits long for a slow line.
 */
final class ReadingBack {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingBack.class);

    /** As often as a backup is drilled here: a full archive is read four times before the next one comes. */
    private static final Duration EVERY = Duration.ofDays(7);

    /** Where the line breaks that often, the backup goes without: one that cannot be sent protects nobody. */
    private static final int MOST_ATTEMPTS = 3;

    private final Catalogue catalogue;
    private final TransferQueue queue;

    ReadingBack(Catalogue catalogue, TransferQueue queue) {
        this.catalogue = catalogue;
        this.queue = queue;
    }

    /**
     * Reads a file that is due, of those that a pack would rest on.
     *
     * @param there the length of each file that is there now, by its name
     * @param ledger of the place
     * @return the ledger with what was found; a damaged file is distrusted, as where a fetch finds it
     * @throws BackupException if it could not be read and that says nothing about it, as where the line breaks
     */
    Ledger check(Destination destination, Shipment shipment, Map<String, Long> there, Plan.Terms terms, Ledger ledger)
            throws BackupException, IOException {
        int attempts = queue.find(shipment.transfer()).map(Transfer::attempts).orElse(0);
        if (attempts >= MOST_ATTEMPTS) {
            return ledger;
        }
        Optional<StoredPart> due = BackupArchive.of(shipment.manifest()).stream()
                // A plan looks at every member: none is made where nothing that it could need is due.
                .filter(archive -> ledger.chain(shipment.till(), archive.kind()).stream()
                        .anyMatch(file -> isDue(file, terms.now())))
                .flatMap(archive -> Packing.plan(shipment, archive, ledger, there, terms).needs().stream())
                .filter(file -> isDue(file, terms.now()))
                .min(Comparator.comparing(file -> file.proof().orElseThrow().at()))
                .map(LedgerFile::part);
        if (due.isEmpty()) {
            return ledger;
        }
        Set<String> name = Set.of(due.get().name());
        if (isEqual(destination, due.get(), shipment.run())) {
            Ledger proven = ledger.proven(name, Copy.Proof.CONTENT_EQUAL, terms.now());
            queue.ledgers().keep(shipment.place(), proven);
            return proven;
        }
        LOG.warn("{}: {} at {} is damaged, all is sent", shipment.run().id(), name, shipment.place());
        queue.ledgers().distrust(shipment.place(), name, catalogue);
        // Known from here on: a full one that arrives now is to be trusted again.
        return queue.ledgers().begin(shipment.place()).distrusted(name);
    }

    /** A time that is still to come was set by a wrong clock: it says nothing. */
    private static boolean isDue(LedgerFile file, Instant now) {
        return file.proof()
                .map(LedgerFile.Proof::at)
                .filter(last -> last.isAfter(now) || last.plus(EVERY).isBefore(now))
                .isPresent();
    }

    private static boolean isEqual(Destination destination, StoredPart part, ActiveRun run)
            throws BackupException, IOException {
        Sha256 digest = new Sha256();
        try (InputStream stored =
                new DigestingInput(new ResumedInput(destination, part.name(), part.bytes()), digest, bytes -> {
                    run.goOn();
                    run.at(Phase.VERIFYING, bytes, part.bytes());
                })) {
            stored.transferTo(OutputStream.nullOutputStream());
        } catch (StoppedException e) {
            if (isLost(e.reason())) {
                return false;
            }
            throw e.reason();
        }
        return digest.hex().equals(part.sha256());
    }

    /** Whether the server answers and still does not give all of it. */
    private static boolean isLost(BackupException e) {
        return e.problem() instanceof Problem.ServerRefused
                || e.problem() instanceof Problem.UnknownBackup
                || e.getCause() instanceof EOFException;
    }
}

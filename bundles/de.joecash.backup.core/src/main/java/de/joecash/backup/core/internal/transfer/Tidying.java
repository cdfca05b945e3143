package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.spi.Destination;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes at a place what is not kept there any more: of a backup the manifest first, for without it there is none,
 * then the note; then the files that nothing uses. What cannot be removed stays in the ledger and is tried again after
 * the next delivery.
 */
final class Tidying {
    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);
    private static final String MANIFEST = ".json";

    private final Catalogue catalogue;
    private final TransferQueue queue;
    private final RemoteRetention retention;

    Tidying(Catalogue catalogue, TransferQueue queue, RemoteRetention retention) {
        this.catalogue = catalogue;
        this.queue = queue;
        this.retention = retention;
    }

    /** Takes away a backup that is not whole there: it counts as a copy no more, then its manifest and note go. */
    void withdraw(Destination destination, Shipment shipment) throws BackupException {
        BackupId id = shipment.manifest().id();
        catalogue.withdrawn(id, shipment.place());
        destination.delete(id.value() + MANIFEST);
        destination.delete(Note.name(id));
    }

    /**
     * Takes the copies of all backups off whose files are not all there any more, be it one that many rest on.
     *
     * @param there the length of each file that is there now, by its name
     */
    void withdrawBroken(Place place, Ledger ledger, Map<String, Long> there) throws BackupException {
        Set<String> gone = ledger.files().stream()
                .map(LedgerFile::part)
                .filter(part -> !Plan.isThere(part, there))
                .map(StoredPart::name)
                .collect(Collectors.toSet());
        for (BackupId id : ledger.using(gone::contains)) {
            catalogue.withdrawn(id, place);
        }
    }

    /** Tidies up after a delivery; that it failed harms no backup. */
    void tidy(Destination destination, Shipment shipment) {
        Ledger ledger = queue.ledgers().read(shipment.place());
        Ledger before = ledger;
        try {
            ledger = settleUnfinished(destination, shipment, ledger);
            for (BackupId id : removable(ledger, shipment)) {
                destination.delete(id.value() + MANIFEST);
                destination.delete(Note.name(id));
                ledger = ledger.without(id);
                catalogue.withdrawn(id, shipment.place());
                LOG.info("{}: {} is not kept at {} any more", shipment.run().id(), id, shipment.place());
            }
            for (String name : RemoteRetention.files(ledger)) {
                destination.delete(name);
                ledger = ledger.withoutFile(name);
            }
        } catch (BackupException e) {
            LOG.warn("What is not kept at {} any more could not be removed: {}", shipment.place(), e.getMessage());
        }
        if (!ledger.equals(before)) {
            queue.ledgers().keep(shipment.place(), ledger);
        }
    }

    private List<BackupId> removable(Ledger ledger, Shipment shipment) {
        return retention.backups(ledger, shipment.manifest().id()).stream()
                .filter(id -> catalogue.find(id).filter(Backup::stays).isEmpty())
                .toList();
    }

    /** What was begun and is not in the queue any more: either its manifest is there, or nobody will finish it. */
    private Ledger settleUnfinished(Destination destination, Shipment shipment, Ledger ledger) throws BackupException {
        Ledger settled = ledger;
        List<BackupId> unfinished = ledger.deliveries().stream()
                .filter(delivery -> !delivery.complete())
                .map(Delivered::backup)
                .filter(id -> queue.find(id, shipment.place()).isEmpty())
                .toList();
        for (BackupId id : unfinished) {
            if (destination.stat(id.value() + MANIFEST).isPresent()) {
                settled = settled.completed(id);
            } else {
                // It is not there, but its beginning may be.
                destination.delete(id.value() + MANIFEST);
                destination.delete(Note.name(id));
                settled = settled.without(id);
            }
        }
        return settled;
    }
}

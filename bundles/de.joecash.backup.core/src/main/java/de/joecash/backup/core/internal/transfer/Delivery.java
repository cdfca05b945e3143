package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one backup to one place: archives first, manifest last. To the medium as {@link MediumDelivery} has it,
 * anywhere else as {@link PartsDelivery} has it.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Ports ports;
    private final PartsDelivery parts;
    private final MediumDelivery medium;
    private final Clock clock;

    /** Sends backups of one catalogue. */
    public Delivery(
            Catalogue catalogue,
            BackupFolder folder,
            Ports ports,
            TransferQueue queue,
            TransferTerms terms,
            Clock clock) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.ports = ports;
        this.parts = new PartsDelivery(
                folder,
                queue,
                terms,
                new ReadingBack(catalogue, queue),
                new Tidying(catalogue, queue, terms.settings().retention()),
                clock);
        this.medium = new MediumDelivery(catalogue, folder, queue.outbox(), terms);
        this.clock = clock;
    }

    /** Sends the backup of an entry of the queue and records the copy. */
    Outcome.Succeeded perform(Backup backup, Transfer entry, ActiveRun run) throws BackupException, IOException {
        if (backup.damage().isPresent()) {
            throw new BackupException(backup.damage().get());
        }
        run.cancellation().check();
        run.at(Phase.CONNECTING, 0, 0);
        Place place = entry.place();
        try (Destination destination = ports.requireDestination(place.destination())
                .connect(place.directory(), ports.offLimits(folder.path()), run.cancellation())) {
            Shipment shipment =
                    new Shipment(entry.id(), place, folder.indexed(backup.manifest()), earlier(backup, place), run);
            Sent sent = place.destination().equals(DestinationProvider.MEDIUM)
                    ? medium.send(destination, shipment)
                    : parts.send(destination, shipment);
            Copy copy = new Copy(
                    place,
                    sent.name(),
                    clock.instant(),
                    sent.bytes(),
                    destination.capabilities().offServer(),
                    sent.proof());
            Outcome.Proof shown = sent.proof() == Copy.Proof.CONTENT_EQUAL
                    ? Outcome.Proof.COPY_CONTENT_EQUAL
                    : Outcome.Proof.COPY_LENGTH_EQUAL;
            return new Outcome.Succeeded(catalogue.copied(backup.id(), copy), Set.of(shown));
        }
    }

    /** The newest other backup of the till with a copy at a place; where it cannot be read, none is as good. */
    private Optional<IndexedManifest> earlier(Backup backup, Place place) {
        Optional<Backup> newest = catalogue.newest(other -> !other.id().equals(backup.id())
                && other.damage().isEmpty()
                && other.manifest()
                        .source()
                        .till()
                        .equals(backup.manifest().source().till())
                && other.copies().stream().anyMatch(copy -> copy.place().equals(place)));
        try {
            return newest.isPresent() ? Optional.of(folder.indexed(newest.get().manifest())) : Optional.empty();
        } catch (BackupException e) {
            LOG.warn("No delta can rest on {}: {}", newest.get().id(), e.getMessage());
            return Optional.empty();
        }
    }
}

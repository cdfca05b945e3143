package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sends one backup to one place: archives first, manifest last. To the medium as {@link MediumDelivery} has it,
 * anywhere else as {@link PartsDelivery} has it.
 */
public final class Delivery {
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

    /**
     * Other backups of the till with copies at a place: the newest, which is most like this one; and the oldest since
     * the last full one there, or that itself, of which more lies there whole.
     */
    private List<Manifest> earlier(Backup backup, Place place) {
        List<Backup> there = catalogue.list().stream()
                .filter(other ->
                        !other.id().equals(backup.id()) && other.damage().isEmpty())
                .filter(other -> till(other).equals(till(backup)))
                .filter(other -> copyAt(other, place).isPresent())
                .sorted(Comparator.comparing(Backup::id).reversed())
                .toList();
        if (there.isEmpty()) {
            return List.of();
        }
        Backup root = there.stream()
                .filter(other -> isFull(copyAt(other, place).orElseThrow()))
                .findFirst()
                .orElse(there.get(there.size() - 1));
        return Stream.of(there.get(0), root).distinct().map(Backup::manifest).toList();
    }

    private static String till(Backup backup) {
        return backup.manifest().source().till();
    }

    private static Optional<Copy> copyAt(Backup backup, Place place) {
        return backup.copies().stream()
                .filter(copy -> copy.place().equals(place))
                .findFirst();
    }

    private static boolean isFull(Copy copy) {
        return PartName.parse(copy.name()).map(name -> name.form() == Form.FULL).orElse(false);
    }
}

package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.seal.Sealer;
import de.joecash.backup.core.internal.seal.SealingRule;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies a backup to a medium, always whole: in the clear, as it lies in the backup folder, so that anybody can use
 * what is there; or sealed, where the owner wants that, with a note of delivery. No ledger tells what is there, for
 * sticks are swapped. Where there is too little room, older backups give way, as far as they may.
 */
final class MediumDelivery {
    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Outbox outbox;
    private final TransferTerms terms;

    MediumDelivery(Catalogue catalogue, BackupFolder folder, Outbox outbox, TransferTerms terms) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.outbox = outbox;
        this.terms = terms;
    }

    /** Copies it, and takes away what is not kept there any more. */
    Sent send(Destination medium, Shipment shipment) throws BackupException, IOException {
        Optional<Packing.Seal> seal = seal(medium, shipment);
        MediumRoom room = new MediumRoom(
                catalogue, medium, shipment.place(), shipment.manifest().id());
        while (true) {
            try {
                Sent sent = seal.isPresent() ? sealed(medium, shipment, seal.get()) : inTheClear(medium, shipment);
                room.tidy(terms.settings().keepOnMedium());
                return sent;
            } catch (BackupException e) {
                if (!(e.problem() instanceof Problem.NoSpace lacking)
                        || !lacking.place().equals(shipment.place().directory())
                        || !room.make(lacking)) {
                    throw e;
                }
            }
        }
    }

    private Optional<Packing.Seal> seal(Destination medium, Shipment shipment) throws BackupException {
        if (!terms.keys().sealsMedia()) {
            return Optional.empty();
        }
        SealingRule rule = terms.keys().rule();
        Optional<Sealer> sealer = rule.sealer(shipment.place().destination(), true, medium.capabilities());
        return Optional.of(new Packing.Seal(sealer, rule.recipients().values()));
    }

    private Sent inTheClear(Destination medium, Shipment shipment) throws BackupException, IOException {
        Manifest manifest = shipment.manifest();
        Storing storing = storing(medium, shipment);
        for (BackupArchive archive : BackupArchive.of(manifest)) {
            storing.store(
                    archive.name(),
                    Packing.whole(folder, archive),
                    archive.digest().archiveSha256(),
                    false);
        }
        String note = Note.name(manifest.id());
        if (medium.stat(note).isPresent()) {
            // By it, what is sealed would be looked for.
            medium.delete(note);
        }
        storing.store(manifest.manifestName(), folder.manifestText(manifest), false);
        return new Sent(manifest.archiveName(), manifest.storedBytes(), storing.proof());
    }

    private Sent sealed(Destination medium, Shipment shipment, Packing.Seal seal) throws BackupException, IOException {
        Manifest manifest = shipment.manifest();
        Storing storing = storing(medium, shipment);
        Map<String, Long> there = new RemoteFiles(medium).lengths();
        Optional<Prepared> before = before(shipment, seal);
        if (before.isEmpty()
                && there.containsKey(manifest.manifestName())
                && there.containsKey(Note.name(manifest.id()))) {
            Optional<Arrival.Whole> arrived = new Arrival(medium, storing, folder)
                    .whole(shipment, Ledger.empty(), there)
                    .filter(whole -> Set.copyOf(whole.note().recipients()).equals(Set.copyOf(seal.recipients())));
            if (arrived.isPresent()) {
                removeOthers(medium, arrived.get().note(), there);
                return arrived.get().sent();
            }
        }
        Prepared prepared = before.isPresent() ? before.get() : prepare(shipment, there, seal);
        for (PreparedPart part : prepared.parts()) {
            StoredPart stored = part.archive().file();
            Problem changed =
                    new Problem.CopyDiffers(shipment.place().destination(), stored.name(), "it changed in the outbox");
            storing.store(
                    stored.name(),
                    new ProvenContent(
                            outbox.file(shipment.transfer(), stored), stored.bytes(), stored.sha256(), changed),
                    stored.sha256(),
                    false);
        }
        storing.store(Note.name(manifest.id()), NoteFormat.write(prepared.note()), true);
        storing.store(manifest.manifestName(), folder.manifestText(manifest), false);
        removeOthers(medium, prepared.note(), there);
        return new Sent(prepared.note().database(), prepared.note().ownBytes(), storing.proof());
    }

    /** What an earlier copy left: in the clear for everybody to read, or sealed to others. */
    private static void removeOthers(Destination medium, Note note, Map<String, Long> there) throws BackupException {
        List<String> noted = note.archives().stream()
                .flatMap(archive -> archive.all().stream())
                .map(StoredPart::name)
                .toList();
        for (String name : there.keySet()) {
            Optional<PartName> part =
                    PartName.parse(name).filter(one -> one.backup().equals(note.backup()));
            if (part.isPresent() && !noted.contains(name)) {
                medium.delete(name);
            }
        }
    }

    /** What was made and did not arrive: sealing gives other bytes each time. */
    private Optional<Prepared> before(Shipment shipment, Packing.Seal seal) {
        return outbox.read(shipment.transfer())
                .filter(made -> made.backup().equals(shipment.manifest().id()))
                .filter(made -> made.recipients().equals(seal.recipients()) && made.full());
    }

    private Prepared prepare(Shipment shipment, Map<String, Long> there, Packing.Seal seal)
            throws BackupException, IOException {
        return new Packing(folder, outbox)
                .prepare(
                        shipment,
                        Ledger.empty(),
                        there,
                        new Plan.Terms(true, false, terms.settings().fullEvery(), Instant.EPOCH, seal.recipients()),
                        seal);
    }

    private static Storing storing(Destination medium, Shipment shipment) {
        return new Storing(medium, shipment.place().destination(), shipment.run(), told -> told);
    }
}

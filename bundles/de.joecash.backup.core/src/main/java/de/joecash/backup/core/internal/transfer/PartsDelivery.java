package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.core.internal.seal.Sealer;
import de.joecash.backup.core.internal.seal.SealingRule;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a backup to a place other than the medium: of its archives what is not there yet, sealed where that is the
 * rule, then the note of delivery, then the manifest. What is made for it is made once and lies in the outbox.
 */
final class PartsDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(PartsDelivery.class);

    private final BackupFolder folder;
    private final Outbox outbox;
    private final Ledgers ledgers;
    private final TransferTerms terms;
    private final ReadingBack readingBack;
    private final Tidying tidying;
    private final Clock clock;

    PartsDelivery(
            BackupFolder folder,
            TransferQueue queue,
            TransferTerms terms,
            ReadingBack readingBack,
            Tidying tidying,
            Clock clock) {
        this.folder = folder;
        this.outbox = queue.outbox();
        this.ledgers = queue.ledgers();
        this.terms = terms;
        this.readingBack = readingBack;
        this.tidying = tidying;
        this.clock = clock;
    }

    /** Sends it, and tidies up there. */
    Sent send(Destination destination, Shipment shipment) throws BackupException, IOException {
        Packing.Seal seal = seal(destination, shipment);
        Map<String, Long> there = new RemoteFiles(destination).lengths();
        boolean asked = outbox.fullWanted(shipment.transfer());
        Ledger begun = ledgers.begin(shipment.place());
        Ledger ledger = readingBack.check(destination, shipment, there, wanted(asked, begun.suspect(), seal), begun);
        Optional<Prepared> before = outbox.read(shipment.transfer())
                .filter(made -> made.backup().equals(shipment.manifest().id()))
                .filter(made -> made.recipients().equals(seal.recipients()))
                // What was found to be damaged since is proven no more, though all was sent meanwhile by another.
                .filter(made -> ledger.proof(made.needs()).isPresent())
                .filter(made -> made.restsOn(there) && (!(asked || ledger.suspect()) || made.full()));
        Storing storing = new Storing(
                destination, shipment.place().destination(), shipment.run(), told -> limited(told, shipment.run()));
        boolean suspect = ledger.suspect();
        tidying.withdrawBroken(shipment.place(), ledger, there);
        if (before.isEmpty() && there.containsKey(shipment.manifest().manifestName())) {
            Optional<Arrival.Whole> arrived = new Arrival(destination, storing, folder).whole(shipment, ledger, there);
            if (arrived.isPresent() && (arrived.get().full() || !asked)) {
                ledgers.keep(
                        shipment.place(),
                        ledgers.read(shipment.place())
                                .completed(shipment.manifest().id()));
                return arrived.get().sent();
            }
            if (arrived.isEmpty()) {
                // No pack may rest on what is there, perhaps this backup's own full archive. And from here on the
                // backup is not there, so nobody takes it for whole.
                suspect = true;
                tidying.withdraw(destination, shipment);
            }
        }
        Plan.Terms wanted = wanted(asked, suspect, seal);
        Prepared prepared = before.isPresent()
                ? before.get()
                : new Packing(folder, outbox).prepare(shipment, ledger, there, wanted, seal);
        if (!retained(destination, shipment, prepared)) {
            prepared = new Packing(folder, outbox).prepare(shipment, ledger, there, wanted.all(), seal);
        }
        begin(shipment, ledger, prepared);
        put(storing, shipment, prepared, ledger);
        Copy.Proof proof = complete(shipment, prepared.note(), storing.proof());
        tidying.tidy(destination, shipment);
        return new Sent(prepared.note().database(), prepared.note().ownBytes(), proof);
    }

    private Plan.Terms wanted(boolean asked, boolean suspect, Packing.Seal seal) {
        return new Plan.Terms(asked, suspect, terms.settings().fullEvery(), clock.instant(), seal.recipients());
    }

    /** Whether all that it rests on is kept there for as long as itself. */
    private static boolean retained(Destination destination, Shipment shipment, Prepared prepared)
            throws BackupException {
        try {
            for (String need : prepared.needs()) {
                destination.retain(need);
            }
            return true;
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ServerRefused) {
                LOG.warn(
                        "{}: what is at {} cannot be kept, all is sent: {}",
                        shipment.run().id(),
                        shipment.place(),
                        e.getMessage());
                return false;
            }
            throw e;
        }
    }

    /** The shop's line is on the way. */
    private LongConsumer limited(LongConsumer told, ActiveRun run) {
        return new LimitedLine(terms.settings().bandwidth(), clock, run.waiting(), told);
    }

    private Packing.Seal seal(Destination destination, Shipment shipment) throws BackupException {
        SealingRule rule = terms.keys().rule();
        Optional<Sealer> sealer = rule.sealer(shipment.place().destination(), false, destination.capabilities());
        return new Packing.Seal(sealer, sealer.isPresent() ? rule.recipients().values() : List.of());
    }

    /** Before anything is put: retention must know what this backup is going to need. */
    private void begin(Shipment shipment, Ledger ledger, Prepared prepared) throws BackupException {
        Ledger begun = ledger.begun(
                shipment.manifest().id(),
                shipment.till(),
                prepared.note(),
                prepared.files(shipment.till(), clock.instant()));
        try {
            ledgers.write(shipment.place(), begun);
        } catch (IOException e) {
            if (!prepared.full()) {
                throw folder.unusable(e);
            }
            // A full or read-only disk keeps nobody from sending what is on it; it needs nothing that is there.
            LOG.warn("What is stored at {} could not be written down: {}", shipment.place(), BackupFolder.words(e));
        }
    }

    /**
     * Puts all of it.
     *
     * @param ledger as it was before: it knows which names are ours, whatever has them
     */
    private void put(Storing storing, Shipment shipment, Prepared prepared, Ledger ledger)
            throws BackupException, IOException {
        Manifest manifest = shipment.manifest();
        List<BackupArchive> archives = BackupArchive.of(manifest);
        try {
            for (int i = 0; i < archives.size(); i++) {
                StoredPart stored = prepared.parts().get(i).archive().file();
                Destination.Content content = prepared.parts().get(i).made()
                        ? made(shipment, stored)
                        : Packing.whole(folder, archives.get(i));
                // What was made has a name that nobody had; what lies in the backup folder has the manifest's bytes.
                boolean ours = !prepared.parts().get(i).made() && ledger.owns(stored.name());
                storing.store(stored.name(), content, stored.sha256(), ours);
            }
            if (!prepared.full() && ledgers.distrusted(shipment.place())) {
                throw new BackupException(new Problem.CopyDiffers(
                        shipment.place().destination(), manifest.manifestName(), "what it rests on was found damaged"));
            }
            String note = Note.name(manifest.id());
            storing.store(note, NoteFormat.write(prepared.note()), ledger.owns(note));
            storing.store(manifest.manifestName(), folder.manifestText(manifest), false);
        } catch (StoppedException e) {
            if (e.reason().problem() instanceof Problem.CopyDiffers) {
                outbox.clear(shipment.transfer());
            }
            throw e;
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.NameTaken) {
                // Somebody else's file must not pass for ours at the next attempt.
                ledgers.keep(shipment.place(), ledger);
            }
            throw e;
        }
    }

    private Destination.Content made(Shipment shipment, StoredPart stored) {
        Problem changed =
                new Problem.CopyDiffers(shipment.place().destination(), stored.name(), "it changed in the outbox");
        return new ProvenContent(outbox.file(shipment.transfer(), stored), stored.bytes(), stored.sha256(), changed);
    }

    /** Gives how far all that it uses was proven: as far as the least of it. */
    private Copy.Proof complete(Shipment shipment, Note note, Copy.Proof own) {
        List<String> uses = note.all().stream().map(StoredPart::name).toList();
        List<String> needs = note.archives().stream()
                .flatMap(archive -> archive.needs().stream())
                .map(StoredPart::name)
                .toList();
        List<String> stored =
                uses.stream().filter(name -> !needs.contains(name)).toList();
        Ledger ledger = ledgers.read(shipment.place())
                .completed(shipment.manifest().id(), uses)
                .proven(stored, own, clock.instant());
        ledgers.keep(shipment.place(), ledger);
        Copy.Proof rests = ledger.proof(needs).orElse(Copy.Proof.LENGTH_EQUAL);
        return rests.compareTo(own) < 0 ? rests : own;
    }
}

package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.DigestingInput;
import de.joecash.backup.core.internal.archive.Sha256;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Sends one backup to one place: archives first, manifest last. A file that is there already is compared and, where it
 * is equal, taken for sent: an attempt whose end was not recorded does not send it twice.
 */
public final class Delivery {
    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Ports ports;
    private final Bandwidth bandwidth;
    private final Clock clock;

    /** Sends backups of one catalogue. */
    public Delivery(Catalogue catalogue, BackupFolder folder, Ports ports, Bandwidth bandwidth, Clock clock) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.ports = ports;
        this.bandwidth = bandwidth;
        this.clock = clock;
    }

    /** Sends a backup and records the copy. */
    Outcome.Succeeded perform(Backup backup, Place place, ActiveRun run) throws BackupException, IOException {
        Manifest manifest = backup.manifest();
        if (backup.damage().isPresent()) {
            throw new BackupException(backup.damage().get());
        }
        run.cancellation().check();
        run.at(Phase.CONNECTING, 0, 0);
        try (Destination destination = ports.requireDestination(place.destination())
                .connect(place.directory(), ports.offLimits(folder.path()), run.cancellation())) {
            Copy.Proof proof = Copy.Proof.CONTENT_EQUAL;
            for (BackupArchive archive : BackupArchive.of(manifest)) {
                Copy.Proof shown = put(
                        destination, place, archive.name(), new ProvenContent(folder.archive(archive), archive), run);
                proof = shown == Copy.Proof.CONTENT_EQUAL ? proof : shown;
            }
            put(destination, place, manifest.manifestName(), new TextContent(folder.manifestText(manifest)), run);
            Copy copy = new Copy(
                    place,
                    manifest.archiveName(),
                    clock.instant(),
                    manifest.storedBytes(),
                    destination.capabilities().offServer(),
                    proof);
            Outcome.Proof shown = proof == Copy.Proof.CONTENT_EQUAL
                    ? Outcome.Proof.COPY_CONTENT_EQUAL
                    : Outcome.Proof.COPY_LENGTH_EQUAL;
            return new Outcome.Succeeded(catalogue.copied(backup.id(), copy), Set.of(shown));
        }
    }

    private Copy.Proof put(
            Destination destination, Place place, String name, Destination.Content content, ActiveRun run)
            throws BackupException, IOException {
        Optional<Destination.StoredFile> there = destination.stat(name);
        if (there.isEmpty()) {
            run.at(Phase.SENDING, 0, content.bytes());
            LongConsumer told = sent -> run.at(Phase.SENDING, sent, content.bytes());
            destination.put(name, content, limited(place, told, run));
            return destination.capabilities().proof();
        }
        run.at(Phase.VERIFYING, 0, 0);
        if (there.get().bytes() != content.bytes() || !equal(destination, name, content)) {
            throw new BackupException(new Problem.NameTaken(place.destination(), name));
        }
        return Copy.Proof.CONTENT_EQUAL;
    }

    /** The shop's line is not on the way to a medium. */
    private LongConsumer limited(Place place, LongConsumer told, ActiveRun run) {
        return place.destination().equals(DestinationProvider.MEDIUM)
                ? told
                : new LimitedLine(bandwidth, clock, run.waiting(), told);
    }

    private static boolean equal(Destination destination, String name, Destination.Content content)
            throws BackupException, IOException {
        String expected;
        try (InputStream ours = content.open()) {
            expected = digest(ours);
        }
        try (InputStream theirs = destination.open(name)) {
            return expected.equals(digest(theirs));
        }
    }

    private static String digest(InputStream in) throws IOException {
        Sha256 digest = new Sha256();
        new DigestingInput(in, digest, bytes -> {}).transferTo(OutputStream.nullOutputStream());
        return digest.hex();
    }
}

package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveFile;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Packs;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.run.GuardedFile;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.core.internal.seal.Sealer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is sent: packs, and whatever is sealed, once, in the outbox. A full archive in the clear is sent as it
 * lies.
 */
final class Packing {
    private static final Logger LOG = LoggerFactory.getLogger(Packing.class);

    /** Sealing adds 16 bytes to 64 KiB, and a head that names the recipients. */
    private static final int SEALED_MORE = 4096;

    private static final int SEALED_HEAD = 8192;

    private final BackupFolder folder;
    private final Outbox outbox;

    Packing(BackupFolder folder, Outbox outbox) {
        this.folder = folder;
        this.outbox = outbox;
    }

    /** Who seals it, where somebody does, and to whom. */
    record Seal(Optional<Sealer> sealer, List<String> recipients) {}

    /**
     * Makes it anew.
     *
     * @param ledger of the place
     * @param there the length of each file that is there now, by its name
     * @throws BackupException {@code NoSpace} where the disk would fall below its reserve; {@code ArchiveDamaged}
     */
    Prepared prepare(Shipment shipment, Ledger ledger, Map<String, Long> there, Plan.Terms terms, Seal seal)
            throws BackupException, IOException {
        outbox.clear(shipment.transfer());
        List<PreparedPart> parts = new ArrayList<>();
        for (BackupArchive archive : BackupArchive.of(shipment.manifest())) {
            Optional<MemberIndex> index = shipment.indexed().index(archive.kind());
            Plan plan = plan(shipment, archive, ledger, there, terms);
            LOG.info(
                    "{}: of {}, {} is sent to {}{}",
                    shipment.run().id(),
                    archive.name(),
                    plan.form(),
                    shipment.place(),
                    plan.full().map(why -> ", because: " + why).orElse(""));
            parts.add(part(shipment, archive, index, plan, seal, name -> there.containsKey(name) || ledger.owns(name)));
        }
        Prepared prepared = new Prepared(shipment.manifest().id(), seal.recipients(), parts);
        if (!prepared.asItLies()) {
            try {
                outbox.write(shipment.transfer(), prepared);
            } catch (IOException e) {
                throw folder.unusable(e);
            }
        }
        return prepared;
    }

    /** What is sent of an archive. */
    static Plan plan(
            Shipment shipment, BackupArchive archive, Ledger ledger, Map<String, Long> there, Plan.Terms terms) {
        return Plan.of(
                shipment.indexed().index(archive.kind()), ledger.chain(shipment.till(), archive.kind()), there, terms);
    }

    private PreparedPart part(
            Shipment shipment,
            BackupArchive archive,
            Optional<MemberIndex> index,
            Plan plan,
            Seal seal,
            Predicate<String> taken)
            throws BackupException, IOException {
        if (plan.form() == Form.FULL && seal.sealer().isEmpty()) {
            return new PreparedPart(NotedArchive.whole(archive), false, index);
        }
        PartName name = new PartName(
                archive.backup(), archive.kind(), plan.form(), seal.sealer().isPresent());
        while (taken.test(name.value()) && name.round() < PartName.MOST_ROUNDS) {
            name = name.next();
        }
        long bytes = plan.form() == Form.FULL
                ? archive.digest().archiveBytes()
                : Packs.bytes(index.orElseThrow(), plan.known());
        folder.requireSpace(bytes + bytes / SEALED_MORE + SEALED_HEAD);
        shipment.run().at(Phase.PACKING, 0, bytes);
        Path file;
        try {
            file = outbox.directory(shipment.transfer()).resolve(name.value());
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        try (GuardedFile made = new GuardedFile(file, folder, shipment.run());
                DigestingOutput stored = new DigestingOutput(made)) {
            Optional<MemberIndex> members = write(archive, index, plan, seal, stored);
            made.sync();
            List<StoredPart> needs = plan.needs().stream().map(LedgerFile::part).toList();
            return new PreparedPart(new NotedArchive(stored.part(name), needs), true, members);
        }
    }

    /** Writes what is stored; gives its members. */
    private Optional<MemberIndex> write(
            BackupArchive archive, Optional<MemberIndex> index, Plan plan, Seal seal, OutputStream stored)
            throws BackupException, IOException {
        try (OutputStream out = seal.sealer().isPresent() ? seal.sealer().get().sealing(stored) : stored) {
            if (plan.form() == Form.FULL) {
                try (InputStream in = whole(folder, archive).open()) {
                    in.transferTo(out);
                }
                return index;
            }
            try (ArchiveFile members = ArchiveFile.open(folder.archive(archive), index.orElseThrow())) {
                return Optional.of(Packs.write(members, plan.known(), out).index());
            }
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw new BackupException(
                    new Problem.ArchiveDamaged(archive.backup().value(), archive.name() + ": " + BackupFolder.words(e)),
                    e);
        }
    }

    /** An archive as it lies in the backup folder. */
    static ProvenContent whole(BackupFolder folder, BackupArchive archive) {
        return new ProvenContent(
                folder.archive(archive),
                archive.digest().archiveBytes(),
                archive.digest().archiveSha256(),
                new Problem.ArchiveDamaged(archive.backup().value(), "its content has changed"));
    }
}

package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveFile;
import de.joecash.backup.core.internal.archive.DeltaMaker;
import de.joecash.backup.core.internal.archive.DeltaMember;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.PackIndex;
import de.joecash.backup.core.internal.archive.Packs;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.run.GuardedFile;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.core.internal.seal.Sealer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
            Plan plan = plan(shipment, archive, ledger, there, terms);
            LOG.info(
                    "{}: of {}, {} is sent to {}{}",
                    shipment.run().id(),
                    archive.name(),
                    plan.form(),
                    shipment.place(),
                    plan.full().map(why -> ", because: " + why).orElse(""));
            Part part = new Part(archive, shipment.indexed().index(archive.kind()), plan, seal);
            parts.add(prepared(shipment, part, ledger, name -> there.containsKey(name) || ledger.owns(name)));
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

    /** What is to be made of one archive. */
    private record Part(BackupArchive archive, Optional<MemberIndex> index, Plan plan, Seal seal) {
        boolean asItLies() {
            return full() && seal.sealer().isEmpty();
        }

        boolean full() {
            return plan.form() == Form.FULL;
        }

        Part whole() {
            return new Part(archive, index, Plan.full(Plan.Reason.LARGE), seal);
        }

        /** Deltas make less of it. */
        long mostBytes() {
            return full() ? archive.digest().archiveBytes() : Packs.bytes(index.orElseThrow(), plan.known());
        }
    }

    private PreparedPart prepared(Shipment shipment, Part part, Ledger ledger, Predicate<String> taken)
            throws BackupException, IOException {
        return part.asItLies()
                ? new PreparedPart(NotedArchive.whole(part.archive), false, part.index.map(PackIndex::of))
                : made(shipment, part, ledger, taken);
    }

    private PreparedPart made(Shipment shipment, Part part, Ledger ledger, Predicate<String> taken)
            throws BackupException, IOException {
        PartName name = new PartName(
                part.archive.backup(),
                part.archive.kind(),
                part.plan.form(),
                part.seal.sealer().isPresent());
        while (taken.test(name.value()) && name.round() < PartName.MOST_ROUNDS) {
            name = name.next();
        }
        long bytes = part.mostBytes();
        folder.requireSpace(bytes + bytes / SEALED_MORE + SEALED_HEAD);
        shipment.run().at(Phase.PACKING, 0, bytes);
        Path file;
        try {
            file = outbox.directory(shipment.transfer()).resolve(name.value());
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        List<LedgerFile> chain = ledger.chain(shipment.till(), part.archive.kind());
        PreparedPart prepared;
        try (GuardedFile made = new GuardedFile(file, folder, shipment.run());
                DigestingOutput stored = new DigestingOutput(made)) {
            Optional<PackIndex> index = write(shipment, part, chain, stored);
            made.sync();
            List<StoredPart> needs = part.full() ? List.of() : needs(part.plan, chain, index.orElseThrow());
            prepared = new PreparedPart(new NotedArchive(stored.part(name), needs), true, index);
        }
        if (part.full() || canBeMadeAgain(part, chain, prepared)) {
            return prepared;
        }
        LOG.warn(
                "{}: {} would take too many deltas, all is sent", shipment.run().id(), part.archive.name());
        Files.delete(file);
        return prepared(shipment, part.whole(), ledger, taken);
    }

    /** Whether all deltas that it takes can be kept by whoever fetches it. */
    private static boolean canBeMadeAgain(Part part, List<LedgerFile> chain, PreparedPart prepared) {
        Set<String> needs =
                prepared.archive().needs().stream().map(StoredPart::name).collect(Collectors.toSet());
        long cost = new Chain(chain)
                .cost(part.index.orElseThrow(), needs, prepared.index().orElseThrow());
        return cost <= DeltaMember.MOST_COST;
    }

    private static List<StoredPart> needs(Plan plan, List<LedgerFile> files, PackIndex index) {
        Set<String> names =
                plan.needs().stream().map(file -> file.part().name()).collect(Collectors.toCollection(HashSet::new));
        Chain chain = new Chain(files);
        index.deltas().forEach(delta -> names.add(chain.whole(delta.base()).orElseThrow()));
        return Plan.named(files, names).stream().map(LedgerFile::part).toList();
    }

    /** Writes what is stored; gives what it holds. */
    private Optional<PackIndex> write(Shipment shipment, Part part, List<LedgerFile> chain, OutputStream stored)
            throws BackupException, IOException {
        BackupArchive archive = part.archive;
        try (OutputStream out =
                part.seal.sealer().isPresent() ? part.seal.sealer().get().sealing(stored) : stored) {
            if (part.full()) {
                try (InputStream in = whole(folder, archive).open()) {
                    in.transferTo(out);
                }
                return part.index.map(PackIndex::of);
            }
            try (ArchiveFile members = ArchiveFile.open(folder.archive(archive), part.index.orElseThrow())) {
                return Optional.of(pack(shipment, part, members, chain, out));
            }
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw new BackupException(
                    new Problem.ArchiveDamaged(archive.backup().value(), archive.name() + ": " + BackupFolder.words(e)),
                    e);
        }
    }

    private PackIndex pack(Shipment shipment, Part part, ArchiveFile members, List<LedgerFile> files, OutputStream out)
            throws IOException {
        Chain chain = new Chain(files);
        List<ArchiveFile> earlier = new ArrayList<>();
        try {
            for (Manifest manifest : shipment.earlier()) {
                open(manifest, part.archive.kind()).ifPresent(earlier::add);
            }
            try (DeltaMaker deltas = new DeltaMaker(
                    earlier,
                    content -> chain.whole(content).isPresent(),
                    // What a delta there gives already, and is not known all the same, is too much: it goes whole.
                    member -> chain.member(member).isEmpty(),
                    shipment.run()::goOn)) {
                return Packs.write(members, part.plan.known(), deltas, out);
            }
        } finally {
            for (ArchiveFile file : earlier) {
                file.close();
            }
        }
    }

    /** Without it, members go whole. */
    private Optional<ArchiveFile> open(Manifest earlier, BackupArchive.Kind kind) {
        try {
            Optional<MemberIndex> index = folder.indexed(earlier).index(kind);
            return index.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ArchiveFile.open(folder.archive(earlier.id(), kind), index.get()));
        } catch (BackupException | IOException e) {
            LOG.warn("No delta can rest on {}: {}", earlier.id(), e.getMessage());
            return Optional.empty();
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

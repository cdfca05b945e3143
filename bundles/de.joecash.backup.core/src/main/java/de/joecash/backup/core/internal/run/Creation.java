package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Manifest;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.files.KeptTree;
import de.joecash.backup.core.internal.run.ArchiveMaking.Made;
import de.joecash.backup.spi.Source;
import java.io.IOException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a backup: dumps, syncs, reads back, compares, publishes. Until the last step there is no backup. */
public final class Creation {
    private static final Logger LOG = LoggerFactory.getLogger(Creation.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss", Locale.ROOT);

    /** A dump's text shrinks to less than this part of itself. */
    private static final int SHRINKS_TO = 4;

    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Verification verification;
    private final ArchiveMaking making;
    private final Clock clock;
    private final String productVersion;

    /**
     * Makes backups into one catalogue.
     *
     * @param verification reads them back
     * @param clock tells time and zone of the till
     */
    public Creation(
            Catalogue catalogue,
            BackupFolder folder,
            Verification verification,
            Compression compression,
            Clock clock,
            String productVersion) {
        this.verification = verification;
        this.making = new ArchiveMaking(folder, compression);
        this.catalogue = catalogue;
        this.folder = folder;
        this.clock = clock;
        this.productVersion = productVersion;
    }

    /**
     * Makes a backup.
     *
     * @param phase what the run is said to be doing while it dumps
     * @param about looks at it once it is proven, before it is published
     */
    public Backup perform(CreateRequest request, Subject subject, ActiveRun run, Phase phase, Consumer<Manifest> about)
            throws BackupException, IOException {
        Source source = subject.source();
        SourceInfo info = source.info();
        KeptTree files = subject.tree(folder);
        ZonedDateTime started = ZonedDateTime.now(clock);
        BackupId id = new BackupId(
                String.format(Locale.ROOT, "%s-%s-%06d", info.till(), NAME.format(started), catalogue.nextSequence()));
        if (run.kind() == Run.Kind.CREATE) {
            run.about(id);
        }
        Optional<Manifest> last = catalogue
                .newest(backup -> backup.manifest().source().till().equals(info.till()))
                .map(Backup::manifest);
        warnOfMissing(last, files);
        requireSpace(last, source, files);
        Order order = new Order(id, request, started, info, source, files);
        Watch watch = new Watch(run, phase, last);
        try (KnownArchives known = KnownArchives.of(last, folder)) {
            IndexedManifest proven = proven(order, watch, known);
            about.accept(proven.manifest());
            return catalogue.add(proven);
        } finally {
            folder.discard(id);
        }
    }

    /** A part of the till may be gone for good, or for the moment of its update: it is not for us to refuse. */
    private static void warnOfMissing(Optional<Manifest> last, KeptTree files) {
        last.flatMap(Manifest::keptFiles).map(KeptFiles::folders).orElse(List.of()).stream()
                .filter(name -> !files.names().contains(name))
                .forEach(name ->
                        LOG.warn("The last backup holds the folder {}, which the till does not name now", name));
    }

    private void requireSpace(Optional<Manifest> last, Source source, KeptTree files)
            throws BackupException, IOException {
        long database = last.map(Manifest::archiveBytes).orElseGet(() -> source.expectedBytes() / SHRINKS_TO);
        Optional<KeptFiles> before = last.flatMap(Manifest::keptFiles);
        if (files.isEmpty()) {
            folder.requireSpace(database);
        } else {
            // Images do not shrink.
            folder.requireSpace(database + (before.isPresent() ? before.get().archiveBytes() : files.bytes()));
        }
    }

    private IndexedManifest proven(Order order, Watch watch, KnownArchives known) throws BackupException, IOException {
        try {
            return made(order, watch, known);
        } catch (BackupException e) {
            if (known.isEmpty() || !(e.problem() instanceof Problem.ArchiveDamaged)) {
                throw e;
            }
            LOG.warn("{}: made once more, without members of an earlier archive: {}", watch.run.id(), e.getMessage());
            return made(order, watch, KnownArchives.none());
        }
    }

    private IndexedManifest made(Order order, Watch watch, KnownArchives known) throws BackupException, IOException {
        Made<List<TableContents>> dump = dump(order, watch, known);
        Optional<Made<Long>> files = order.files.isEmpty() ? Optional.empty() : Optional.of(files(order, watch, known));
        IndexedManifest manifest = new IndexedManifest(
                manifest(order, dump, files.map(made -> keptFiles(order, made))),
                Optional.of(dump.written().index()),
                files.map(made -> made.written().index()));
        verification.compareParts(manifest, watch.run);
        return manifest;
    }

    private Made<List<TableContents>> dump(Order order, Watch watch, KnownArchives known)
            throws BackupException, IOException {
        return making.make(
                order.archive(BackupArchive.Kind.DATABASE),
                out -> order.source.dump(out, watch.run.cancellation()),
                known,
                // A first estimate is good enough for the space, not for a share of the work.
                watch.expecting(watch.last.map(Manifest::contentBytes)));
    }

    /**
     * A file that became shorter while it was read cannot be mended in the middle of a tar file: all are read again.
     */
    private Made<Long> files(Order order, Watch watch, KnownArchives known) throws BackupException, IOException {
        try {
            return writeFiles(order, watch, known);
        } catch (BackupException | IOException e) {
            if (Failures.problem(e).filter(KeptTree::changed).isEmpty()) {
                throw e;
            }
            LOG.info("{}: files are read once more: {}", watch.run.id(), e.getMessage());
            return writeFiles(order, watch, known);
        }
    }

    private Made<Long> writeFiles(Order order, Watch watch, KnownArchives known) throws BackupException, IOException {
        return making.make(
                order.archive(BackupArchive.Kind.FILES),
                order.files::write,
                known,
                watch.expecting(watch.last.flatMap(Manifest::keptFiles).map(KeptFiles::contentBytes)));
    }

    private static KeptFiles keptFiles(Order order, Made<Long> made) {
        ArchiveDigest digest = made.written().digest();
        return new KeptFiles(
                order.files.names(),
                made.told(),
                digest.contentBytes(),
                digest.contentSha256(),
                digest.archiveBytes(),
                digest.archiveSha256());
    }

    private Manifest manifest(Order order, Made<List<TableContents>> dump, Optional<KeptFiles> files) {
        ArchiveDigest digest = dump.written().digest();
        return new Manifest(
                Manifest.FORMAT,
                order.id,
                order.request.kind(),
                order.request.trigger(),
                order.request.slot(),
                order.started,
                ZonedDateTime.now(clock),
                order.info,
                digest.contentBytes(),
                digest.contentSha256(),
                digest.archiveBytes(),
                digest.archiveSha256(),
                dump.told(),
                productVersion,
                files);
    }

    /** What is known of a backup before its dump. */
    private record Order(
            BackupId id, CreateRequest request, ZonedDateTime started, SourceInfo info, Source source, KeptTree files) {
        ArchiveMaking.Order archive(BackupArchive.Kind kind) {
            return new ArchiveMaking.Order(id, kind, started.toInstant());
        }
    }

    /** Who is told how far it is, as what, and what the last backup was like. */
    private record Watch(ActiveRun run, Phase phase, Optional<Manifest> last) {
        ArchiveMaking.Watch expecting(Optional<Long> bytes) {
            return new ArchiveMaking.Watch(run, phase, bytes.orElse(0L));
        }
    }
}

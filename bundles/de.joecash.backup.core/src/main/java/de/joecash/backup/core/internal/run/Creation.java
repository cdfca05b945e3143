package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Manifest;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import de.joecash.backup.core.internal.archive.ArchiveFile;
import de.joecash.backup.core.internal.archive.ArchiveWriter;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Written;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.spi.Source;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private final Compression compression;
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
        this.compression = compression;
        this.catalogue = catalogue;
        this.folder = folder;
        this.clock = clock;
        this.productVersion = productVersion;
    }

    /**
     * Makes a backup.
     *
     * @param phase what the run is said to be doing while it dumps
     */
    public Backup perform(CreateRequest request, Source source, ActiveRun run, Phase phase)
            throws BackupException, IOException {
        SourceInfo info = source.info();
        ZonedDateTime started = ZonedDateTime.now(clock);
        BackupId id = new BackupId(
                String.format(Locale.ROOT, "%s-%s-%06d", info.till(), NAME.format(started), catalogue.nextSequence()));
        if (run.kind() == Run.Kind.CREATE) {
            run.about(id);
        }
        Optional<Manifest> last = catalogue
                .newest(backup -> backup.manifest().source().till().equals(info.till()))
                .map(Backup::manifest);
        folder.requireSpace(last.map(Manifest::archiveBytes).orElseGet(() -> source.expectedBytes() / SHRINKS_TO));
        // A first estimate is good enough for the space, not for a share of the work.
        long expected = last.map(Manifest::contentBytes).orElse(0L);
        Optional<ArchiveFile> known = last.flatMap(this::known);
        Order order = new Order(id, request, started, info);
        Watch watch = new Watch(run, phase, expected);
        try {
            return catalogue.add(proven(order, source, watch, known));
        } catch (BackupException e) {
            if (known.isEmpty() || !(e.problem() instanceof Problem.ArchiveDamaged)) {
                throw e;
            }
            LOG.warn("{}: made once more, without members of an earlier archive: {}", run.id(), e.getMessage());
            return catalogue.add(proven(order, source, watch, Optional.empty()));
        } finally {
            close(known);
            folder.discard(id);
        }
    }

    private IndexedManifest proven(Order order, Source source, Watch watch, Optional<ArchiveFile> known)
            throws BackupException, IOException {
        Dump dump = dump(order, source, watch, known);
        IndexedManifest manifest = new IndexedManifest(manifest(order, dump), Optional.of(dump.index));
        verification.compare(folder.archivePart(order.id), manifest, watch.run);
        return manifest;
    }

    private Dump dump(Order order, Source source, Watch watch, Optional<ArchiveFile> known)
            throws BackupException, IOException {
        try (GuardedFile file = new GuardedFile(folder.archivePart(order.id), folder, watch.run);
                OutputStream buffered = new BufferedOutputStream(file, 1 << 16);
                ArchiveWriter archive = new ArchiveWriter(
                        buffered,
                        order.id.value() + ".sql",
                        order.started.toInstant(),
                        compression.hurriedWhen(watch.run::slowed),
                        known)) {
            List<TableContents> tables =
                    source.dump(watch.run.paced(new Watched(archive, watch)), watch.run.cancellation());
            Written written = archive.finish();
            buffered.flush();
            file.sync();
            LOG.info(
                    "{}: {} of {} members are new",
                    watch.run.id(),
                    written.index().size() - archive.reused(),
                    written.index().size());
            return new Dump(tables, written.digest(), written.index());
        }
    }

    /** Opens an archive whose members can be copied; without one, all are made anew. */
    private Optional<ArchiveFile> known(Manifest last) {
        try {
            Optional<MemberIndex> index = folder.indexed(last).index();
            return index.isPresent()
                    ? Optional.of(ArchiveFile.open(folder.archive(last.id()), index.get()))
                    : Optional.empty();
        } catch (BackupException | IOException e) {
            LOG.warn("No member of {} can be used again: {}", last.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** That it could not be closed says nothing about the backup. */
    private static void close(Optional<ArchiveFile> known) {
        try {
            if (known.isPresent()) {
                known.get().close();
            }
        } catch (IOException e) {
            LOG.warn("The archive whose members were used again could not be closed: {}", BackupFolder.words(e));
        }
    }

    private Manifest manifest(Order order, Dump dump) {
        return new Manifest(
                Manifest.FORMAT,
                order.id,
                order.request.kind(),
                order.request.trigger(),
                order.request.slot(),
                order.started,
                ZonedDateTime.now(clock),
                order.info,
                dump.digest.contentBytes(),
                dump.digest.contentSha256(),
                dump.digest.archiveBytes(),
                dump.digest.archiveSha256(),
                dump.tables,
                productVersion);
    }

    /** What is known of a backup before its dump. */
    private record Order(BackupId id, CreateRequest request, ZonedDateTime started, SourceInfo info) {}

    private record Dump(List<TableContents> tables, ArchiveDigest digest, MemberIndex index) {}

    /** Who is told how far a dump is, as what, and out of how many bytes. */
    private record Watch(ActiveRun run, Phase phase, long expected) {}

    /** Tells the run how far the dump is, and the dump when the run is cancelled. */
    private static final class Watched extends FilterOutputStream {
        private final ArchiveWriter archive;
        private final Watch watch;

        Watched(ArchiveWriter archive, Watch watch) {
            super(archive);
            this.archive = archive;
            this.watch = watch;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            watch.run.goOn();
            out.write(buffer, offset, length);
            watch.run.at(watch.phase, archive.contentBytes(), watch.expected);
        }
    }
}

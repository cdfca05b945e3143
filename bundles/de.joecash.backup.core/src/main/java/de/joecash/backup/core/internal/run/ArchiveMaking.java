package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Phase;
import de.joecash.backup.core.internal.archive.ArchiveWriter;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.archive.Written;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one archive of a backup as a part, as fast as the till allows, and syncs it. */
final class ArchiveMaking {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMaking.class);

    private final BackupFolder folder;
    private final Compression compression;

    ArchiveMaking(BackupFolder folder, Compression compression) {
        this.folder = folder;
        this.compression = compression;
    }

    /**
     * Writes the content of an archive.
     *
     * @param <T> what is told of it
     */
    interface Content<T> {
        T write(OutputStream out) throws BackupException, IOException;
    }

    /** An archive that was written, and what was told of its content. */
    record Made<T>(T told, Written written) {}

    /** Which archive, and as of when its content is. */
    record Order(BackupId id, BackupArchive.Kind kind, Instant time) {}

    /** Who is told how far it is, as what, and out of how many bytes. */
    record Watch(ActiveRun run, Phase phase, long expected) {}

    <T> Made<T> make(Order order, Content<T> content, KnownArchives known, Watch watch)
            throws BackupException, IOException {
        ActiveRun run = watch.run;
        String name = order.id.value() + order.kind.contentEnding();
        try (GuardedFile file = new GuardedFile(folder.archivePart(order.id, order.kind), folder, run);
                OutputStream buffered = new BufferedOutputStream(file, 1 << 16);
                ArchiveWriter archive = new ArchiveWriter(
                        buffered, name, order.time, compression.hurriedWhen(run::slowed), known.of(order.kind))) {
            T told = content.write(run.paced(new Watched(archive, watch)));
            Written written = archive.finish();
            buffered.flush();
            file.sync();
            LOG.info(
                    "{}: {} of {} members of {} are new",
                    run.id(),
                    written.index().size() - archive.reused(),
                    written.index().size(),
                    name);
            return new Made<>(told, written);
        }
    }

    /** Tells the run how far it is, and whoever writes when the run is cancelled. */
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

package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loads a backup that was verified into an empty database, and compares what is in it then with the manifest. */
public final class Loading {
    private final BackupFolder folder;
    private final Catalogue catalogue;
    private final Reserve reserve;

    /**
     * Loads backups of one catalogue.
     *
     * @param folder where it is
     * @param reserve what stays free on the disks of the database
     */
    public Loading(Catalogue catalogue, BackupFolder folder, Reserve reserve) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.reserve = reserve;
    }

    /**
     * Refuses early what cannot work.
     *
     * @throws BackupException {@code SignerUnknown}, {@code WrongSource} or {@code NoSpace}
     */
    void require(Manifest manifest, Source source) throws BackupException, IOException {
        catalogue.requireTrusted(manifest);
        String kind = source.info().kind();
        if (!kind.equals(manifest.source().kind())) {
            throw new BackupException(new Problem.WrongSource(manifest.source().kind(), kind));
        }
        requireSpace(source, manifest.contentBytes());
    }

    /** Refuses where a disk of the database would fall below its reserve. */
    void requireSpace(Source source, long more) throws BackupException, IOException {
        for (Path directory : source.directories()) {
            reserve.require(directory, more);
        }
    }

    /** Loads and compares. */
    void into(RestoreTarget target, Manifest manifest, ActiveRun run) throws BackupException, IOException {
        load(manifest, target, run);
        run.at(Phase.COMPARING, 0, manifest.contentBytes());
        OutputStream reading = run.paced(new Watched(run, manifest.contentBytes()));
        compare(manifest, target.contents(reading, run.cancellation()));
    }

    private void load(Manifest manifest, RestoreTarget target, ActiveRun run) throws BackupException, IOException {
        BackupArchive database = BackupArchive.of(manifest).get(0);
        try (ArchiveInput dump =
                Verification.open(folder.archive(database), database, folder.indexed(manifest), run, Phase.LOADING)) {
            target.load(dump, run.cancellation());
            if (!dump.finish().contentSha256().equals(manifest.contentSha256())) {
                throw new BackupException(
                        new Problem.ArchiveDamaged(manifest.id().value(), "it changed while it was loaded"));
            }
        }
    }

    /** Compares table by table; both sides name each table once. */
    private static void compare(Manifest manifest, List<TableContents> loaded) throws BackupException {
        Map<String, TableContents> found = new LinkedHashMap<>();
        loaded.forEach(table -> found.put(table.name(), table));
        List<String> differences = new ArrayList<>();
        for (TableContents expected : manifest.tables()) {
            TableContents actual = found.remove(expected.name());
            if (!expected.equals(actual)) {
                differences.add(
                        expected.name() + ": " + expected.rows() + " -> " + (actual == null ? 0 : actual.rows()));
            }
        }
        differences.addAll(found.keySet());
        if (!differences.isEmpty()) {
            throw new BackupException(new Problem.ContentsDiffer(manifest.id().value(), differences));
        }
    }

    /** Takes what is read while it is compared, and tells the run how far that is. */
    private static final class Watched extends OutputStream {
        private final ActiveRun run;
        private final long expected;
        private long read;

        Watched(ActiveRun run, long expected) {
            this.run = run;
            this.expected = expected;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            run.goOn();
            read += length;
            run.at(Phase.COMPARING, read, expected);
        }
    }
}

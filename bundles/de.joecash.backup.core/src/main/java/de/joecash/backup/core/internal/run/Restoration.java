package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Restores a backup: verified whole, loaded into a side database, compared with the manifest there; then a safety
 * backup of the live database; and only then put in its place. The safety backup comes last so that it holds what was
 * sold while the side database was loaded.
 */
public final class Restoration {
    private final Verification verification;
    private final Creation creation;
    private final BackupFolder folder;
    private final Reserve reserve;

    /** Restores backups of one folder. */
    public Restoration(Verification verification, Creation creation, BackupFolder folder, Reserve reserve) {
        this.verification = verification;
        this.creation = creation;
        this.folder = folder;
        this.reserve = reserve;
    }

    /**
     * Restores a backup.
     *
     * @param into another, empty database, or empty for the live one
     */
    public Outcome.Succeeded perform(Backup backup, Optional<String> into, Source source, ActiveRun run)
            throws BackupException, IOException {
        Manifest manifest = backup.manifest();
        String kind = source.info().kind();
        if (!kind.equals(manifest.source().kind())) {
            throw new BackupException(new Problem.WrongSource(manifest.source().kind(), kind));
        }
        for (Path directory : source.directories()) {
            reserve.require(directory, manifest.contentBytes());
        }
        Backup verified = verification.perform(backup, run).backup();
        Set<Outcome.Proof> proven = EnumSet.of(Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL);
        try (RestoreTarget target = source.target(into)) {
            load(manifest, target, run);
            run.at(Phase.COMPARING, 0, 0);
            compare(manifest, target.contents(run.cancellation()));
            if (into.isEmpty()) {
                target.hold();
                creation.perform(
                        new CreateRequest(BackupKind.SAFETY, "restore", Optional.empty()), source, run, Phase.SAFETY);
                proven.add(Outcome.Proof.ACTIVATED);
            }
            run.cancellation().check();
            run.at(Phase.ACTIVATING, 0, 0);
            target.activate();
        }
        return new Outcome.Succeeded(verified, proven);
    }

    private void load(Manifest manifest, RestoreTarget target, ActiveRun run) throws BackupException, IOException {
        try (ArchiveInput dump =
                Verification.open(folder.archive(manifest.id()), folder.indexed(manifest), run, Phase.LOADING)) {
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
}

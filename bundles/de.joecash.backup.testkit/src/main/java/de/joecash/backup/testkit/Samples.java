package de.joecash.backup.testkit;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Loss;
import de.joecash.backup.Manifest;
import de.joecash.backup.Remark;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.Status;
import de.joecash.backup.TableContents;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Values for tests that are about something else. */
public final class Samples {
    private Samples() {}

    /**
     * Makes a good backup without copies.
     *
     * @param sequence its number
     * @param kind who wanted it
     * @param started when
     * @return the backup
     */
    public static Backup backup(long sequence, BackupKind kind, ZonedDateTime started) {
        return new Backup(
                manifest(sequence, kind, started), started.plusSeconds(9).toInstant(), Optional.empty(), List.of());
    }

    /**
     * Adds a copy.
     *
     * @param backup of what
     * @param copy the copy
     * @return the backup with it
     */
    public static Backup copied(Backup backup, Copy copy) {
        return backup.withCopies(List.of(copy));
    }

    /**
     * Adds the result of a drill.
     *
     * @param backup of what
     * @param result how it ended
     * @return the backup with it
     */
    public static Backup drilled(Backup backup, DrillResult result) {
        return backup.withDrill(result);
    }

    /**
     * Sets how much it holds.
     *
     * @param backup of what
     * @param rows of each of its tables
     * @return the backup with so many
     */
    public static Backup holding(Backup backup, long... rows) {
        Manifest all = backup.manifest();
        Manifest some = new Manifest(
                all.format(),
                all.id(),
                all.kind(),
                all.trigger(),
                all.slot(),
                all.started(),
                all.finished(),
                all.source(),
                all.contentBytes(),
                all.contentSha256(),
                all.archiveBytes(),
                all.archiveSha256(),
                IntStream.range(0, rows.length)
                        .mapToObj(i -> new TableContents("PUBLIC.T" + i, rows[i], "c".repeat(64)))
                        .toList(),
                all.productVersion());
        return new Backup(some, backup.provenAt(), backup.damage(), backup.copies(), backup.drill(), backup.remark());
    }

    /**
     * Adds what a person said.
     *
     * @param backup of what
     * @param remark what was said
     * @return the backup with it
     */
    public static Backup remarked(Backup backup, Remark remark) {
        return backup.withRemark(remark);
    }

    /**
     * Has the next backup hold much less.
     *
     * @param backup of what
     * @param rowsLeft how many rows it holds
     * @return the backup after which the database may have been lost
     */
    public static Backup beforeLoss(Backup backup, long rowsLeft) {
        Manifest next = manifest(
                backup.id().sequence() + 1,
                BackupKind.AUTOMATIC,
                backup.manifest().started());
        return backup.withLoss(Optional.of(new Loss(next.id(), rowsLeft)));
    }

    /**
     * Makes the status of a database that is safe, or would be had it lost nothing.
     *
     * @param at when
     * @param newest its newest backup, with a copy off the server
     * @param beforeLoss the last one before it may have been lost, or empty
     * @return the status
     */
    public static Status status(Instant at, Backup newest, Optional<Backup> beforeLoss) {
        return new Status(
                at,
                Optional.of(newest),
                false,
                Optional.of(newest),
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                DrillStatus.none(),
                beforeLoss,
                false);
    }

    /**
     * Makes a manifest.
     *
     * @param sequence its number
     * @param kind who wanted it
     * @param started when
     * @return the manifest
     */
    public static Manifest manifest(long sequence, BackupKind kind, ZonedDateTime started) {
        String id = String.format(
                "kasse1-%s-%06d",
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss").format(started), sequence);
        return new Manifest(
                Manifest.FORMAT,
                new BackupId(id),
                kind,
                "test",
                kind == BackupKind.AUTOMATIC ? Optional.of(started.toLocalDateTime()) : Optional.empty(),
                started,
                started.plusSeconds(9),
                new SourceInfo("kasse1", "h2", "2.5.252"),
                1_000_000,
                "a".repeat(64),
                200_000,
                "b".repeat(64),
                List.of(new TableContents("PUBLIC.RECEIPT", 50_000, "c".repeat(64))),
                "0.1.0");
    }
}

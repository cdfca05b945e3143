package de.joecash.backup;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a backup for good. It is written after the archive was synced, read back and found equal, and never
 * changed afterwards.
 *
 * @param format version of the manifest's format, {@link #FORMAT} here
 * @param id the backup
 * @param kind who wanted it
 * @param trigger what set it off: {@code page}, {@code shell}, {@code schedule}, {@code closing}, {@code restore} or
 *     the like
 * @param slot for a scheduled backup the local time it was due, else empty
 * @param started when the dump began, with the till's zone
 * @param finished when the archive was proven
 * @param source where it comes from
 * @param contentBytes length of the dump's text in bytes
 * @param contentSha256 digest of the dump's text, 64 lower-case hexadecimal digits: from format 2 on the SHA-256 of the
 *     SHA-256 of the archive's members, in their order; in format 1 the SHA-256 of the text
 * @param archiveBytes length of the {@code .gz} file in bytes
 * @param archiveSha256 SHA-256 of the {@code .gz} file
 * @param tables every table, in the order of the dump
 * @param productVersion version of the product that wrote it
 * @param keptFiles the files of kept folders, in an archive of their own; empty where none were kept, and before format
 *     3
 */
public record Manifest(
        int format,
        BackupId id,
        BackupKind kind,
        String trigger,
        Optional<LocalDateTime> slot,
        ZonedDateTime started,
        ZonedDateTime finished,
        SourceInfo source,
        long contentBytes,
        String contentSha256,
        long archiveBytes,
        String archiveSha256,
        List<TableContents> tables,
        String productVersion,
        Optional<KeptFiles> keptFiles) {
    /** The newest format this version reads, and the one that it writes; the first whose text is signed. */
    public static final int FORMAT = 4;

    /** The first format that may hold files of kept folders. */
    private static final int WITH_FILES = 3;

    /**
     * Checks the values and keeps a copy of the tables.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Manifest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(finished, "finished");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(productVersion, "productVersion");
        Objects.requireNonNull(keptFiles, "keptFiles");
        tables = List.copyOf(tables);
        boolean digests = contentSha256.matches("[0-9a-f]{64}") && archiveSha256.matches("[0-9a-f]{64}");
        boolean tooEarly = keptFiles.isPresent() && format < WITH_FILES;
        if (format < 1 || contentBytes < 0 || archiveBytes < 0 || !digests || tooEarly) {
            throw new IllegalArgumentException("Not the manifest of a backup: " + id);
        }
    }

    /**
     * Makes the manifest of a backup without files of kept folders.
     *
     * @param format as above
     * @param id as above
     * @param kind as above
     * @param trigger as above
     * @param slot as above
     * @param started as above
     * @param finished as above
     * @param source as above
     * @param contentBytes as above
     * @param contentSha256 as above
     * @param archiveBytes as above
     * @param archiveSha256 as above
     * @param tables as above
     * @param productVersion as above
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Manifest(
            int format,
            BackupId id,
            BackupKind kind,
            String trigger,
            Optional<LocalDateTime> slot,
            ZonedDateTime started,
            ZonedDateTime finished,
            SourceInfo source,
            long contentBytes,
            String contentSha256,
            long archiveBytes,
            String archiveSha256,
            List<TableContents> tables,
            String productVersion) {
        this(
                format,
                id,
                kind,
                trigger,
                slot,
                started,
                finished,
                source,
                contentBytes,
                contentSha256,
                archiveBytes,
                archiveSha256,
                tables,
                productVersion,
                Optional.empty());
    }

    /**
     * Names the archive's file.
     *
     * @return a plain file name, without a path
     */
    public String archiveName() {
        return id.value() + ".sql.gz";
    }

    /**
     * Names the file of the second archive, which holds the files of kept folders where there are any.
     *
     * @return a plain file name, without a path
     */
    public String filesArchiveName() {
        return id.value() + ".files.tar.gz";
    }

    /**
     * Adds up what the backup takes on a disk.
     *
     * @return length of its archives in bytes
     */
    public long storedBytes() {
        return archiveBytes + keptFiles.map(KeptFiles::archiveBytes).orElse(0L);
    }

    /**
     * Adds up what the tables held.
     *
     * @return number of rows, 0 or more; {@link Long#MAX_VALUE} for more than that
     */
    public long rows() {
        return tables.stream()
                .mapToLong(TableContents::rows)
                .reduce(0, (sum, rows) -> sum > Long.MAX_VALUE - rows ? Long.MAX_VALUE : sum + rows);
    }

    /**
     * Names the manifest's file.
     *
     * @return a plain file name, without a path
     */
    public String manifestName() {
        return id.value() + ".json";
    }
}

package de.joecash.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A backup in the catalogue.
 *
 * @param manifest what is known of it for good
 * @param provenAt when its archive was last read back whole and found equal
 * @param damage what was found wrong since, or empty: only then is the backup good
 * @param copies its copies outside the backup folder, oldest first
 * @param drill how its last drill ended; empty where none was made to its end
 * @param remark what a person said about it
 */
public record Backup(
        Manifest manifest,
        Instant provenAt,
        Optional<Problem> damage,
        List<Copy> copies,
        Optional<DrillResult> drill,
        Remark remark) {
    /** Checks that nothing is missing and keeps a copy of the copies. */
    public Backup {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(provenAt, "provenAt");
        Objects.requireNonNull(damage, "damage");
        copies = List.copyOf(copies);
        Objects.requireNonNull(drill, "drill");
        Objects.requireNonNull(remark, "remark");
    }

    /**
     * Makes one that nobody said anything about.
     *
     * @param manifest as above
     * @param provenAt as above
     * @param damage as above
     * @param copies as above
     * @param drill as above
     */
    public Backup(
            Manifest manifest,
            Instant provenAt,
            Optional<Problem> damage,
            List<Copy> copies,
            Optional<DrillResult> drill) {
        this(manifest, provenAt, damage, copies, drill, Remark.NONE);
    }

    /**
     * Makes one that was never drilled.
     *
     * @param manifest as above
     * @param provenAt as above
     * @param damage as above
     * @param copies as above
     */
    public Backup(Manifest manifest, Instant provenAt, Optional<Problem> damage, List<Copy> copies) {
        this(manifest, provenAt, damage, copies, Optional.empty());
    }

    /**
     * Names the backup.
     *
     * @return the manifest's id
     */
    public BackupId id() {
        return manifest.id();
    }

    /**
     * Says whether the backup is proven and nothing was found wrong since.
     *
     * @return whether it counts as a backup
     */
    public boolean good() {
        return damage.isEmpty();
    }

    /**
     * Says whether its last drill found that it cannot be restored, or that its books are wrong. Its archive may be
     * good all the same.
     *
     * @return whether the drill failed
     */
    public boolean drillFailed() {
        return drill.filter(result -> !result.passed()).isPresent();
    }
}

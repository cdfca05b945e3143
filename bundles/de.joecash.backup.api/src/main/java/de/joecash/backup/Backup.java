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
 * @param loss that a later backup of the live database held so much less that the database may have been lost in
 *     between; empty where none did, and once a person has seen it or what was lost was restored
 * @param live whether the live database grew out of it; not where another one was restored since, nor where another
 *     till made it, unless it is what was restored
 */
public record Backup(
        Manifest manifest,
        Instant provenAt,
        Optional<Problem> damage,
        List<Copy> copies,
        Optional<DrillResult> drill,
        Remark remark,
        Optional<Loss> loss,
        boolean live) {
    /** Checks that nothing is missing and keeps a copy of the copies. */
    public Backup {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(provenAt, "provenAt");
        Objects.requireNonNull(damage, "damage");
        copies = List.copyOf(copies);
        Objects.requireNonNull(drill, "drill");
        Objects.requireNonNull(remark, "remark");
        Objects.requireNonNull(loss, "loss");
    }

    /**
     * Makes one of the live database, after which nothing was lost.
     *
     * @param manifest as above
     * @param provenAt as above
     * @param damage as above
     * @param copies as above
     * @param drill as above
     * @param remark as above
     */
    public Backup(
            Manifest manifest,
            Instant provenAt,
            Optional<Problem> damage,
            List<Copy> copies,
            Optional<DrillResult> drill,
            Remark remark) {
        this(manifest, provenAt, damage, copies, drill, remark, Optional.empty(), true);
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
     * Says that it was read back and found equal.
     *
     * @param at when
     * @return this one, good and proven then
     */
    public Backup withProof(Instant at) {
        return new Backup(manifest, at, Optional.empty(), copies, drill, remark, loss, live);
    }

    /**
     * Says what was found wrong.
     *
     * @param found what is wrong
     * @return this one, damaged
     */
    public Backup withDamage(Problem found) {
        return new Backup(manifest, provenAt, Optional.of(found), copies, drill, remark, loss, live);
    }

    /**
     * Says where its copies are.
     *
     * @param others oldest first
     * @return this one with these copies alone
     */
    public Backup withCopies(List<Copy> others) {
        return new Backup(manifest, provenAt, damage, others, drill, remark, loss, live);
    }

    /**
     * Says how its last drill ended.
     *
     * @param result how
     * @return this one with that
     */
    public Backup withDrill(DrillResult result) {
        return new Backup(manifest, provenAt, damage, copies, Optional.of(result), remark, loss, live);
    }

    /**
     * Says what a person said.
     *
     * @param said what
     * @return this one with that
     */
    public Backup withRemark(Remark said) {
        return new Backup(manifest, provenAt, damage, copies, drill, said, loss, live);
    }

    /**
     * Says whether the database may have been lost after it.
     *
     * @param seen what was seen, or empty
     * @return this one with that
     */
    public Backup withLoss(Optional<Loss> seen) {
        return new Backup(manifest, provenAt, damage, copies, drill, remark, seen, live);
    }

    /**
     * Says whether the live database grew out of it.
     *
     * @param ancestor whether it did
     * @return this one with that
     */
    public Backup withLive(boolean ancestor) {
        return new Backup(manifest, provenAt, damage, copies, drill, remark, loss, ancestor);
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

    /**
     * Says whether it stays wherever it is, here, at a data centre and on a medium: a person wants to keep it for ever,
     * or it may be the last of a database that was lost.
     *
     * @return whether retention passes it over
     */
    public boolean stays() {
        return remark.kept() || loss.isPresent();
    }
}

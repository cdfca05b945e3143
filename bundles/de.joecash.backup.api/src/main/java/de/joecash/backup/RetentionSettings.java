package de.joecash.backup;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which backups are kept in the backup folder, to be looked at and changed. There also while the core is not.
 * Thread-safe.
 */
@ProviderType
public interface RetentionSettings {
    /**
     * Says by what rules backups are kept.
     *
     * @return those in force
     */
    RetentionRules rules();

    /**
     * Says what the next manual or automatic backup would remove by other rules, and why the rest would stay. Removes
     * nothing. One more goes where the last good one of a kind stays as that alone, and the next backup is of that
     * kind. By the rules in force, what goes is what {@link BackupService#goingNext} names.
     *
     * @param rules in force or not
     * @param listed all that {@link BackupService#list} gave, in any order
     * @return one entry for each of them
     */
    Map<BackupId, Fate> preview(RetentionRules rules, List<Backup> listed);

    /**
     * Has backups kept by other rules, and keeps that over restarts. Removes nothing: that is for the next manual or
     * automatic backup to do. A run that is under way goes on.
     *
     * @param rules from now on
     * @throws BackupException {@code Unexpected} if they cannot be kept
     */
    void change(RetentionRules rules) throws BackupException;
}

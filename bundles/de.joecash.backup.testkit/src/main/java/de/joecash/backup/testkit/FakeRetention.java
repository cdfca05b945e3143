package de.joecash.backup.testkit;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.Fate;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.RetentionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Retention that knows two rules: what a person keeps for ever, and of the others the first that are listed, stays. */
public final class FakeRetention implements RetentionSettings {
    private volatile RetentionRules rules = new RetentionRules(30, 3);

    /** Creates one that keeps 30, and 3 safety ones. */
    public FakeRetention() {}

    @Override
    public RetentionRules rules() {
        return rules;
    }

    @Override
    public Map<BackupId, Fate> preview(RetentionRules others, List<Backup> listed) {
        Map<BackupId, Fate> fates = new HashMap<>();
        for (Backup backup : listed) {
            long newest = fates.values().stream().filter(Fate.NEWEST::equals).count();
            fates.put(
                    backup.id(),
                    backup.remark().kept() ? Fate.FOR_EVER : newest < others.keep() ? Fate.NEWEST : Fate.GOES);
        }
        return fates;
    }

    @Override
    public void change(RetentionRules others) {
        rules = others;
    }
}

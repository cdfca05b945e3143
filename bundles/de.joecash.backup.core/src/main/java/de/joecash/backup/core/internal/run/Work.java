package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.Outcome;
import java.io.IOException;

/** What a run does. */
@FunctionalInterface
public interface Work {
    /**
     * Does it.
     *
     * @param run takes progress and gives the cancellation
     * @return what was achieved
     * @throws BackupException why it was not
     * @throws IOException why it was not; may carry a {@link StoppedException}
     */
    Outcome.Succeeded perform(ActiveRun run) throws BackupException, IOException;

    /** Performs the work and says how it went; throws nothing. */
    default Outcome outcome(ActiveRun run) {
        return Failures.outcome(run, this);
    }
}

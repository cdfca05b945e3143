package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what goes wrong in a run becomes its outcome, and is logged. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger("de.joecash.backup.run");

    private Failures() {}

    static Outcome outcome(ActiveRun run, Work work) {
        LOG.info("{}: {} begins", run.id(), run.kind());
        try {
            Outcome.Succeeded succeeded = work.perform(run);
            LOG.info(
                    "{}: {} of {} succeeded, proven: {}",
                    run.id(),
                    run.kind(),
                    succeeded.backup().id(),
                    succeeded.proven());
            return succeeded;
        } catch (BackupException e) {
            return failed(run, e);
        } catch (IOException e) {
            return failed(
                    run,
                    e.getCause() instanceof BackupException carried
                            ? carried
                            : new BackupException(new Problem.Unexpected(BackupFolder.words(e)), e));
        } catch (RuntimeException | Error e) {
            // A bundle may be gone under a run that outlived it: NoClassDefFoundError. The run must end all the same.
            return failed(run, new BackupException(new Problem.Unexpected(e.toString()), e));
        }
    }

    /** The problem that is thrown; a stream, of ours or of a destination, can carry one only as a cause. */
    static Optional<Problem> problem(Exception e) {
        Throwable thrown = e instanceof IOException ? e.getCause() : e;
        return thrown instanceof BackupException named ? Optional.of(named.problem()) : Optional.empty();
    }

    private static Outcome failed(ActiveRun run, BackupException e) {
        boolean expected = e.problem() instanceof Problem.Cancelled
                || e.problem() instanceof Problem.Stopping
                || e.problem() instanceof Problem.NoDatabase;
        if (expected) {
            LOG.info("{}: {} ended: {}", run.id(), run.kind(), e.problem().code());
        } else {
            LOG.warn("{}: {} failed: {}", run.id(), run.kind(), e.getMessage(), e.getCause());
        }
        return new Outcome.Failed(e.problem());
    }
}

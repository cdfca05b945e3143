package de.joecash.backup;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Something the core is doing. Thread-safe; may be kept after its end. */
@ProviderType
public interface Run {
    /** What a run does. */
    enum Kind {
        /** Makes a backup. */
        CREATE,
        /** Reads a backup back. */
        VERIFY,
        /** Restores a backup. */
        RESTORE,
        /** Restores a backup into a scratch database, compares it there and throws it away. */
        DRILL,
        /** Sends a backup to a destination, once; what did not arrive waits in the queue. */
        SEND,
        /** Fetches a backup from a destination. */
        FETCH
    }

    /**
     * Names the run.
     *
     * @return unique among the runs of one start of the core; stands in the run's log lines
     */
    String id();

    /**
     * Says what the run does.
     *
     * @return its kind
     */
    Kind kind();

    /**
     * Names the backup it is about.
     *
     * @return empty for a create run until its archive has a name, and for a refused run without one
     */
    Optional<BackupId> backup();

    /**
     * Says how far it is.
     *
     * @return the state at this instant
     */
    Progress progress();

    /**
     * Gives the end.
     *
     * @return completes normally, always, on one of the core's threads; add no slow or blocking stages to it
     */
    CompletionStage<Outcome> outcome();

    /**
     * Asks the run to stop; it ends soon as {@link Problem.Cancelled}, or as it would have where it was all but over.
     */
    void cancel();
}

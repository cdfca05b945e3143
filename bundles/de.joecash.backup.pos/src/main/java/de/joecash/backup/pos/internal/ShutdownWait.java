package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupService;
import de.joecash.backup.Outcome;
import de.joecash.pos.closing.Closing;
import de.joecash.pos.closing.ClosingParticipant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets what is under way end before the machine goes off, within the host's limit. Starts nothing. */
@Component
public final class ShutdownWait implements ClosingParticipant {
    private final BackupService backups;

    /** Creates the participant. */
    @Activate
    public ShutdownWait(@Reference BackupService backups) {
        this.backups = backups;
    }

    @Override
    public CompletionStage<?> closing(Closing closing) {
        CompletionStage<Outcome> nothing = CompletableFuture.completedStage(null);
        return closing.reason() == Closing.Reason.SHUTDOWN
                ? backups.current().map(run -> run.outcome()).orElse(nothing)
                : nothing;
    }
}

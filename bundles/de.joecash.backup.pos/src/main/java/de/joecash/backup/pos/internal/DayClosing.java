package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupKind;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.pos.closing.Closing;
import de.joecash.pos.closing.ClosingParticipant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes an automatic backup when the day is closed, for in many shops the power goes off soon after. */
@Component(name = "de.joecash.backup.pos.closing", property = Plus.REQUIRED)
public final class DayClosing implements ClosingParticipant {
    private static final String TRIGGER = "closing";

    /** So often a run that was under way already is waited for: it does not hold the whole day. */
    private static final int JOINS = 2;

    private final BackupService backups;

    /** Creates the participant. */
    @Activate
    public DayClosing(@Reference BackupService backups) {
        this.backups = backups;
    }

    @Override
    public CompletionStage<?> closing(Closing closing) {
        return closing.reason() == Closing.Reason.DAY_CLOSED ? backUp(JOINS) : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Outcome> backUp(int joins) {
        return backups.create(new CreateRequest(BackupKind.AUTOMATIC, TRIGGER, Optional.empty()))
                .outcome()
                .thenCompose(outcome ->
                        joins > 0 && joined(outcome) ? backUp(joins - 1) : CompletableFuture.completedStage(outcome));
    }

    private static boolean joined(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded succeeded
                && !succeeded.backup().manifest().trigger().equals(TRIGGER);
    }
}

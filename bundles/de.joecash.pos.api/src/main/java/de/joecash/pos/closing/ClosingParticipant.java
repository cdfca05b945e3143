package de.joecash.pos.closing;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Wants to finish something when the business day is closed or the machine is shut down.
 *
 * <p>A plug-in registers it as an OSGi service. The host tells every participant at the same time, and goes on when all
 * are done or the limit is over, whichever comes first.
 *
 * <pre>{@code
 * List<CompletableFuture<?>> all = new ArrayList<>();
 * for (ClosingParticipant participant : participants) {
 *     all.add(participant.closing(new Closing(Closing.Reason.DAY_CLOSED, clock.instant().plusSeconds(60)))
 *             .toCompletableFuture());
 * }
 * CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).completeOnTimeout(null, 60, SECONDS).join();
 * }</pre>
 */
@ConsumerType
public interface ClosingParticipant {
    /**
     * Is told of the closing. Returns at once; the work is done on the participant's own threads.
     *
     * @param closing why, and until when the host waits
     * @return completes when the participant is done; how it completes does not matter to the host
     */
    CompletionStage<?> closing(Closing closing);
}

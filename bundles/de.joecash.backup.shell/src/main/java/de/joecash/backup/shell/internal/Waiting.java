package de.joecash.backup.shell.internal;

import de.joecash.backup.Outcome;
import de.joecash.backup.Progress;
import de.joecash.backup.Run;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a run's end and says meanwhile how far it is. An interrupt ends the waiting, never the run.
 *
 * @param silence how long nothing is said
 * @param interval from one line to the next
 */
record Waiting(Duration silence, Duration interval) {
    Outcome await(Run run, PrintStream out, Texts texts) throws CommandFailed {
        CompletableFuture<Outcome> end = run.outcome().toCompletableFuture();
        Duration patience = silence;
        try {
            while (true) {
                try {
                    return end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    out.println(line(run, texts));
                    out.flush();
                    patience = interval;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(texts.get("wait.ended", run.id()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("A run's outcome completes normally", e);
        }
    }

    private static String line(Run run, Texts texts) {
        Progress progress = run.progress();
        String share = progress.share().isPresent()
                ? String.format(
                        texts.locale(), "  %3.0f %%", 100 * progress.share().getAsDouble())
                : "";
        return String.format(
                "  %-34s %12s%s", texts.get("phase." + progress.phase()), texts.size(progress.bytes()), share);
    }
}

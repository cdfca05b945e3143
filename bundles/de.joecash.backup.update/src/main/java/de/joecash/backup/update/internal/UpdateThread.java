package de.joecash.backup.update.internal;

import de.joecash.backup.update.internal.apply.LastUpdate;
import de.joecash.backup.update.internal.apply.Progress;
import de.joecash.backup.update.internal.apply.StoppedException;
import de.joecash.backup.update.internal.apply.Stopping;
import de.joecash.backup.update.internal.apply.Updater;
import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetRefused;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that changes bundles; there while something is to do. Thread-safe. */
final class UpdateThread {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateThread.class);
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(4);

    private final Updater updater;
    private final Stopping stopping;
    private Optional<Thread> working = Optional.empty();

    UpdateThread(Updater updater, Stopping stopping) {
        this.updater = updater;
        this.stopping = stopping;
    }

    /** Puts back what was cut off, and says so in the log. */
    void recover() {
        Texts texts = Texts.current();
        start(() -> {
            try {
                Optional<LastUpdate> end = updater.recover((key, words) -> LOG.warn("{}", texts.get(key, words)));
                end.ifPresent(last -> LOG.warn("{}", texts.ended(last)));
            } catch (StoppedException e) {
                LOG.info("Stopped while an earlier update is taken back; the next start goes on");
            } catch (RuntimeException | Error e) {
                LOG.error("Taking an earlier update back came upon an error of its own; the next start tries again", e);
            }
        });
    }

    /** Installs a set. */
    CompletableFuture<LastUpdate> update(Path file, Progress progress) {
        CompletableFuture<LastUpdate> end = new CompletableFuture<>();
        Texts texts = Texts.current();
        Progress told = (key, words) -> {
            LOG.info("{}", texts.get(key, words));
            progress.tell(key, words);
        };
        boolean begun = start(() -> {
            try {
                LastUpdate last = updater.update(file, told);
                LOG.info("{}", texts.ended(last));
                end.complete(last);
            } catch (SetRefused | StoppedException e) {
                LOG.info("The set is not installed: {}", e.getMessage());
                end.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                LOG.error("The update came upon an error of its own", e);
                end.completeExceptionally(e);
            }
        });
        if (!begun) {
            end.completeExceptionally(new SetRefused(Refusal.BUSY));
        }
        return end;
    }

    private synchronized boolean start(Runnable work) {
        if (isBusy()) {
            return false;
        }
        Thread thread = new Thread(
                () -> {
                    work.run();
                    updater.finish();
                },
                "joecash-backup-update");
        thread.setDaemon(true);
        working = Optional.of(thread);
        thread.start();
        return true;
    }

    synchronized boolean isBusy() {
        return working.map(Thread::isAlive).orElse(false);
    }

    private synchronized Optional<Thread> working() {
        return working;
    }

    /** Tells it to stop and waits for that, but for the thread itself, which may be replacing its own bundle. */
    void stop() {
        stopping.tell();
        Optional<Thread> thread = working().filter(one -> one != Thread.currentThread());
        try {
            if (thread.isPresent()) {
                thread.get().join(PATIENCE_MILLIS);
                if (thread.get().isAlive()) {
                    LOG.error("The thread that updates does not end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tool at work: a child process that is ended when it is cancelled, when it makes no progress, and when this is
 * closed. The thread that reads from it or writes to it is never interrupted; the end of the child ends its wait. Used
 * by one thread at a time.
 */
public final class ToolRun implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ToolRun.class);

    private static final long LOOK_MILLIS = 100;
    /** How long a tool may take to tell its server, before it is killed. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private static final long ERRORS_WITHIN_SECONDS = 2;
    private static final int KILL = 9;
    /** What the exit code of a process is above where a signal ended it (the number of the signal is added). */
    private static final int SIGNAL = 128;

    private static final int KEPT_OF_ERRORS = 16 * 1024;

    private final Tool tool;
    private final SecretFile secret;
    private final Function<String, Problem> words;
    private final Cancellation cancellation;
    private final long stallNanos;
    private final Process process;
    private final CompletableFuture<String> errors = new CompletableFuture<>();
    private final ScheduledExecutorService watchdog;
    private final ScheduledFuture<?> looking;
    private final Cancellation.Registration registration;
    private volatile OptionalLong waitingSince = OptionalLong.empty();
    private volatile OptionalLong endingSince = OptionalLong.empty();
    private volatile boolean stalled;

    /**
     * Starts a tool.
     *
     * @param tool what is started
     * @param builder how; its input and standard error are piped
     * @param secret what it reads its password from; closed with this
     * @param cancellation ends it
     * @param stall how long it may let us wait
     * @param words turns what it said into a problem
     * @throws IOException if it cannot be started; the secret is gone then, too
     */
    public ToolRun(
            Tool tool,
            ProcessBuilder builder,
            SecretFile secret,
            Cancellation cancellation,
            Duration stall,
            Function<String, Problem> words)
            throws IOException {
        this.tool = tool;
        this.secret = secret;
        this.cancellation = cancellation;
        this.words = words;
        stallNanos = stall.toNanos();
        try {
            process = builder.start();
        } catch (IOException e) {
            secret.close();
            throw e;
        }
        daemon(this::drain).start();
        watchdog = Executors.newSingleThreadScheduledExecutor(ToolRun::daemon);
        looking = watchdog.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        registration = cancellation.onCancel(this::end);
    }

    /**
     * Prepares a tool with nothing of this process's environment but where its home is: there may be secrets in it.
     *
     * @param command the tool and its arguments
     * @return whose environment may be added to
     */
    public static ProcessBuilder prepare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String home = environment.get("HOME");
        environment.clear();
        Optional.ofNullable(home).ifPresent(path -> environment.put("HOME", path));
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LC_ALL", "C");
        return builder;
    }

    private static Thread daemon(Runnable action) {
        Thread thread = new Thread(action, "joecash-tool");
        thread.setDaemon(true);
        return thread;
    }

    /** Keeps the first of what it says and takes the rest, so that it never waits for a reader. */
    private void drain() {
        StringBuilder kept = new StringBuilder();
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getErrorStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int room = Math.min(length, KEPT_OF_ERRORS - kept.length());
                kept.append(new String(buffer, 0, room, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            kept.append('\n').append(e.getMessage());
        }
        errors.complete(kept.toString());
    }

    /** Asks it to end; {@link #look} does not ask. */
    private void end() {
        if (endingSince.isEmpty()) {
            endingSince = OptionalLong.of(System.nanoTime());
            // What a wrapper started would hold our streams open. Not Process.destroy(): that closes them under their
            // reader.
            process.descendants().forEach(ProcessHandle::destroy);
            process.toHandle().destroy();
        }
    }

    private void look() {
        OptionalLong ending = endingSince;
        if (ending.isPresent() && System.nanoTime() - ending.getAsLong() > GRACE_NANOS) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
        }
        OptionalLong waiting = waitingSince;
        if (waiting.isPresent() && System.nanoTime() - waiting.getAsLong() > stallNanos) {
            stalled = true;
            end();
        }
    }

    /**
     * Reads what it writes.
     *
     * @param buffer takes it
     * @return how many bytes; -1 at the end, however that came
     */
    public int read(byte[] buffer) {
        waitingSince = OptionalLong.of(System.nanoTime());
        try {
            return process.getInputStream().read(buffer);
        } catch (IOException e) {
            return -1;
        } finally {
            waitingSince = OptionalLong.empty();
        }
    }

    /**
     * Writes what it reads.
     *
     * @param bytes hold it
     * @param offset where it begins in them
     * @param length how many bytes it has
     * @throws BackupException if it has ended; with the reason
     */
    public void write(byte[] bytes, int offset, int length) throws BackupException {
        waitingSince = OptionalLong.of(System.nanoTime());
        try {
            process.getOutputStream().write(bytes, offset, length);
            process.getOutputStream().flush();
        } catch (IOException e) {
            finish();
            throw new BackupException(words.apply("it took no more"), e);
        } finally {
            waitingSince = OptionalLong.empty();
        }
    }

    /**
     * Lets it come to its end.
     *
     * @throws BackupException if it failed, stalled or was cancelled
     */
    public void finish() throws BackupException {
        waitingSince = OptionalLong.of(System.nanoTime());
        closeQuietly(process.getOutputStream());
        process.onExit().join();
        waitingSince = OptionalLong.empty();
        String said = errors.completeOnTimeout("", ERRORS_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join();
        cancellation.check();
        if (stalled) {
            throw new BackupException(new Problem.ToolStalled(tool.name()));
        }
        if (process.exitValue() == SIGNAL + KILL) {
            throw new BackupException(new Problem.ToolKilled(tool.name()));
        }
        if (process.exitValue() != 0) {
            throw new BackupException(words.apply(said));
        }
    }

    /** Ends it, if it has not ended, without letting it see the end of its input. */
    @Override
    public void close() {
        registration.close();
        if (process.isAlive()) {
            end();
            process.onExit().join();
        }
        looking.cancel(false);
        watchdog.shutdown();
        secret.close();
        closeQuietly(process.getInputStream());
        closeQuietly(process.getOutputStream());
    }

    /** Of a tool that has ended; what it did not read is of no use any more. */
    private static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOGGER.debug("A stream of a tool that has ended", e);
        }
    }
}

package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import java.io.ByteArrayOutputStream;

/**
 * What a tool shall run: kept in memory until it is handed on, by a tool that is started when there is something. Used
 * by one thread at a time.
 */
public final class ToolFeed implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Start start;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER);
    private ToolRun run;

    /** Starts a tool. */
    public interface Start {
        /**
         * Starts it.
         *
         * @return closed by the feed
         * @throws BackupException if it cannot be started
         */
        ToolRun start() throws BackupException;
    }

    /**
     * Creates a feed.
     *
     * @param start called once at most
     */
    public ToolFeed(Start start) {
        this.start = start;
    }

    /**
     * Keeps a part.
     *
     * @param bytes hold it
     * @param offset where it begins in them
     * @param length how many bytes it has
     */
    public void write(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
    }

    /**
     * Hands on what is kept.
     *
     * @throws BackupException if the tool cannot be started, or has ended
     */
    public void flush() throws BackupException {
        if (buffer.size() == 0) {
            return;
        }
        if (run == null) {
            run = start.start();
        }
        byte[] bytes = buffer.toByteArray();
        buffer.reset();
        run.write(bytes, 0, bytes.length);
    }

    /**
     * Hands on the rest and lets the tool come to its end.
     *
     * @throws BackupException if it failed, stalled or was cancelled
     */
    public void finish() throws BackupException {
        flush();
        if (run != null) {
            run.finish();
        }
    }

    /** Ends the tool; what it did not commit is gone. */
    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
    }
}

package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What H2 writes its script to. Passes the text on, and to the scanner. Whatever goes wrong here reaches H2 only as an
 * {@link IOException}, which ends its statement and nothing else; {@link #rethrow} gives what it really was.
 */
final class DumpStream extends OutputStream {
    private final OutputStream out;
    private final ContentsScanner scanner;
    private final Cancellation cancellation;
    private Throwable failure;

    DumpStream(OutputStream out, ContentsScanner scanner, Cancellation cancellation) {
        this.out = out;
        this.scanner = scanner;
        this.cancellation = cancellation;
    }

    /** Throws what the stream, the scanner or the cancellation threw; the very same object where it was the stream. */
    void rethrow() throws IOException, BackupException {
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof BackupException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // Nothing of ours may unwind through the host's database.
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure == null) {
            try {
                cancellation.check();
                out.write(bytes, offset, length);
                scanner.accept(bytes, offset, length);
            } catch (Refusal e) {
                failure = new BackupException(new Problem.DumpFailed(Dump.NOT_RESTORABLE + e.getMessage()), e);
            } catch (IOException | BackupException | RuntimeException | Error e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new IOException("The dump was given up");
        }
    }
}

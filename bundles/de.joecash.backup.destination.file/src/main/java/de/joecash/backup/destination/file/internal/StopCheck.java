package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;

/** Whether to go on: the plug-in is not being stopped, and nobody has cancelled. */
record StopCheck(Cancellation stopping, Cancellation cancellation) {
    void check() throws BackupException {
        cancellation.check();
        stopping.check();
    }

    /** As {@link #check}, for streams: the reason is the cause. */
    void checkStream() throws IOException {
        try {
            check();
        } catch (BackupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** One file's way onto a medium, in one piece: written as {@code .part}, synced, renamed, synced again, read back. */
record Publication(Medium medium, MediumCheck check, StopCheck stop) {
    void publish(Path file, Content content, LongConsumer sent) throws BackupException, IOException {
        PartFile part = new PartFile(medium, check, stop, file);
        part.refuseTaken();
        boolean proven = false;
        try (InputStream in = content.open()) {
            part.removeLeftOver();
            new LeftOvers(medium).requireRoom(content.bytes());
            part.write(in, content.bytes(), sent);
            stop.check();
            part.publish();
            syncFolder();
            prove(part, content);
            proven = true;
        } finally {
            if (!proven) {
                part.remove();
            }
        }
    }

    private static void prove(PartFile part, Content content) throws BackupException, IOException {
        try (InputStream in = content.open()) {
            part.prove(in, content.bytes());
        }
    }

    void syncFolder() throws BackupException {
        try {
            Sync.directory(medium.folder());
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }
}

package de.joecash.backup.core.internal.seal;

import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The public halves of the owner's keys. A text file in the form that {@code age -R} reads: one a line, lines that
 * begin with {@code #} are remarks. Thread-safe.
 */
final class OwnerRecipients {
    private static final String FILE = "recipients";
    private static final long MAX_BYTES = 1 << 16;

    private final Path file;

    /** Takes those in a directory. */
    OwnerRecipients(Path directory) {
        file = directory.resolve(FILE);
    }

    /**
     * Lists them.
     *
     * @throws IOException if the file cannot be read, or holds what is no recipient: to seal to fewer than were meant
     *     would be found out on the worst day
     */
    synchronized Recipients list() throws IOException {
        try {
            return Recipients.of(
                    lines().stream().filter(line -> !line.startsWith("#")).toList());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Adds one behind, synced. */
    synchronized void add(String recipient, Instant when) throws IOException {
        Recipients unused = list().and(new Recipients(List.of(recipient)));
        List<String> lines = new ArrayList<>(lines());
        lines.add("# recovery sheet of " + when);
        lines.add(recipient);
        SyncedFiles.replace(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("too long");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}

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
 * Whose manifests are taken for true here besides this till's own: those that a person confirmed. A text file, one a
 * line: the fingerprint, and when it was confirmed. Read anew each time it is asked, so that an administrator may edit
 * it; a line that is none trusts nobody. Thread-safe.
 */
final class TrustedSigners {
    private static final String FILE = "trusted";
    private static final long MAX_BYTES = 1 << 16;

    private final Path file;

    /** Takes those in a directory. */
    TrustedSigners(Path directory) {
        file = directory.resolve(FILE);
    }

    /** Lists those that were confirmed, in that order. */
    synchronized List<Fingerprint> list() throws IOException {
        return lines().stream()
                .map(line -> line.split("\\s+", 2)[0])
                .flatMap(text -> Fingerprint.typed(text).stream())
                .distinct()
                .toList();
    }

    /** Adds one, synced. One that is trusted already changes nothing. */
    synchronized void add(Fingerprint signer, Instant when) throws IOException {
        if (!list().contains(signer)) {
            List<String> lines = new ArrayList<>(lines());
            lines.add(signer + " " + when);
            SyncedFiles.replace(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
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

package de.joecash.pos.reference.internal.till;

import de.joecash.pos.reference.internal.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The till's directory. Databases are called {@code till-<n>}; the file {@code current} names the one in use, and
 * replacing it is the one step that swaps databases. The file {@code seeded} beside the directory says that this till
 * has had receipts, so that a directory that was lost is not taken for a new till.
 */
final class TillFiles {
    private static final Pattern DATABASE = Pattern.compile("till-([0-9]{1,9})(\\..*)?");

    private final Path directory;
    private final Path current;
    private final Path seeded;
    private final AtomicLong lastUsed = new AtomicLong();

    TillFiles(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.current = this.directory.resolve("current");
        this.seeded = this.directory.resolveSibling("seeded");
        for (Path file : files()) {
            Matcher matcher = DATABASE.matcher(file.getFileName().toString());
            if (matcher.matches()) {
                lastUsed.accumulateAndGet(Long.parseLong(matcher.group(1)), Math::max);
            }
        }
    }

    Path directory() {
        return directory;
    }

    Path password() {
        return directory.resolve("password");
    }

    Path database(String name) {
        return directory.resolve(name);
    }

    String unusedName() {
        return "till-" + lastUsed.incrementAndGet();
    }

    /** Gives what the pointer says; empty where it is missing or unreadable. */
    Optional<Pointer> pointer() throws IOException {
        return DurableFile.read(current).flatMap(Pointer::parse);
    }

    void point(Pointer pointer) throws IOException {
        DurableFile.write(current, pointer.text());
        if (pointer.state() == Pointer.State.SELLING && Files.notExists(seeded)) {
            DurableFile.write(seeded, "This till has had receipts; it is not filled with made-up ones again.\n");
        }
    }

    /** Says whether this till never had receipts. */
    boolean isNew() throws IOException {
        return Files.notExists(seeded)
                && Files.notExists(current)
                && databases().isEmpty();
    }

    /** Removes what a swap or a restore left when it was cut off: every database but one. */
    void sweep(String keep) throws IOException {
        for (Path file : databases()) {
            if (!belongsTo(file, keep)) {
                Files.deleteIfExists(file);
            }
        }
    }

    void remove(String name) throws IOException {
        for (Path file : databases()) {
            if (belongsTo(file, name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Renames databases that cannot be used, so that nothing is thrown away and nothing stands in the way. */
    void setAside(Instant now) throws IOException {
        for (Path file : databases()) {
            Files.move(file, directory.resolve("damaged-" + now.toEpochMilli() + "-" + file.getFileName()));
        }
    }

    private List<Path> databases() throws IOException {
        return files().stream()
                .filter(file -> DATABASE.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static boolean belongsTo(Path file, String name) {
        return file.getFileName().toString().startsWith(name + ".");
    }
}

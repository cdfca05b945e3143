package de.joecash.pos.reference.internal.till;

import de.joecash.pos.reference.internal.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the till writes down about its databases, whatever their kind. The file {@code current} in its directory names
 * the one in use, and replacing it is the one step that swaps databases. Two files lie beside the directory, so that a
 * directory that was lost is not taken for a new till: {@code seeded} says that this till has had receipts, and
 * {@code database} on which server its databases are.
 */
final class TillRecord {
    private final Path directory;
    private final Path current;
    private final Path seeded;
    private final Path server;

    TillRecord(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.current = this.directory.resolve("current");
        this.seeded = this.directory.resolveSibling("seeded");
        this.server = this.directory.resolveSibling("database");
    }

    Path directory() {
        return directory;
    }

    /** Gives what the pointer says; empty where it is missing or unreadable. */
    Optional<Pointer> pointer() throws IOException {
        return DurableFile.read(current).flatMap(Pointer::parse);
    }

    /** Says whether the disk has a database as the till's. */
    boolean pointsTo(String name) throws IOException {
        return pointer().map(Pointer::database).filter(name::equals).isPresent();
    }

    void point(Pointer pointer) throws IOException {
        DurableFile.write(current, pointer.text());
        if (pointer.state() == Pointer.State.SELLING && Files.notExists(seeded)) {
            DurableFile.write(seeded, "This till has had receipts; it is not filled with made-up ones again.\n");
        }
    }

    /** Says whether this till was begun: a pointer was written, or is lost. */
    boolean begun() {
        return Files.exists(seeded) || Files.exists(current);
    }

    /** Gives the file that says on which server this till's databases are. */
    Path serverFile() {
        return server;
    }
}

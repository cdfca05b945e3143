package de.joecash.pos.runtime;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where what is fetched lies: in a directory of its own until it was verified, then beside it. Nothing that is there
 * already is replaced.
 */
final class FetchedFiles {
    private static final long MEGABYTE = 1_000_000;
    private static final String WORK = "joecash-fetch.part";
    private static final String BACKUPS = "backups";
    private static final String MANIFEST = ".json";
    private static final String DATABASE = ".sql.gz";
    private static final String FILES = ".files.tar.gz";

    /** The kinds of databases that the texts say a next step for. */
    private static final Set<String> KINDS = Set.of("h2", "postgresql", "mariadb");

    private final Path into;
    private final Sync disk;

    /** Brings a file or a directory to the disk. */
    @FunctionalInterface
    interface Sync {
        void sync(Path path) throws IOException;
    }

    FetchedFiles(Path into, Sync disk) {
        this.into = into;
        this.disk = disk;
    }

    /** Refuses a directory inside of the folder that is read. */
    static FetchedFiles into(Path into, RemotePlace place) throws Refusal {
        if (place.secret().isEmpty() && !place.settings().containsKey("id") && into.startsWith(place.directory())) {
            throw new Refusal(Refusal.FAILED, Texts.text("fetch.intoPlace", into));
        }
        return new FetchedFiles(into, FetchedFiles::sync);
    }

    /** The directory that is gone afterwards. */
    Path work() {
        return into.resolve(WORK);
    }

    /** The backup folder in it. */
    Path backups() {
        return work().resolve(BACKUPS);
    }

    /**
     * Refuses a directory on a disk that has not even the room that a fetch needs itself.
     *
     * @param directory may be missing yet
     * @param bytes that are to be free
     */
    static void requireRoom(Path directory, long bytes) throws Refusal, IOException {
        Path there = directory;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        if (free < bytes) {
            throw new Refusal(Refusal.FAILED, Texts.text("fetch.noRoom", directory, free / MEGABYTE, bytes / MEGABYTE));
        }
    }

    /** Removes what a run that was killed has left, which may be opened already. */
    void clear(DataDirectory data) throws IOException {
        delete(backups());
        for (Path own : List.of(data.framework(), data.log())) {
            try (Stream<Path> left = Files.list(own)) {
                for (Path one : left.toList()) {
                    delete(one);
                }
            }
        }
    }

    /** Gives what was fetched its place, all of it or nothing, and says what to do with it. */
    synchronized void publish(PrintStream out) throws Refusal, IOException {
        List<Path> fetched = fetched();
        for (Path file : fetched) {
            Path name = into.resolve(file.getFileName());
            if (Files.exists(name) && Files.mismatch(file, name) >= 0) {
                throw new Refusal(Refusal.FAILED, Texts.text("fetch.taken", name));
            }
        }
        for (Path file : fetched) {
            Path name = into.resolve(file.getFileName());
            if (!Files.exists(name)) {
                Files.move(file, name);
                // vfat loses a file that was synced, where it is renamed and its new name is not.
                disk.sync(name);
            }
        }
        if (!fetched.isEmpty()) {
            disk.sync(into);
        }
        for (Path file : fetched) {
            say(into.resolve(file.getFileName()), out);
        }
    }

    private List<Path> fetched() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String ending : List.of(DATABASE, FILES, MANIFEST)) {
            try (Stream<Path> there = Files.list(backups())) {
                there.sorted()
                        .filter(file -> {
                            String name = file.getFileName().toString();
                            // Names of backups have no dot: x.state.json is none's manifest.
                            return name.endsWith(ending) && name.indexOf('.') == name.length() - ending.length();
                        })
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void say(Path name, PrintStream out) throws IOException {
        out.println(name);
        if (name.toString().endsWith(MANIFEST)) {
            String archive = name.getFileName().toString().replaceFirst("\\.json$", DATABASE);
            out.println(Texts.text("fetch.next." + kind(name), archive));
        }
    }

    private static String kind(Path manifest) throws IOException {
        try {
            JsonObject read = JsonParser.parseString(Files.readString(manifest)).getAsJsonObject();
            String kind = read.getAsJsonObject("source").get("kind").getAsString();
            return KINDS.contains(kind) ? kind : "other";
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return "other";
        }
    }

    /**
     * Removes the directory of its own, whatever is in it, but for what is being published: that is done first. May be
     * called by any thread, and again.
     */
    synchronized void remove() {
        try {
            delete(work());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

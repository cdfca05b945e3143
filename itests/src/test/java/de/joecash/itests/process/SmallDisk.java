package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A disk of a known size in memory, mounted at a folder. */
final class SmallDisk implements AutoCloseable {
    /** The name of somebody else's file. */
    static final String FILLER = "holiday-pictures";

    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private boolean readOnly;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one, where the machine lets this process. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Needed.on(run("id", "-u").strip().equals("0"), "root, to mount a tmpfs");
        Files.createDirectories(folder);
        String said = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=700", "tmpfs", folder.toString());
        Needed.on(said.isEmpty(), "a tmpfs may be mounted: " + said.strip());
        return new SmallDisk(folder);
    }

    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    long size() throws IOException {
        return Files.getFileStore(folder).getTotalSpace();
    }

    /** Writes somebody else's file until no more than so many bytes are free; with 0, until the disk takes none. */
    void fillUpTo(long left) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
            byte[] block = new byte[BLOCK];
            while (free() > left) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    void clear() throws IOException {
        Files.deleteIfExists(folder.resolve(FILLER));
    }

    /**
     * Lets nobody write any more, as a disk with errors does; files that are open for writing do not hinder it. The
     * mount is made read-only at a place nobody writes to: where a till writes at that instant, the kernel refuses.
     */
    void readOnly() throws IOException {
        Path aside = Files.createTempDirectory("small-disk");
        mount("--bind", folder.toString(), aside.toString());
        try {
            mount("-o", "remount,bind,ro", aside.toString());
            mount("--bind", aside.toString(), folder.toString());
            readOnly = true;
        } finally {
            assertThat(run("umount", "-l", aside.toString())).as("umount").isEmpty();
            Files.delete(aside);
        }
    }

    void writable() {
        assertThat(run("umount", "-l", folder.toString())).isEmpty();
        readOnly = false;
    }

    private static void mount(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("mount"), Stream.of(arguments)).toArray(String[]::new);
        assertThat(run(command)).as("mount").isEmpty();
    }

    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (readOnly) {
            writable();
        }
        assertThat(run("umount", "-l", folder.toString())).isEmpty();
    }
}

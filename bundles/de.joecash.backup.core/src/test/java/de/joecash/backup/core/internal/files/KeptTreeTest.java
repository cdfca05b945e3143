package de.joecash.backup.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.KeptFolders;
import de.joecash.backup.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders into a tar file and out of it. */
class KeptTreeTest {
    private static final Instant THEN = Instant.parse("1987-06-05T04:03:02Z");

    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectories(directory.resolve("live/files"));
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("2026/\u00c4pfel \ud83c\udf4e"));
        Files.write(folder.resolve("2026/\u00c4pfel \ud83c\udf4e/Beleg 1.png"), random(300_000));
        Files.write(folder.resolve("2026.txt"), random(3));
        Files.write(folder.resolve("nothing"), new byte[0]);
        Files.write(folder.resolve("run.sh"), random(20));
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder.resolve("2026/newest"), Path.of("../2026.txt"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere/\u00fc"));
        Path deep = folder;
        for (int i = 0; i < 12; i++) {
            deep = Files.createDirectory(deep.resolve("a directory with a long name " + i));
        }
        Files.write(deep.resolve("deep"), random(10));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setLastModifiedTime(one, FileTime.from(THEN.plusMillis(999)));
            }
        }
    }

    @Test
    void comesBackEqual() throws Exception {
        Path back = directory.resolve("back");

        assertThat(unpack(tar(), back)).isTrue();

        assertThat(described(back)).isEqualTo(described(folder));
        assertThat(Files.getPosixFilePermissions(back.resolve("run.sh")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(back.resolve("2026.txt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(back)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void isEqualBytesEachTimeAndAfterwards() throws Exception {
        Path back = directory.resolve("back");
        byte[] tar = tar();
        unpack(tar, back);

        assertThat(tar()).isEqualTo(tar);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        KeptTree.of(List.of(new KeptFolders.Folder("files", back)), List.of()).write(again);
        assertThat(again.toByteArray()).isEqualTo(tar);
    }

    @Test
    void isReadByEveryTar() throws Exception {
        Path file = Files.write(directory.resolve("files.tar"), tar());
        Path back = Files.createDirectory(directory.resolve("by-tar"));

        Process process = new ProcessBuilder("tar", "-xf", file.toString(), "-C", back.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(described(back.resolve("files"))).isEqualTo(described(folder));
    }

    @Test
    void seesWhatIsNotOnTheDiskAsItWasUnpacked() throws Exception {
        Path back = directory.resolve("back");
        UnpackedTree tree = unpacked(tar(), back);
        assertThat(tree.isOnDisk(bytes -> {})).isTrue();

        Files.write(back.resolve("2026.txt"), new byte[] {1, 2, 3});

        assertThat(tree.isOnDisk(bytes -> {})).isFalse();
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/passwd"));

        assertThat(refusal())
                .isEqualTo(new Problem.FileNotKept(
                        link.toRealPath(LinkOption.NOFOLLOW_LINKS).toString(), "link"));
    }

    @Test
    void refusesASocketAndAnUnreadableName() throws Exception {
        Path socket =
                Path.of("/tmp").resolve("joecash-" + ProcessHandle.current().pid() + ".socket");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            Path moved = Files.move(socket, folder.resolve("socket"));
            assertThat(refusal()).isEqualTo(new Problem.FileNotKept(moved.toString(), "special"));
            Files.delete(moved);
        } finally {
            Files.deleteIfExists(socket);
        }
        Files.write(folder.resolve("back\\slash"), random(3));
        assertThat(refusal().detail()).isEqualTo("name");
    }

    @Test
    void refusesANameThatIsNoUtf8() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "touch \"$(printf 'a\\377b')\"")
                .directory(folder.toFile())
                .start();
        assertThat(process.waitFor()).isZero();

        assertThat(refusal().detail()).isEqualTo("name");
    }

    @Test
    void refusesAFileThatBecomesShorterAndReadsOneThatGrowsUpToItsLength() throws Exception {
        Path file = Files.write(folder.resolve("2026/grows"), random(200_000));
        KeptTree tree = tree();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> tree.write(once(() -> Files.write(file, new byte[5]))))
                .satisfies(e ->
                        assertThat(((BackupException) e.getCause()).problem()).matches(KeptTree::changed));

        ByteArrayOutputStream grown = new ByteArrayOutputStream();
        tree.write(new FilterOutputStream(grown) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                Files.write(file, new byte[10], StandardOpenOption.APPEND);
            }
        });
        assertThat(unpack(grown.toByteArray(), directory.resolve("grown"))).isTrue();
    }

    @Test
    void leavesOutWhatVanishes() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.write(folder.resolve("z" + i), random(100_000));
        }
        Files.createDirectory(folder.resolve("zz"));
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        boolean[] done = {false};
        tree().write(new FilterOutputStream(tar) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                if (!done[0]) {
                    done[0] = true;
                    Files.delete(folder.resolve("z49"));
                    Files.delete(folder.resolve("zz"));
                }
            }
        });

        Path back = directory.resolve("back");
        assertThat(unpack(tar.toByteArray(), back)).isTrue();
        assertThat(back.resolve("z49")).doesNotExist();
        assertThat(back.resolve("z48")).exists();
    }

    @Test
    void refusesFoldersThatCannotBeKept() throws IOException {
        Path database = Files.createDirectories(folder.resolve("database"));
        assertThat(refusal(List.of(new KeptFolders.Folder("Files", folder)), List.of()))
                .isEqualTo("folder-name");
        assertThat(refusal(List.of(new KeptFolders.Folder("files", Path.of("relative"))), List.of()))
                .isEqualTo("not-absolute");
        assertThat(refusal(List.of(new KeptFolders.Folder("files", folder)), List.of(database)))
                .isEqualTo("overlaps");
        assertThat(refusal(List.of(new KeptFolders.Folder("files", database)), List.of(folder)))
                .isEqualTo("overlaps");
        assertThat(refusal(
                        List.of(new KeptFolders.Folder("a", folder), new KeptFolders.Folder("b", database)), List.of()))
                .isEqualTo("overlaps");
        assertThat(refusal(
                        List.of(
                                new KeptFolders.Folder("a", folder),
                                new KeptFolders.Folder("a", directory.resolve("back"))),
                        List.of()))
                .isEqualTo("twice");
        assertThat(refusal(List.of(new KeptFolders.Folder("a", directory.resolve("gone"))), List.of()))
                .isEqualTo("missing");
        assertThat(refusal(List.of(new KeptFolders.Folder("a", folder.resolve("2026.txt"))), List.of()))
                .isEqualTo("not-a-directory");
    }

    /** As a service without a locale sees them: Java cannot decode a single umlaut there. */
    @Test
    void readsNamesByTheirBytes() {
        Path name = Path.of("\u00c4\u00df%20 \ud83c\udf4e");

        assertThat(FileName.text(name)).contains(name.toString());
        assertThat(FileName.path(name.toString())).isEqualTo(name);
        assertThat(FileName.path("../\u00e4/b")).isEqualTo(Path.of("../\u00e4/b"));
    }

    private interface Change {
        void make() throws IOException;
    }

    private static OutputStream once(Change change) {
        boolean[] done = {false};
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                if (!done[0]) {
                    done[0] = true;
                    change.make();
                }
            }
        };
    }

    private KeptTree tree() throws BackupException {
        return KeptTree.of(List.of(new KeptFolders.Folder("files", folder)), List.of());
    }

    private byte[] tar() throws BackupException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tree().write(out);
        return out.toByteArray();
    }

    private Problem.FileNotKept refusal() {
        try {
            tree().write(OutputStream.nullOutputStream());
        } catch (BackupException e) {
            return (Problem.FileNotKept) e.problem();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("It was kept");
    }

    private static String refusal(List<KeptFolders.Folder> folders, List<Path> offLimits) throws IOException {
        try {
            KeptTree.of(folders, offLimits).write(OutputStream.nullOutputStream());
        } catch (BackupException e) {
            return ((Problem.FileNotKept) e.problem()).detail();
        }
        throw new AssertionError("It was kept");
    }

    private static boolean unpack(byte[] tar, Path into) throws BackupException, IOException {
        return unpacked(tar, into).isOnDisk(bytes -> {});
    }

    private static UnpackedTree unpacked(byte[] tar, Path into) throws BackupException, IOException {
        long[] files = {0};
        try {
            new TarReader(announced(tar, Long.MAX_VALUE))
                    .read(
                            new ByteArrayInputStream(tar),
                            (entry, content) -> files[0] += entry.kind() == Entry.Kind.FILE ? 1 : 0);
        } catch (BackupException e) {
            assertThat(e.problem()).isEqualTo(new Problem.FilesRefused("\"\"", "malformed"));
        }
        return UnpackedTree.unpack(
                new ByteArrayInputStream(tar), announced(tar, files[0]), Map.of("files", into), true);
    }

    private static KeptFiles announced(byte[] tar, long files) {
        return new KeptFiles(List.of("files"), files, tar.length, "a".repeat(64), 0, "a".repeat(64));
    }

    private static Map<String, String> described(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String what;
                if (Files.isSymbolicLink(path)) {
                    what = "-> " + Files.readSymbolicLink(path);
                } else if (Files.isDirectory(path)) {
                    what = Files.getLastModifiedTime(path).to(TimeUnit.SECONDS) + " directory";
                } else {
                    what = Files.getLastModifiedTime(path).to(TimeUnit.SECONDS) + " "
                            + Arrays.hashCode(Files.readAllBytes(path));
                }
                all.put(root.relativize(path).toString(), what);
            }
        }
        return all;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

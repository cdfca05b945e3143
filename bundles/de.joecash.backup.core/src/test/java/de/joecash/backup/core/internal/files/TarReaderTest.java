package de.joecash.backup.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tar files that nobody of ours wrote: judged, and refused before anything is done with them. */
class TarReaderTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
    private static final int BLOCK = 512;

    /** A tar file that is built entry by entry, by the library, which checks nothing. */
    private static final class Built {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

        Built() {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
        }

        Built directory(String name) throws IOException {
            return add(name, TarConstants.LF_DIR, "", new byte[0]);
        }

        Built file(String name) throws IOException {
            return add(name, TarConstants.LF_NORMAL, "", TEXT);
        }

        Built link(String name, String target) throws IOException {
            return add(name, TarConstants.LF_SYMLINK, target, new byte[0]);
        }

        Built add(String name, byte type, String target, byte[] content) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setSize(content.length);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        }

        byte[] end() throws IOException {
            tar.finish();
            return bytes.toByteArray();
        }
    }

    @Test
    void readsWhatIsOurs() throws Exception {
        byte[] tar = new Built()
                .directory("files/")
                .file("files/a")
                .directory("files/b/")
                .link("files/b/to", "../a")
                .file("files/b/\u00fcmlaut")
                .end();

        new TarReader(announced(tar, 2)).judge(new ByteArrayInputStream(tar));
    }

    static Stream<Arguments> hostile() throws IOException {
        Built root = new Built().directory("files/");
        return Stream.of(
                Arguments.of("name", new Built().file("../evil").end()),
                Arguments.of("name", new Built().file("/etc/evil").end()),
                Arguments.of("name", new Built().file("C:\\evil").end()),
                Arguments.of("folder", new Built().file("C:/evil").end()),
                Arguments.of("folder", new Built().directory("other/").end()),
                Arguments.of("order", new Built().file("files").end()),
                Arguments.of("order", new Built().file("files/first").end()),
                Arguments.of("name", root.file("files/../../evil").end()),
                Arguments.of("name", started().file("files/./a").end()),
                Arguments.of("name", started().file("files//a").end()),
                Arguments.of("name", started().file("files/a\\b").end()),
                Arguments.of("name", started().file("files/a\nb").end()),
                Arguments.of("name", started().file("files/" + "x".repeat(256)).end()),
                Arguments.of(
                        "name",
                        started().file("files/" + "x/".repeat(1100) + "y").end()),
                Arguments.of("name", withPax("path", "../evil", '0')),
                Arguments.of("folder", withPax("path", "/etc/evil", '0')),
                Arguments.of("name", withPax("path", "files/a\\b", '0')),
                Arguments.of("link", withPax("linkpath", "../../evil", '2')),
                Arguments.of("link", started().link("files/out", "/etc").end()),
                Arguments.of("link", started().link("files/out", "..").end()),
                Arguments.of("link", started().link("files/out", "../other").end()),
                Arguments.of("link", started().link("files/out", "a/../..").end()),
                Arguments.of(
                        "order",
                        started().link("files/b", "c").file("files/b/evil").end()),
                Arguments.of(
                        "order", started().file("files/b").file("files/b/evil").end()),
                Arguments.of("order", started().file("files/a").file("files/a").end()),
                Arguments.of("order", started().file("files/b").file("files/a").end()),
                Arguments.of(
                        "order",
                        started()
                                .directory("files/a/")
                                .file("files/b")
                                .file("files/a/c")
                                .end()),
                Arguments.of("order", started().directory("files/").end()),
                Arguments.of(
                        "kind",
                        started()
                                .add("files/h", TarConstants.LF_LINK, "files/a", new byte[0])
                                .end()),
                Arguments.of(
                        "kind",
                        started()
                                .add("files/d", TarConstants.LF_CHR, "", new byte[0])
                                .end()),
                Arguments.of(
                        "kind",
                        started()
                                .add("files/d", TarConstants.LF_BLK, "", new byte[0])
                                .end()),
                Arguments.of(
                        "kind",
                        started()
                                .add("files/d", TarConstants.LF_FIFO, "", new byte[0])
                                .end()),
                Arguments.of(
                        "kind",
                        started()
                                .add("files/d", TarConstants.LF_CONTIG, "", TEXT)
                                .end()),
                Arguments.of("kind", join(header("files/", '5', 0), header("files/d/", '5', 4), new byte[3 * BLOCK])),
                Arguments.of("malformed", withPax("GNU.sparse.size", "99999999999", '0')),
                Arguments.of("malformed", withPax("size", "-5", '0')),
                Arguments.of("malformed", withPax("mtime", "1e9999", '0')),
                Arguments.of("rest", join(started().end(), new byte[10_240], TEXT)));
    }

    private static Built started() throws IOException {
        return new Built().directory("files/");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWhatNoBackupHolds(String why, byte[] tar) {
        assertThat(problem(announced(tar, 9), new ByteArrayInputStream(tar)).detail())
                .isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 700, 1_100, 1_530})
    void refusesATarFileThatWasCut(int length) throws IOException {
        byte[] tar = started()
                .add("files/a", TarConstants.LF_NORMAL, "", new byte[1_000])
                .end();

        assertThat(problem(announced(tar, 1), new ByteArrayInputStream(tar, 0, length))
                        .detail())
                .isEqualTo("malformed");
    }

    @Test
    void refusesMoreThanTheManifestSays() throws IOException {
        byte[] tar = started().file("files/a").file("files/b").end();

        assertThat(problem(announced(tar, 1), new ByteArrayInputStream(tar)).detail())
                .isEqualTo("too-much");
        assertThat(problem(announced(tar, 3), new ByteArrayInputStream(tar)).detail())
                .isEqualTo("malformed");
    }

    /** A length of ten gigabytes in the header of an entry that has none of them. */
    @Test
    void believesNoLength() throws IOException {
        byte[] tar = withPax("size", "10737418240", '0');

        assertThat(problem(announced(tar, 1), new ByteArrayInputStream(tar)).detail())
                .isEqualTo("too-much");
    }

    /** Ten gigabytes of zeros, announced as a name, as pax headers and as a link's target: none is kept in memory. */
    @ParameterizedTest
    @CsvSource({"L", "K", "x", "g", "S"})
    void takesNoMemoryForHeadersThatGoOnAndOn(char type) {
        long length = 10L << 30;
        byte[] header = header("././@LongLink", type, length);
        InputStream tar = new SequenceInputStream(new ByteArrayInputStream(header), new Endless());

        Problem.FilesRefused problem = problem(new KeptFiles(List.of("files"), 1, length, hex(), 0, hex()), tar);

        assertThat(problem.detail()).isIn("malformed", "kind");
    }

    @Test
    void takesNoMemoryForEntriesHoweverManyThereAre() throws Exception {
        int files = 1_000_000;
        byte[] root = header("files/", '5', 0);
        InputStream tar = new SequenceInputStream(new ByteArrayInputStream(root), new ManyFiles(files));
        long before = used();

        new TarReader(new KeptFiles(List.of("files"), files, (files + 3L) * BLOCK, hex(), 0, hex())).judge(tar);

        assertThat(used() - before).isLessThan(8L << 20);
    }

    @Test
    void passesOnWhatTheStreamBelowSays() throws IOException {
        byte[] tar = started().file("files/a").end();
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(tar, 0, 700), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("member 7 is damaged");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new TarReader(announced(tar, 1)).judge(broken))
                .withMessage("member 7 is damaged");
    }

    @ParameterizedTest
    @CsvSource({
        "files/a, b, true",
        "files/a, ./b/, true",
        "files/a, ., true",
        "files/a, .., false",
        "files/a/b, .., true",
        "files/a/b, ../c/d, true",
        "files/a/b, ../.., false",
        "files/a/b, c/.., false",
        "files/a/b, c//d, false",
        "files/a/b, /c, false",
        "files/a/b, c\\d, false"
    })
    void followsALinkByItsText(String link, String target, boolean inside) {
        assertThat(EntryName.staysInside(link, target)).isEqualTo(inside);
    }

    private static Problem.FilesRefused problem(KeptFiles announced, InputStream tar) {
        try {
            new TarReader(announced).read(tar, (entry, content) -> content.transferTo(OutputStream.nullOutputStream()));
        } catch (BackupException e) {
            return (Problem.FilesRefused) e.problem();
        } catch (IOException e) {
            return (Problem.FilesRefused) ((BackupException) e.getCause()).problem();
        }
        throw new AssertionError("It was read");
    }

    private static KeptFiles announced(byte[] tar, long files) {
        return new KeptFiles(List.of("files"), files, tar.length, hex(), 0, hex());
    }

    private static String hex() {
        return "a".repeat(64);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** An entry whose header is overruled by an extended one (POSIX.1-2001, pax). */
    private static byte[] withPax(String key, String value, char type) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 2;
        byte[] record = (length + rest).getBytes(StandardCharsets.UTF_8);
        return join(
                header("files/", '5', 0),
                header("pax", 'x', record.length),
                Arrays.copyOf(record, BLOCK),
                header("files/a", type, 0),
                new byte[2 * BLOCK]);
    }

    /** A header by hand (POSIX.1-1988, ustar). */
    private static byte[] header(String name, char type, long size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format("%011o\0", Math.min(size, 077777777777L)));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static long used() {
        Runtime.getRuntime().gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Zeros, far more than any memory holds; fails where somebody reads on and on. */
    private static final class Endless extends InputStream {
        private long left = 1L << 30;

        @Override
        public int read() {
            left--;
            return left < 0 ? fail() : '1';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) '1');
            left -= length;
            return left < 0 ? fail() : length;
        }

        private static int fail() {
            throw new AssertionError("A gigabyte was read");
        }
    }

    /** Headers of empty files, one after the other, and the end of a tar file. */
    private static final class ManyFiles extends InputStream {
        private final int files;
        private int next;
        private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);

        ManyFiles(int files) {
            this.files = files;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (block.available() == 0) {
                if (next == files + 2) {
                    return -1;
                }
                byte[] bytes = next < files ? header(String.format("files/%07d", next), '0', 0) : new byte[BLOCK];
                block = new ByteArrayInputStream(bytes);
                next++;
            }
            return block.read(buffer, offset, length);
        }
    }
}

package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An archive of real size, one in a hundred of its members hit by random bit flips and a megabyte in its middle lost:
 * everything else comes back. What the members are is read here from the file alone, by RFC 1952 and the lengths in
 * their extra fields.
 */
class SalvageIT {
    private static final int CONTENT = 150_000_000;
    private static final int LOST = 1 << 20;
    private static final int FLIPS = 8;

    @TempDir
    private Path directory;

    private final List<Member> members = new ArrayList<>();
    private final TreeSet<Integer> missing = new TreeSet<>();
    private Path archive;
    private Path damaged;

    private record Member(long at, int length, long contentAt, int contentLength) {}

    @BeforeEach
    void damage() throws Exception {
        archive = directory.resolve("till.sql.gz");
        Random random = new Random();
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        ArchiveCommand.create(archive, out -> writeLines(out, random), "--level", "1");
        assertThat(Files.size(archive)).isGreaterThan(100_000_000);
        try (FileChannel file = FileChannel.open(archive)) {
            readMembers(file);
        }
        damaged = directory.resolve("damaged.gz");
        hit(random);
        Files.copy(Path.of(archive + ".index"), Path.of(damaged + ".index"));
    }

    @Test
    void recoversAllOthers() throws Exception {
        Path out = directory.resolve("till.sql");
        ArchiveCommand.Ended ended = ArchiveCommand.run("salvage", damaged.toString(), out.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines().filter(line -> line.startsWith("Gap"))).containsExactlyElementsOf(gaps());
        assertThat(ended.out()).contains(members.size() - missing.size() + " members recovered");
        assertThat(sha256(out)).isEqualTo(sha256OfTheOthers());

        Files.delete(Path.of(damaged + ".index"));
        Files.delete(out);
        ended = ArchiveCommand.run("salvage", damaged.toString(), out.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains(members.size() - missing.size() + " members recovered");
        assertThat(sha256(out)).isEqualTo(sha256OfTheOthers());
    }

    /** Members in a hundred, but for those in the middle that are lost. */
    private void hit(Random random) throws IOException {
        long lost = Files.size(archive) / 2;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).at < lost + LOST && members.get(i).at + members.get(i).length > lost) {
                missing.add(i);
            }
        }
        int inTheMiddle = missing.size();
        try (FileChannel from = FileChannel.open(archive);
                FileChannel to = FileChannel.open(damaged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(from, 0, lost, to);
            copy(from, lost + LOST, from.size(), to);
            while (missing.size() < inTheMiddle + (members.size() + 99) / 100) {
                int ordinal = random.nextInt(members.size());
                if (missing.add(ordinal)) {
                    flip(members.get(ordinal), lost, from, to, random);
                }
            }
        }
        System.out.println(members.size() + " members, " + inTheMiddle + " in the lost megabyte, "
                + (missing.size() - inTheMiddle) + " with flipped bits");
    }

    /** Several: one alone may be among the few that fill up a byte and mean nothing. */
    private static void flip(Member member, long lost, FileChannel whole, FileChannel to, Random random)
            throws IOException {
        for (int i = 0; i < FLIPS; i++) {
            long at = member.at + random.nextInt(member.length);
            ByteBuffer one = ByteBuffer.allocate(1);
            whole.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8))).flip();
            to.write(one, at < lost ? at : at - LOST);
        }
    }

    private static void copy(FileChannel from, long begin, long end, FileChannel to) throws IOException {
        for (long at = begin; at < end; ) {
            at += from.transferTo(at, end - at, to);
        }
    }

    /** As the command prints them: what is missing in a row is one. */
    private List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (int first : missing) {
            if (missing.contains(first - 1)) {
                continue;
            }
            int end = first;
            while (missing.contains(end)) {
                end++;
            }
            Member last = members.get(end - 1);
            long contentAt = members.get(first).contentAt;
            gaps.add("Gap[storedOffset=%d, members=%d, contentOffset=%d, contentBytes=%d]"
                    .formatted(
                            members.get(first).at,
                            end - first,
                            contentAt,
                            last.contentAt + last.contentLength - contentAt));
        }
        return gaps;
    }

    private void readMembers(FileChannel file) throws IOException {
        long contentAt = 0;
        for (long at = int32(file, 16); at < file.size(); at += members.get(members.size() - 1).length) {
            int length = int32(file, at + 16);
            int contentLength = int32(file, at + length - 4);
            members.add(new Member(at, length, contentAt, contentLength));
            contentAt += contentLength;
        }
        assertThat(contentAt).isEqualTo(CONTENT);
    }

    private static int int32(FileChannel file, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        file.read(buffer, at);
        return buffer.getInt(0);
    }

    private byte[] sha256OfTheOthers() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
            for (int i = 0; i < members.size(); i++) {
                byte[] content = in.readNBytes(members.get(i).contentLength);
                if (!missing.contains(i)) {
                    digest.update(content);
                }
            }
        }
        return digest.digest();
    }

    private static byte[] sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
            }
        }
        return digest.digest();
    }

    private static void writeLines(OutputStream out, Random random) throws IOException {
        byte[] noise = new byte[56];
        byte[] line = new byte[77];
        for (int left = CONTENT; left > 0; left -= line.length) {
            random.nextBytes(noise);
            byte[] text = Base64.getEncoder().encodeToString(noise).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, line, 0, text.length);
            line[line.length - 1] = '\n';
            out.write(line, 0, Math.min(left, line.length));
        }
    }
}

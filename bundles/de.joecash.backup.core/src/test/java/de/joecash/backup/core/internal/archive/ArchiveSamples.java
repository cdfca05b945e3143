package de.joecash.backup.core.internal.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Archives and contents for tests. */
public final class ArchiveSamples {
    static final Instant TIME = Instant.parse("2026-11-22T06:00:00Z");

    private ArchiveSamples() {}

    /** An archive in memory, with its index. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sample(byte[] file, ArchiveDigest digest, MemberIndex index) {}

    /** Lines such as a dump has, as many bytes of them. */
    public static byte[] lines(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 100);
        while (text.length() < length) {
            text.append(random.nextInt(1_000_000))
                    .append("\tDamenschnitt\t")
                    .append(random.nextLong())
                    .append("\t1\n");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes that nothing makes shorter. */
    static byte[] noise(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Writes an archive in the caller's thread. */
    public static Sample write(byte[] content) {
        return write(content, 4099, compression(1), Optional.empty());
    }

    static Compression compression(int count) {
        return new Compression(new Workers(Runnable::run, count), Codecs.jdk(), Effort.fixed(6));
    }

    static Sample write(byte[] content, int chunk, Compression compression, Optional<ArchiveFile> known) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ArchiveWriter writer = new ArchiveWriter(file, "till.sql", TIME, compression, known)) {
            for (int from = 0; from < content.length; from += chunk) {
                writer.write(content, from, Math.min(chunk, content.length - from));
            }
            Written written = writer.finish();
            return new Sample(file.toByteArray(), written.digest(), written.index());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

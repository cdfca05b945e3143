package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Destination.Content;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * One file's way onto a medium in {@link Volumes}. All of them are written and read back before the first has its name,
 * so that what a cut leaves goes, as any {@code .part}, where there is no room otherwise.
 */
final class SplitPublication {
    private final Publication publication;
    private final long size;
    private final List<PartFile> parts = new ArrayList<>();

    /**
     * Begins.
     *
     * @param size length of each volume but the last
     */
    SplitPublication(Publication publication, long size) {
        this.publication = publication;
        this.size = size;
    }

    void publish(Path file, Content content, LongConsumer sent) throws BackupException, IOException {
        Volumes volumes = new Volumes(file);
        requireNames(volumes, content.bytes());
        boolean listed = false;
        try (InputStream in = content.open();
                InputStream again = content.open()) {
            for (PartFile part : parts) {
                part.removeLeftOver();
            }
            new LeftOvers(publication.medium()).requireRoom(content.bytes());
            List<byte[]> digests = write(in, again, content.bytes(), sent);
            publication.stop().check();
            for (PartFile part : parts) {
                part.publish();
            }
            publication.syncFolder();
            publication.publish(volumes.list(), list(volumes, digests, content.bytes()), count -> {});
            listed = true;
        } finally {
            if (!listed) {
                parts.forEach(PartFile::remove);
            }
        }
    }

    /** Volumes that no list names are what a cut left between two renames, and of no use. */
    private void requireNames(Volumes volumes, long length) throws BackupException {
        PartFile.refuseTaken(volumes.file());
        PartFile.refuseTaken(volumes.list());
        try {
            volumes.delete();
        } catch (IOException e) {
            throw MediumCheck.failed(publication.medium().configured(), e);
        }
        for (long start = 0; start < length; start += size) {
            PartFile part = new PartFile(
                    publication.medium(), publication.check(), publication.stop(), volumes.volume(parts.size() + 1));
            part.refuseTaken();
            parts.add(part);
        }
    }

    private List<byte[]> write(InputStream in, InputStream again, long length, LongConsumer sent)
            throws BackupException, IOException {
        List<byte[]> digests = new ArrayList<>();
        long start = 0;
        for (PartFile part : parts) {
            long begin = start;
            long bytes = Math.min(size, length - start);
            start += bytes;
            // Of the last one also what is too much: it is noticed.
            part.write(start < length ? new Slice(in, bytes) : in, bytes, count -> sent.accept(begin + count));
            DigestInputStream digested = new DigestInputStream(new Slice(again, bytes), sha256());
            part.prove(digested, bytes);
            digests.add(digested.getMessageDigest().digest());
        }
        return digests;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Content list(Volumes volumes, List<byte[]> digests, long length) {
        byte[] text = volumes.text(digests, length);
        return new Content() {
            @Override
            public long bytes() {
                return text.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(text);
            }
        };
    }

    /** The next bytes of a stream, which stays open. */
    private static final class Slice extends FilterInputStream {
        private long left;

        Slice(InputStream in, long bytes) {
            super(in);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}

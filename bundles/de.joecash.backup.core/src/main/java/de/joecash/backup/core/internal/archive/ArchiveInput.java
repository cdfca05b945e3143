package de.joecash.backup.core.internal.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads an archive's content from its beginning, and digests content and file on the way. With an index each member is
 * proven before the first byte of it is given out. Without one any gzip file is read, and content beyond the length
 * that it should have is refused, so that a forged archive expands to no more than was announced. Not thread-safe.
 */
public final class ArchiveInput extends InputStream {
    /** Looks on while an archive is read. */
    @FunctionalInterface
    public interface Watch {
        /**
         * Is told how far it is.
         *
         * @param archiveBytes bytes of the file read so far
         * @throws IOException to stop the reading
         */
        void read(long archiveBytes) throws IOException;
    }

    private final Sha256 archive = new Sha256();
    private final InputStream file;
    private final Content content;

    private ArchiveInput(InputStream file, Watch watch, Optional<MemberIndex> index, long contentLimit)
            throws IOException {
        this.file = new DigestingInput(file, archive, watch);
        this.content =
                index.isPresent() ? new ProvenMembers(this.file, index.get()) : new AnyGzip(this.file, contentLimit);
    }

    /**
     * Begins to read an archive whose index is known.
     *
     * @param file the archive; closed with this
     * @param watch is told how many bytes of the file were read, and may stop the reading
     */
    public static ArchiveInput proven(InputStream file, MemberIndex index, Watch watch) throws IOException {
        return new ArchiveInput(file, watch, Optional.of(index), index.contentBytes());
    }

    /**
     * Begins to read any gzip file.
     *
     * @param file the file; closed with this
     * @param contentLimit the most content bytes it may have
     * @param watch is told how many bytes of the file were read, and may stop the reading
     */
    public static ArchiveInput any(InputStream file, long contentLimit, Watch watch) throws IOException {
        return new ArchiveInput(file, watch, Optional.empty(), contentLimit);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return length == 0 ? 0 : content.read(buffer, offset, length);
    }

    /**
     * Reads the rest and tells what the archive holds and is; to be called once.
     *
     * @return digests of all that was read; that of the content is the members' where the index is known, otherwise
     *     that of all its bytes
     */
    public ArchiveDigest finish() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        file.transferTo(OutputStream.nullOutputStream());
        return new ArchiveDigest(content.bytes(), content.sha256(), archive.bytes(), archive.hex());
    }

    @Override
    public void close() throws IOException {
        content.close();
        file.close();
    }

    /** The content of a file. */
    private interface Content {
        int read(byte[] buffer, int offset, int length) throws IOException;

        long bytes();

        String sha256();

        void close() throws IOException;
    }

    /** One member after the other, each proven. */
    private static final class ProvenMembers implements Content {
        private final InputStream file;
        private final MemberIndex index;
        private final Iterator<Member> members;
        private final MemberCheck check = new MemberCheck(new JdkCodec());
        private final byte[] stored = new byte[MemberFormat.MAX_STORED];
        private byte[] content = {};
        private int at;
        private int end;
        private long bytes;

        ProvenMembers(InputStream file, MemberIndex index) throws IOException {
            this.file = file;
            this.index = index;
            this.members = index.iterator();
            if (!Arrays.equals(file.readNBytes(index.head().length), index.head())) {
                check.close();
                throw new IOException("its first member is damaged");
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (at == end && !members.hasNext()) {
                if (file.read() >= 0) {
                    throw new IOException("it goes on behind its last member");
                }
                return -1;
            }
            if (at == end) {
                next(members.next());
            }
            int count = Math.min(length, end - at);
            System.arraycopy(content, at, buffer, offset, count);
            at += count;
            bytes += count;
            return count;
        }

        private void next(Member member) throws IOException {
            if (file.readNBytes(stored, 0, member.storedLength()) < member.storedLength()) {
                throw new EOFException();
            }
            try {
                content = check.check(member, stored);
            } catch (DataFormatException e) {
                throw new IOException("member " + member.ordinal() + " is damaged", e);
            }
            at = 0;
            end = member.contentLength();
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public String sha256() {
            return index.contentSha256();
        }

        @Override
        public void close() {
            check.close();
        }
    }

    /** A gzip file of anybody's. */
    private static final class AnyGzip implements Content {
        private final Patience patience;
        private final InputStream members;
        private final long limit;
        private final Sha256 digest = new Sha256();

        AnyGzip(InputStream file, long limit) throws IOException {
            this.limit = limit;
            this.patience = new Patience(file);
            // Commons Compress drops every member after the first unless told not to.
            this.members = GzipCompressorInputStream.builder()
                    .setInputStream(patience)
                    .setDecompressConcatenated(true)
                    .get();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            patience.begin();
            int count = members.read(buffer, offset, length);
            if (count > 0) {
                digest.update(buffer, offset, count);
                if (digest.bytes() > limit) {
                    throw new IOException("longer than " + limit + " bytes");
                }
            }
            return count;
        }

        @Override
        public long bytes() {
            return digest.bytes();
        }

        @Override
        public String sha256() {
            return digest.hex();
        }

        @Override
        public void close() throws IOException {
            members.close();
        }
    }

    /** Ends a file that goes on without content: a name that does not end would be gathered in memory. */
    private static final class Patience extends FilterInputStream {
        private static final int BYTES = 1 << 20;

        private int left = BYTES;

        Patience(InputStream file) {
            super(file);
        }

        void begin() {
            left = BYTES;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            left -= count;
            if (left < 0) {
                throw new IOException("no content in " + BYTES + " bytes");
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}

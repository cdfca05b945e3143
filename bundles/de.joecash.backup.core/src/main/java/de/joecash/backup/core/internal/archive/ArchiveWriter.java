package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * Writes content as one gzip file (RFC 1952) of many members, each of {@value #MEMBER_BYTES} bytes of content but the
 * last. Section 2.2: a file of several members expands to their contents in order. The first member's header carries
 * the content's file name and time (section 2.3.1). Memory: one member's deflater. Not thread-safe.
 */
public final class ArchiveWriter extends OutputStream {
    /** Content bytes in a member. */
    public static final int MEMBER_BYTES = 1 << 20;

    private final OutputStream file;
    private final GzipParameters header = new GzipParameters();
    private final Sha256 content = new Sha256();
    private final Sha256 archive = new Sha256();
    private GzipCompressorOutputStream member;
    private int room;

    /**
     * Begins an archive.
     *
     * @param file takes the archive; neither buffered nor closed here
     * @param contentName the content's file name, without a path
     * @param time when the content was made
     */
    public ArchiveWriter(OutputStream file, String contentName, Instant time) throws IOException {
        this.file = new DigestingOutput(file, archive);
        header.setBufferSize(1 << 16);
        header.setFileName(contentName);
        header.setModificationInstant(time);
        member = next();
        header.setFileName(null);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (room == 0) {
                member.close();
                member = next();
            }
            int some = Math.min(left, room);
            member.write(buffer, from, some);
            content.update(buffer, from, some);
            from += some;
            left -= some;
            room -= some;
        }
    }

    /** Content bytes written so far. */
    public long contentBytes() {
        return content.bytes();
    }

    /**
     * Ends the archive; nothing may be written after it.
     *
     * @return what was written
     */
    public ArchiveDigest finish() throws IOException {
        member.close();
        return new ArchiveDigest(content.bytes(), content.hex(), archive.bytes(), archive.hex());
    }

    /** Frees the deflater of an archive that is given up. */
    @Override
    public void close() throws IOException {
        member.close();
    }

    private GzipCompressorOutputStream next() throws IOException {
        room = MEMBER_BYTES;
        return new GzipCompressorOutputStream(CloseShieldOutputStream.wrap(file), header);
    }

    private static final class DigestingOutput extends OutputStream {
        private final OutputStream out;
        private final Sha256 digest;

        DigestingOutput(OutputStream out, Sha256 digest) {
            this.out = out;
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            digest.update(buffer, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}

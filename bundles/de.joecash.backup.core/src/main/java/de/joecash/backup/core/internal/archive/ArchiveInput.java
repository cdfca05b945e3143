package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads an archive's content, every member of it, and digests content and file on the way. Content beyond the length it
 * should have is refused, so that a forged archive expands to no more than was announced. Not thread-safe.
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

    private final Sha256 content = new Sha256();
    private final Sha256 archive = new Sha256();
    private final long contentLimit;
    private final InputStream file;
    private final InputStream members;

    /**
     * Begins to read.
     *
     * @param file the archive; closed with this
     * @param contentLimit the most content bytes it may have
     * @param watch is told how many bytes of the file were read, and may stop the reading
     */
    public ArchiveInput(InputStream file, long contentLimit, Watch watch) throws IOException {
        this.contentLimit = contentLimit;
        this.file = new DigestingInput(file, archive, watch);
        // Commons Compress drops every member after the first unless told not to.
        this.members = GzipCompressorInputStream.builder()
                .setInputStream(this.file)
                .setDecompressConcatenated(true)
                .get();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = members.read(buffer, offset, length);
        if (count > 0) {
            content.update(buffer, offset, count);
            if (content.bytes() > contentLimit) {
                throw new IOException("longer than " + contentLimit + " bytes");
            }
        }
        return count;
    }

    /**
     * Reads the rest and tells what the archive holds and is; to be called once.
     *
     * @return digests of all that was read
     */
    public ArchiveDigest finish() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        file.transferTo(OutputStream.nullOutputStream());
        return new ArchiveDigest(content.bytes(), content.hex(), archive.bytes(), archive.hex());
    }

    @Override
    public void close() throws IOException {
        members.close();
        file.close();
    }

    private static final class DigestingInput extends InputStream {
        private final InputStream in;
        private final Sha256 digest;
        private final Watch watch;

        DigestingInput(InputStream in, Sha256 digest, Watch watch) {
            this.in = in;
            this.digest = digest;
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                digest.update(buffer, offset, count);
                watch.read(digest.bytes());
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

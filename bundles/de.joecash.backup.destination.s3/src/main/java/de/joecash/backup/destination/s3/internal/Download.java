package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A file on its way here. The end of the stream is the end of the file only where all of it has come. */
final class Download extends InputStream {
    private final Bucket bucket;
    private final String name;
    private final ResponseInputStream<GetObjectResponse> in;
    private final long length;
    private long count;
    private boolean closed;

    private Download(Bucket bucket, String name, ResponseInputStream<GetObjectResponse> in, long length) {
        this.bucket = bucket;
        this.name = name;
        this.in = in;
        this.length = length;
    }

    /**
     * Begins to fetch.
     *
     * @param length how many bytes there are behind the offset
     */
    static Download open(Bucket bucket, String name, long offset, long length) throws BackupException {
        String range = offset == 0 ? null : "bytes=" + offset + "-";
        return bucket.ask(name, s3 -> {
            ResponseInputStream<GetObjectResponse> in = s3.getObject(request ->
                    request.bucket(bucket.bucket()).key(bucket.key(name)).range(range));
            Download download = new Download(bucket, name, in, length);
            if (offset > 0 && in.response().contentRange() == null) {
                // It took no notice of the range, and sends the whole.
                download.close();
                throw download.broken(new IOException("the store ignores the offset"));
            }
            return download;
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int limit) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        int read;
        try {
            read = in.read(target, offset, limit);
        } catch (IOException e) {
            throw carrying(broken(e));
        }
        count += Math.max(read, 0);
        if ((read < 0 && count != length) || count > length) {
            throw carrying(broken(new IOException("the file ended after " + count + " of " + length + " bytes")));
        }
        return read;
    }

    private BackupException broken(IOException e) {
        return bucket.broken(SdkClientException.create("Reading", e), name);
    }

    @Override
    public void close() {
        closed = true;
        // What is left of the transfer is not waited for.
        in.abort();
    }

    private static IOException carrying(BackupException e) {
        return new IOException(e.getMessage(), e);
    }
}

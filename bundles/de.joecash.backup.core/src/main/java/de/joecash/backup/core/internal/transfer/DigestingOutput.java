package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.archive.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Digests what is written; closing it leaves what is behind it open. */
final class DigestingOutput extends FilterOutputStream {
    private final Sha256 digest = new Sha256();

    DigestingOutput(OutputStream out) {
        super(out);
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

    /** What was written, as a file of this name; to be called once. */
    StoredPart part(PartName name) {
        return new StoredPart(name.value(), digest.bytes(), digest.hex());
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}

package de.joecash.backup.core.internal.files;

import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.archive.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Digests names, kinds, lengths, targets and contents of a tree, in their order; neither times nor permissions. */
final class TreeDigest implements EntryVisitor {
    private final Sha256 sha256 = new Sha256();
    private final byte[] buffer = new byte[1 << 16];
    private final ArchiveInput.Watch watch;

    /** @param watch is told how many bytes were digested, and may stop it */
    TreeDigest(ArchiveInput.Watch watch) {
        this.watch = watch;
    }

    @Override
    public void take(Entry entry, InputStream content) throws IOException {
        begin(entry);
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            content(buffer, count);
        }
    }

    void begin(Entry entry) throws IOException {
        // None of the four can hold the separator.
        byte[] text = String.join("\0", entry.kind().name(), entry.name(), entry.target(), entry.bytes() + "\0")
                .getBytes(StandardCharsets.UTF_8);
        content(text, text.length);
    }

    void content(byte[] bytes, int length) throws IOException {
        sha256.update(bytes, 0, length);
        watch.read(sha256.bytes());
    }

    String hex() {
        return sha256.hex();
    }
}

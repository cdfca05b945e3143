package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tree as a tar file (POSIX.1-2001, pax). Equal trees are equal bytes: no owner, no name of one, whole
 * seconds, and no more of the permissions than whether the owner may execute a file. Not thread-safe.
 */
final class TarWriter implements EntryVisitor {
    private static final Map<Entry.Kind, Byte> TYPES = Map.of(
            Entry.Kind.DIRECTORY, TarConstants.LF_DIR,
            Entry.Kind.FILE, TarConstants.LF_NORMAL,
            Entry.Kind.LINK, TarConstants.LF_SYMLINK);
    private static final int OWNER_READS = 0600;
    private static final int OWNER_EXECUTES = 0700;

    private final TarArchiveOutputStream tar;

    /** @param out takes the tar file; not closed here */
    TarWriter(OutputStream out) {
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    @Override
    public void take(Entry entry, InputStream content) throws BackupException, IOException {
        tar.putArchiveEntry(header(entry));
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry header(Entry entry) {
        boolean directory = entry.kind() == Entry.Kind.DIRECTORY;
        TarArchiveEntry header =
                new TarArchiveEntry(directory ? entry.name() + "/" : entry.name(), TYPES.get(entry.kind()));
        header.setIds(0, 0);
        header.setNames("", "");
        header.setMode(directory || entry.executable() ? OWNER_EXECUTES : OWNER_READS);
        header.setLastModifiedTime(FileTime.from(entry.modified()));
        header.setSize(entry.bytes());
        header.setLinkName(entry.target());
        return header;
    }

    /** Writes the end of the tar file. */
    void finish() throws IOException {
        tar.finish();
        tar.flush();
    }
}

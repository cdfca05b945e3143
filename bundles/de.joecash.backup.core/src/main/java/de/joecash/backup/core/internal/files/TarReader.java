package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads a tar file that is hostile until it was judged. Every entry is judged before it is shown: only files,
 * directories and links, by plain names, in the folders that were announced, in the order of {@link EntryOrder}, and no
 * more than was announced. Memory does not depend on what the tar file says. Not thread-safe.
 */
public final class TarReader {
    /** The most entries that are read. */
    private static final long MAX_ENTRIES = 5_000_000;

    /** An entry's headers: one block of 512 bytes, and as many for names that do not fit into it. */
    private static final int MAX_HEADER = 1 << 16;

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int OWNER_EXECUTES = 0100;
    private static final int SHOWN = 200;

    private final KeptFiles announced;
    private final Set<String> folders;
    private final EntryOrder order = new EntryOrder();
    private final byte[] buffer = new byte[1 << 16];
    private long entries;
    private long files;
    private long bytes;

    /** @param announced what the manifest says of the tar file */
    public TarReader(KeptFiles announced) {
        this.announced = announced;
        this.folders = Set.copyOf(announced.folders());
    }

    /**
     * Judges a tar file to its end, and does nothing else with it.
     *
     * @throws BackupException {@code FilesRefused} where it is none of ours
     * @throws IOException if {@code tar} threw it
     */
    public void judge(InputStream tar) throws BackupException, IOException {
        read(tar, (entry, content) -> {});
    }

    /** As {@link #judge}, and shows each entry to a visitor before the next one is read. */
    void read(InputStream tar, EntryVisitor visitor) throws BackupException, IOException {
        Metered metered = new Metered(tar);
        try (TarArchiveInputStream in = new TarArchiveInputStream(metered, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry header = next(in, metered); header != null; header = next(in, metered)) {
                Entry entry = judged(header);
                visitor.take(entry, new Content(in, metered, entry));
                drain(in, metered, entry.name());
            }
        }
        requireNoRest(tar);
        if (files != announced.files()) {
            throw refused("", "malformed");
        }
    }

    private TarArchiveEntry next(TarArchiveInputStream in, Metered metered) throws BackupException, IOException {
        metered.left = MAX_HEADER;
        try {
            TarArchiveEntry entry = in.getNextEntry();
            metered.left = Long.MAX_VALUE;
            return entry;
        } catch (IOException | RuntimeException e) {
            throw malformed("", metered, e);
        }
    }

    /** What the library says of a malformed tar file is a refusal; what the stream below it throws is not. */
    private static BackupException malformed(String name, Metered metered, Exception e) throws IOException {
        if (metered.failure != null) {
            throw metered.failure;
        }
        return new BackupException(new Problem.FilesRefused(shown(name), "malformed"), e);
    }

    private void drain(TarArchiveInputStream in, Metered metered, String name) throws BackupException, IOException {
        try {
            int count;
            do {
                count = in.read(buffer, 0, buffer.length);
            } while (count > 0);
        } catch (IOException | RuntimeException e) {
            throw malformed(name, metered, e);
        }
    }

    private Entry judged(TarArchiveEntry header) throws BackupException {
        Entry entry = entry(header);
        String name = entry.name();
        if (!EntryName.plain(name)) {
            throw refused(name, "name");
        }
        int slash = name.indexOf('/');
        if (!folders.contains(slash < 0 ? name : name.substring(0, slash))) {
            throw refused(name, "folder");
        }
        if (entry.kind() == Entry.Kind.LINK && !EntryName.staysInside(name, entry.target())) {
            throw refused(name, "link");
        }
        if (!order.accepts(entry)) {
            throw refused(name, "order");
        }
        entries++;
        files += entry.kind() == Entry.Kind.FILE ? 1 : 0;
        if (entries > MAX_ENTRIES || files > announced.files() || entry.bytes() > announced.contentBytes() - bytes) {
            throw refused(name, "too-much");
        }
        bytes += entry.bytes();
        return entry;
    }

    private static Entry entry(TarArchiveEntry header) throws BackupException {
        String name = header.getName();
        boolean empty = header.getSize() == 0;
        Instant modified = modified(header);
        Optional<Entry> entry =
                switch (header.getLinkFlag()) {
                    case TarConstants.LF_NORMAL ->
                        header.isSparse() || name.endsWith("/")
                                ? Optional.empty()
                                : Optional.of(new Entry(
                                        Entry.Kind.FILE,
                                        name,
                                        header.getSize(),
                                        (header.getMode() & OWNER_EXECUTES) != 0,
                                        modified,
                                        ""));
                    case TarConstants.LF_DIR ->
                        empty && name.endsWith("/")
                                ? Optional.of(Entry.directory(name.substring(0, name.length() - 1), modified))
                                : Optional.empty();
                    case TarConstants.LF_SYMLINK ->
                        empty ? Optional.of(Entry.link(name, header.getLinkName())) : Optional.empty();
                    default -> Optional.empty();
                };
        return entry.orElseThrow(() -> refused(name, "kind"));
    }

    private static Instant modified(TarArchiveEntry header) throws BackupException {
        long seconds = header.getLastModifiedTime().toInstant().getEpochSecond();
        if (seconds < -LATEST || seconds > LATEST) {
            throw refused(header.getName(), "malformed");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private void requireNoRest(InputStream tar) throws BackupException, IOException {
        for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] != 0) {
                    throw refused("", "rest");
                }
            }
        }
    }

    private static BackupException refused(String name, String detail) {
        return new BackupException(new Problem.FilesRefused(shown(name), detail));
    }

    /** A name that somebody may have made up, fit for a sentence. */
    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return '"' + (plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain) + '"';
    }

    /** Counts what the library takes in, for it keeps headers in memory, however long they say they are. */
    private static final class Metered extends FilterInputStream {
        private long left = Long.MAX_VALUE;
        private IOException failure;

        Metered(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("an entry's headers go on and on");
            }
            int count;
            try {
                count = in.read(into, offset, (int) Math.min(length, left));
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] away = new byte[(int) Math.min(Math.max(0, count), MAX_HEADER)];
            return away.length == 0 ? 0 : Math.max(0, read(away, 0, away.length));
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Whoever opened it closes it. */
        @Override
        public void close() {
            left = 0;
        }
    }

    /** A file's content, for a visitor: one that ends too early is refused as malformed, whoever notices. */
    private static final class Content extends InputStream {
        private final TarArchiveInputStream in;
        private final Metered metered;
        private final Entry entry;

        Content(TarArchiveInputStream in, Metered metered, Entry entry) {
            this.in = in;
            this.metered = metered;
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (IOException | RuntimeException e) {
                throw Carried.of(malformed(entry.name(), metered, e));
            }
        }
    }
}

package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes content as one gzip file (RFC 1952) of many members, cut by the content and made by several workers at once.
 * Section 2.2: a file of several members expands to their contents in order. Whoever writes waits when the workers are
 * behind, and writes to the file himself, in order. Equal content gives equal members and digests always, and equal
 * bytes where the effort is fixed and nothing is reused. Memory: {@link Workers#underWay} members, and room for the
 * largest in each worker. Not thread-safe.
 */
public final class ArchiveWriter extends OutputStream {
    /** Bytes looked at at a time; as many more than a member hold its beginning's successor. */
    private static final int STEP = 1 << 16;

    /**
     * Members that an earlier archive does not have, and in addition one of so many that it has, are made in bytes that
     * can be made again anywhere, so that they can be sent as deltas. More are no day's changes, and it takes longer.
     */
    private static final int FEW = 64;

    private static final int FEW_OF = 8;

    private final OutputStream file;
    private final Compression compression;
    private final Optional<ArchiveFile> known;
    private final Cutter cutter = new Cutter();
    private final Sha256 archive = new Sha256();
    private final MemberIndex.Builder index;
    private final Lane<Made> lane;
    private final Effort.Choice levels;
    private final Buffers buffers = new Buffers();
    private final Queue<Workbench> idle = new ConcurrentLinkedQueue<>();
    private final byte[] member = new byte[Cutter.MAX + STEP];
    private int filled;
    private boolean waited;
    private long contentBytes;
    private int reused;
    private int fresh;

    @SuppressWarnings("ArrayRecordComponent") // a buffer on its way back
    private record Made(Workbench.Made member, byte[] content) {}

    /**
     * Begins an archive.
     *
     * @param file takes the archive; neither buffered nor closed here
     * @param contentName the content's file name, without a path
     * @param time when the content was made
     * @param known an archive whose members are copied where their content comes again
     */
    public ArchiveWriter(
            OutputStream file, String contentName, Instant time, Compression compression, Optional<ArchiveFile> known)
            throws IOException {
        this.file = file;
        this.compression = compression;
        this.known = known;
        this.lane = new Lane<>(compression.workers(), this::take);
        this.levels = compression.effort().choice(compression.codec());
        byte[] head = MemberFormat.head(contentName, time);
        index = new MemberIndex.Builder(head);
        put(head, head.length);
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
            int some = Math.min(left, Math.min(STEP, member.length - filled));
            System.arraycopy(buffer, from, member, filled, some);
            filled += some;
            from += some;
            left -= some;
            contentBytes += some;
            cut(false);
        }
    }

    /** Content bytes written so far. */
    public long contentBytes() {
        return contentBytes;
    }

    /** Members so far that were copied from the known archive. */
    public int reused() {
        return reused;
    }

    /**
     * Ends the archive; nothing may be written after it.
     *
     * @return what was written
     */
    public Written finish() throws IOException {
        while (filled > 0) {
            cut(true);
        }
        lane.drain();
        MemberIndex members = index.build();
        return new Written(
                new ArchiveDigest(contentBytes, members.contentSha256(), archive.bytes(), archive.hex()), members);
    }

    /** Frees what an archive that is given up, or done, has taken; waits for the workers, which is a moment. */
    @Override
    public void close() {
        lane.close();
        idle.forEach(Workbench::close);
        idle.clear();
        buffers.clear();
    }

    private void cut(boolean last) throws IOException {
        for (int end = cutter.cut(member, filled, last); end > 0; end = cutter.cut(member, filled, last)) {
            byte[] content = buffers.take(end);
            System.arraycopy(member, 0, content, 0, end);
            filled -= end;
            System.arraycopy(member, end, member, 0, filled);
            give(content, end);
        }
    }

    private void give(byte[] content, int length) throws IOException {
        int level = levels.next(waited);
        boolean portable = known.isPresent() && fresh <= FEW + reused / FEW_OF;
        waited = lane.give(() -> make(content, length, level, portable));
    }

    /** Runs in a worker. */
    private Made make(byte[] content, int length, int level, boolean portable) {
        Workbench bench = idle.poll();
        if (bench == null) {
            bench = new Workbench(compression.codec(), buffers);
        }
        try {
            return new Made(bench.make(content, length, level, portable, known), content);
        } finally {
            idle.add(bench);
        }
    }

    private void take(Made made) throws IOException {
        StoredMember stored = made.member.stored();
        index.add(stored.contentLength(), stored.length(), stored.crc(), stored.sha256());
        put(stored.bytes(), stored.length());
        if (made.member.reused()) {
            reused++;
        } else {
            fresh++;
        }
        buffers.giveBack(made.content);
        buffers.giveBack(stored.bytes());
    }

    private void put(byte[] bytes, int length) throws IOException {
        file.write(bytes, 0, length);
        archive.update(bytes, 0, length);
    }
}

package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;

/** Reads an archive back, every member by several workers at once. Not thread-safe. */
public final class ArchiveCheck {
    private final MemberIndex index;
    private final Workers workers;
    private final Codec codec;
    private final Buffers buffers = new Buffers();
    private final Queue<MemberCheck> idle = new ConcurrentLinkedQueue<>();
    private final List<Member> damaged = new ArrayList<>();

    /**
     * What was found.
     *
     * @param whole whether the file is what the index says, its first member and its end included
     * @param archiveBytes length of the file
     * @param archiveSha256 SHA-256 of the file, in lower-case hexadecimal digits
     * @param damaged the members with content that are not what the index says, in the file's order
     */
    public record Finding(boolean whole, long archiveBytes, String archiveSha256, List<Member> damaged) {}

    @SuppressWarnings("ArrayRecordComponent") // a buffer on its way back
    private record Checked(Member member, byte[] stored, boolean whole) {}

    /**
     * Checks files against an index.
     *
     * @param codec inflates
     */
    public ArchiveCheck(MemberIndex index, Workers workers, Codec codec) {
        this.index = index;
        this.workers = workers;
        this.codec = codec;
    }

    /**
     * Reads a file to its end.
     *
     * @param file the archive; not closed
     * @param watch is told how many bytes were read, and may stop the reading
     */
    public Finding check(InputStream file, ArchiveInput.Watch watch) throws IOException {
        Sha256 archive = new Sha256();
        InputStream digested = new DigestingInput(file, archive, watch);
        boolean begins;
        try (Lane<Checked> lane = new Lane<>(workers, this::take)) {
            begins = Arrays.equals(digested.readNBytes(index.head().length), index.head());
            for (Member member : index) {
                byte[] stored = buffers.take(member.storedLength());
                int length = digested.readNBytes(stored, 0, member.storedLength());
                lane.give(() -> new Checked(member, stored, length == member.storedLength() && whole(member, stored)));
            }
            lane.drain();
        } finally {
            // None is with a worker any more: the lane has waited for them.
            idle.forEach(MemberCheck::close);
        }
        digested.transferTo(OutputStream.nullOutputStream());
        boolean whole = begins && damaged.isEmpty() && archive.bytes() == index.archiveBytes();
        return new Finding(whole, archive.bytes(), archive.hex(), List.copyOf(damaged));
    }

    /** Runs in a worker. */
    private boolean whole(Member member, byte[] stored) {
        if (MemberFormat.crc(stored, member.storedLength()) != member.storedCrc()) {
            return false;
        }
        MemberCheck check = idle.poll();
        if (check == null) {
            check = new MemberCheck(codec);
        }
        try {
            check.check(member, stored);
            return true;
        } catch (DataFormatException e) {
            return false;
        } finally {
            idle.add(check);
        }
    }

    private void take(Checked checked) {
        buffers.giveBack(checked.stored);
        if (!checked.whole) {
            damaged.add(checked.member);
        }
    }
}

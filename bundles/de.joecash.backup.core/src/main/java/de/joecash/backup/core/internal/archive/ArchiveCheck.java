package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;

/** Reads an archive back, every member by several workers at once. Not thread-safe. */
public final class ArchiveCheck {
    private final MemberIndex index;
    private final Workers workers;
    private final Codec codec;
    private final Queue<Room> rooms = new ConcurrentLinkedQueue<>();
    private final List<Member> damaged = new ArrayList<>();

    /**
     * What was found.
     *
     * @param archiveBytes length of the file
     * @param archiveSha256 SHA-256 of the file, in lower-case hexadecimal digits
     * @param damaged the members that are not what the index says, in the file's order
     */
    public record Finding(long archiveBytes, String archiveSha256, List<Member> damaged) {}

    /** Memory for one member on its way. */
    private static final class Room {
        private final byte[] stored = new byte[MemberFormat.MAX_STORED];
        private final byte[] content = new byte[Cutter.MAX];
        private final Codec.Inflating inflater;

        Room(Codec.Inflating inflater) {
            this.inflater = inflater;
        }
    }

    private record Checked(Member member, boolean whole, Room room) {}

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
        try (Lane<Checked> lane = new Lane<>(workers, this::take)) {
            byte[] head = file.readNBytes(index.head().length);
            archive.update(head, 0, head.length);
            for (Member member : index) {
                Room room = room();
                int length = file.readNBytes(room.stored, 0, member.storedLength());
                archive.update(room.stored, 0, length);
                watch.read(archive.bytes());
                lane.give(() -> new Checked(member, whole(member, room, length), room));
            }
            lane.drain();
        } finally {
            rooms.forEach(room -> room.inflater.close());
        }
        byte[] more = new byte[1 << 16];
        for (int count = file.read(more); count >= 0; count = file.read(more)) {
            archive.update(more, 0, count);
            watch.read(archive.bytes());
        }
        return new Finding(archive.bytes(), archive.hex(), List.copyOf(damaged));
    }

    /** Runs in a worker. */
    private static boolean whole(Member member, Room room, int length) {
        if (length < member.storedLength() || MemberFormat.crc(room.stored, length) != member.storedCrc()) {
            return false;
        }
        try {
            ArchiveFile.check(member, room.stored, room.content, room.inflater);
            return true;
        } catch (DataFormatException e) {
            return false;
        }
    }

    private void take(Checked checked) {
        if (!checked.whole) {
            damaged.add(checked.member);
        }
        rooms.add(checked.room);
    }

    private Room room() {
        Room room = rooms.poll();
        return room == null ? new Room(codec.inflater()) : room;
    }
}

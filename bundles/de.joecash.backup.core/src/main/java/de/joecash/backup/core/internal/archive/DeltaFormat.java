package de.joecash.backup.core.internal.archive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/**
 * Deltas as bytes. In a pack each is a gzip member (RFC 1952) like the others, but for the second letter of its extra
 * field, {@code SI2='D'}; its content is version 1; what it is of, as in the ledger but for the last length; CRC-32 and
 * length of the base's content, as the trailer of a gzip member tells them (section 2.3.1), so that a base is
 * recognised before it is inflated; the level at which {@link PortableDeflating} makes the member's bytes again; and
 * the {@link Delta}. Numbers have four bytes, most significant first.
 */
public final class DeltaFormat {
    private static final byte VERSION = 1;
    private static final int WHAT = 2 * Digest.LENGTH + 3 * Integer.BYTES;
    private static final int NOTED = WHAT + Integer.BYTES;
    private static final int BEFORE_DELTA = 1 + WHAT + 2 * Integer.BYTES + 1;

    private DeltaFormat() {}

    /**
     * A delta as a pack holds it.
     *
     * @param of what it gives
     * @param baseLength length of the base's content
     * @param baseCrc CRC-32 of the base's content
     * @param level at which the member's bytes are made again
     * @param delta what is to be applied to the base's content
     */
    @SuppressWarnings("ArrayRecordComponent") // held until its base comes, never compared
    record Packed(DeltaMember of, int baseLength, int baseCrc, int level, byte[] delta) {}

    /** Writes a delta as a member of a pack. */
    static byte[] member(Packed packed) {
        ByteBuffer content = ByteBuffer.allocate(BEFORE_DELTA + packed.delta().length);
        content.put(VERSION);
        put(content, packed.of());
        content.putInt(packed.baseCrc()).putInt(packed.baseLength());
        content.put((byte) packed.level()).put(packed.delta());
        byte[] member = new byte[MemberFormat.MAX_STORED];
        try (Codec.Deflating deflater = new JdkCodec().deflater(Deflater.BEST_COMPRESSION)) {
            int data = deflater.deflate(content.array(), content.capacity(), member, MemberFormat.HEADER);
            int crc = MemberFormat.crc(content.array(), content.capacity());
            int length = MemberFormat.frame(member, data, crc, content.capacity());
            MemberFormat.markDelta(member);
            return Arrays.copyOf(member, length);
        }
    }

    /**
     * Reads a delta from a member of a pack.
     *
     * @param member its bytes, and perhaps more
     * @param length number of its bytes
     * @throws DataFormatException if it is none, is damaged, or is of a later version
     */
    static Packed read(byte[] member, int length) throws DataFormatException {
        int contentLength = MemberFormat.contentLength(member, length);
        if (contentLength < BEFORE_DELTA || contentLength > Cutter.MAX) {
            throw new DataFormatException("Not a delta");
        }
        byte[] content = new byte[contentLength];
        try (Codec.Inflating inflater = new JdkCodec().inflater()) {
            int data = length - MemberFormat.HEADER - MemberFormat.TRAILER;
            inflater.inflate(member, MemberFormat.HEADER, data, content, contentLength);
        }
        ByteBuffer in = ByteBuffer.wrap(content);
        if (MemberFormat.crc(content, contentLength) != MemberFormat.contentCrc(member, length)
                || in.get() != VERSION) {
            throw new DataFormatException("A damaged delta, or one of a later version");
        }
        try {
            DeltaMember of = get(in, contentLength - BEFORE_DELTA);
            int baseCrc = in.getInt();
            int baseLength = in.getInt();
            int level = in.get();
            if (level < PortableDeflating.FASTEST || level > PortableDeflating.HARDEST) {
                throw new DataFormatException("A delta of level " + level);
            }
            return new Packed(of, baseLength, baseCrc, level, Arrays.copyOfRange(content, BEFORE_DELTA, contentLength));
        } catch (IllegalArgumentException e) {
            DataFormatException wrong = new DataFormatException(e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }

    /** Writes what is noted of deltas: 80 bytes each. */
    public static byte[] write(List<DeltaMember> deltas) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(NOTED, deltas.size()));
        for (DeltaMember delta : deltas) {
            put(out, delta);
            out.putInt(delta.bytes());
        }
        return out.array();
    }

    /**
     * Reads what was noted.
     *
     * @throws IllegalArgumentException if these are no such bytes
     */
    public static List<DeltaMember> read(byte[] noted) {
        if (noted.length % NOTED != 0) {
            throw new IllegalArgumentException("Not deltas: " + noted.length + " bytes");
        }
        List<DeltaMember> all = new ArrayList<>();
        for (int at = 0; at < noted.length; at += NOTED) {
            all.add(get(ByteBuffer.wrap(noted, at, WHAT), ByteBuffer.wrap(noted).getInt(at + WHAT)));
        }
        return all;
    }

    private static void put(ByteBuffer out, DeltaMember delta) {
        out.put(delta.base().bytes()).put(delta.sha256().bytes());
        out.putInt(delta.contentLength()).putInt(delta.storedLength()).putInt(delta.storedCrc());
    }

    private static DeltaMember get(ByteBuffer in, int bytes) {
        byte[] base = new byte[Digest.LENGTH];
        byte[] content = new byte[Digest.LENGTH];
        in.get(base).get(content);
        return new DeltaMember(new Digest(base), new Digest(content), in.getInt(), in.getInt(), in.getInt(), bytes);
    }
}

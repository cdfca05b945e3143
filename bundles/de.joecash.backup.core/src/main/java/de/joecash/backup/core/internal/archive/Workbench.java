package de.joecash.backup.core.internal.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a worker makes members with. Used by one thread at a time. */
final class Workbench implements AutoCloseable {
    private final Codec codec;
    private final Buffers buffers;
    private final Map<Integer, Codec.Deflating> deflaters = new HashMap<>();
    private final Map<Integer, Codec.Deflating> portable = new HashMap<>();
    private final Sha256 digest = new Sha256();
    private final byte[] scratch = new byte[MemberFormat.MAX_STORED];

    /** @param buffers give room for what is made */
    Workbench(Codec codec, Buffers buffers) {
        this.codec = codec;
        this.buffers = buffers;
    }

    /** A member, and whether it was copied. */
    record Made(StoredMember stored, boolean reused) {}

    /**
     * Makes the member of a content.
     *
     * @param again whether its bytes are to be such that they can be made again anywhere
     * @param known an archive from which it is copied if it is there
     */
    Made make(byte[] content, int length, int level, boolean again, Optional<ArchiveFile> known) {
        Digest sha256 = digest.digest(content, length);
        int crc = MemberFormat.crc(content, length);
        Optional<StoredMember> copied = known.flatMap(archive -> archive.copy(sha256, length, crc, buffers));
        return copied.map(stored -> new Made(stored, true))
                .orElseGet(() -> new Made(deflated(content, length, deflater(level, again), crc, sha256), false));
    }

    private Codec.Deflating deflater(int level, boolean again) {
        return again
                ? portable.computeIfAbsent(level, PortableDeflating::new)
                : deflaters.computeIfAbsent(level, codec::deflater);
    }

    private StoredMember deflated(byte[] content, int length, Codec.Deflating deflater, int crc, Digest sha256) {
        int stored = MemberFormat.frame(scratch, deflate(content, length, deflater), crc, length);
        byte[] bytes = buffers.take(stored);
        System.arraycopy(scratch, 0, bytes, 0, stored);
        return new StoredMember(bytes, stored, MemberFormat.crc(bytes, stored), length, sha256);
    }

    private int deflate(byte[] content, int length, Codec.Deflating deflater) {
        int data = deflater.deflate(content, length, scratch, MemberFormat.HEADER);
        if (data < 0 || data > MemberFormat.MAX_STORED - MemberFormat.HEADER - MemberFormat.TRAILER) {
            throw new IllegalStateException("Deflating made " + length + " bytes too long");
        }
        return data;
    }

    @Override
    public void close() {
        deflaters.values().forEach(Codec.Deflating::close);
        deflaters.clear();
        portable.values().forEach(Codec.Deflating::close);
        portable.clear();
    }
}

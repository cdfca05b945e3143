package de.joecash.backup.core.internal.archive;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;

/** What one member after the other is checked with. Used by one thread at a time. */
final class MemberCheck implements AutoCloseable {
    private final byte[] content = new byte[Cutter.MAX];
    private final Sha256 digest = new Sha256();
    private final Codec.Inflating inflater;

    MemberCheck(Codec codec) {
        inflater = codec.inflater();
    }

    /**
     * Checks a member in every way that a gzip reader does, and its content's digest.
     *
     * @return its content, from the first byte; good until the next call
     * @throws DataFormatException if it is damaged
     */
    byte[] check(Member member, byte[] stored) throws DataFormatException {
        int length = member.storedLength();
        int contentLength = member.contentLength();
        if (!MemberFormat.storedLength(stored, 0).equals(OptionalInt.of(length))
                || MemberFormat.contentLength(stored, length) != contentLength) {
            throw new DataFormatException("Its header or trailer has changed");
        }
        inflate(stored, length, contentLength);
        if (!digest.digest(content, contentLength).equals(member.sha256())) {
            throw new DataFormatException("Its content has changed");
        }
        return content;
    }

    /**
     * Gives the content of a member whose digest nobody knows.
     *
     * @throws DataFormatException if it is damaged
     */
    byte[] content(byte[] stored, int length, int contentLength) throws DataFormatException {
        if (contentLength < 1 || contentLength > Cutter.MAX) {
            throw new DataFormatException("Not a member");
        }
        inflate(stored, length, contentLength);
        return Arrays.copyOf(content, contentLength);
    }

    private void inflate(byte[] stored, int length, int contentLength) throws DataFormatException {
        inflater.inflate(
                stored,
                MemberFormat.HEADER,
                length - MemberFormat.HEADER - MemberFormat.TRAILER,
                content,
                contentLength);
        if (MemberFormat.crc(content, contentLength) != MemberFormat.contentCrc(stored, length)) {
            throw new DataFormatException("Its content has changed");
        }
    }

    @Override
    public void close() {
        inflater.close();
    }
}

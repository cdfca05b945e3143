package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import java.util.Map;
import java.util.TreeMap;

/** Pieces of a stream, kept as it passes. */
final class Windows {
    private final Map<Long, byte[]> pieces = new TreeMap<>();

    /** Keeps what lies from the offset on, as much as there is room for. */
    void keep(long offset, int length) {
        pieces.merge(offset, new byte[length], (one, other) -> one.length >= other.length ? one : other);
    }

    /** Sees bytes pass that begin at a position. */
    void pass(byte[] bytes, int length, long position) {
        pieces.forEach((offset, piece) -> {
            long from = Math.max(offset, position);
            long to = Math.min(offset + piece.length, position + length);
            if (from < to) {
                System.arraycopy(bytes, (int) (from - position), piece, (int) (from - offset), (int) (to - from));
            }
        });
    }

    /** Compares a piece with what should be the same. */
    interface Comparison {
        boolean same(long offset, byte[] piece) throws BackupException;
    }

    /** Says whether all pieces, which have to have passed, are the same. */
    boolean same(Comparison comparison) throws BackupException {
        for (Map.Entry<Long, byte[]> each : pieces.entrySet()) {
            if (!comparison.same(each.getKey(), each.getValue())) {
                return false;
            }
        }
        return true;
    }
}

package de.joecash.backup.destination.sftp.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The SHA-256 of each MiB of a content, made while it passes: so that each can be compared by itself, and a server that
 * digests can be asked for many at once.
 */
final class Pieces {
    /** Length of each but the last. */
    static final int LENGTH = 1 << 20;

    private final MessageDigest digest = sha256();
    private final List<byte[]> digests = new ArrayList<>();
    private int inPiece;

    void update(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, LENGTH - inPiece);
            digest.update(bytes, offset + done, count);
            done += count;
            inPiece += count;
            if (inPiece == LENGTH) {
                end();
            }
        }
    }

    /** Ends the last piece, if something is in it. */
    Pieces ended() {
        if (inPiece > 0) {
            end();
        }
        return this;
    }

    private void end() {
        digests.add(digest.digest());
        inPiece = 0;
    }

    /** How many there are. */
    int count() {
        return digests.size();
    }

    /** Says whether others that begin with this one's piece {@code from} are the same. */
    boolean matches(int from, List<byte[]> others) {
        return from + others.size() <= count()
                && Arrays.deepEquals(digests.subList(from, from + others.size()).toArray(), others.toArray());
    }

    List<byte[]> digests() {
        return List.copyOf(digests);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

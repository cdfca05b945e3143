package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.remote.Verify;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What arrived against what was sent: digested by the server where it does that, else read back; whole, or its
 * beginning, its end and some of what is between.
 */
final class Comparison {
    /** So few that an answer comes soon: a server reads them all before it says anything. */
    private static final int AT_ONCE = 32;

    private static final int SAMPLE = 16;

    private final RemoteDirectory directory;
    private final String name;
    private final long length;

    Comparison(RemoteDirectory directory, String name, long length) {
        this.directory = directory;
        this.name = name;
        this.length = length;
    }

    /** Says what differs; empty if nothing does. */
    Optional<String> difference(Pieces sent) throws BackupException {
        OptionalLong there = directory.ask(connection -> connection.size(name));
        if (there.isEmpty() || there.getAsLong() != length) {
            return Optional.of(there.isEmpty() ? "nothing" : there.getAsLong() + " bytes instead of " + length);
        }
        boolean equal = directory.line().settings().verify() == Verify.SAMPLE ? sampleEqual(sent) : wholeEqual(sent);
        return equal ? Optional.empty() : Optional.of("other bytes of the same length");
    }

    private boolean sampleEqual(Pieces sent) throws BackupException {
        int count = sent.count();
        int[] chosen = count <= SAMPLE
                ? IntStream.range(0, count).toArray()
                : IntStream.concat(IntStream.of(0, count - 1), new Random().ints(SAMPLE - 2, 1, count - 1))
                        .sorted()
                        .distinct()
                        .toArray();
        for (int piece : chosen) {
            if (!sent.matches(piece, readBack(piece, 1))) {
                return false;
            }
        }
        return true;
    }

    private boolean wholeEqual(Pieces sent) throws BackupException {
        for (int from = 0; from < sent.count(); from += AT_ONCE) {
            int count = Math.min(AT_ONCE, sent.count() - from);
            Optional<List<byte[]>> digests = digested(from, count);
            if (digests.isEmpty()) {
                return sent.matches(from, readBack(from, sent.count() - from));
            }
            if (digests.get().size() != count || !sent.matches(from, digests.get())) {
                return false;
            }
        }
        return true;
    }

    private Optional<List<byte[]>> digested(int from, int count) throws BackupException {
        long start = (long) from * Pieces.LENGTH;
        long end = Math.min(length, start + (long) count * Pieces.LENGTH);
        return directory.ask(connection -> connection.digests(name, start, end - start, Pieces.LENGTH));
    }

    private List<byte[]> readBack(int from, int count) throws BackupException {
        long start = (long) from * Pieces.LENGTH;
        long end = Math.min(length, start + (long) count * Pieces.LENGTH);
        return directory.ask(connection -> {
            Pieces pieces = new Pieces();
            try (InputStream in = connection.read(name, start, end)) {
                readAll(in, pieces);
            }
            return pieces.ended().digests();
        });
    }

    private void readAll(InputStream in, Pieces pieces) throws BackupException, IOException {
        byte[] chunk = new byte[1 << 15];
        int read;
        while ((read = in.read(chunk)) >= 0) {
            directory.line().check();
            pieces.update(chunk, 0, read);
        }
    }
}

package de.joecash.backup.source.h2.internal;

import de.joecash.backup.source.h2.internal.ContentsScanner.LineBuffer;
import de.joecash.backup.spi.RowDigest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * The large objects of a dump. {@code SCRIPT} writes one in parts, ahead of its row, and the row names it by a number
 * that says nothing: where a row is digested, the object's own digest takes the number's place.
 */
final class LargeObjects {
    /** How a line with a part begins; id, number of the part and the part follow. */
    static final String INSERT = "INSERT INTO SYSTEM_LOB_STREAM VALUES(";

    private static final String CALL = "SYSTEM_COMBINE_";
    /** The length of {@code SYSTEM_COMBINE_CLOB(}. */
    private static final int CALL_LENGTH = CALL.length() + 5;

    /** What is not in a row yet: as much as the rows of one statement name. */
    private final Map<Integer, MessageDigest> waiting = new HashMap<>();

    /** Takes the line of a part. */
    void part(LineBuffer line) throws Refusal {
        int comma = indexOf(line, ',', INSERT.length());
        int id = number(line, INSERT.length(), comma);
        int part = indexOf(line, ',', comma + 1) + 1;
        waiting.computeIfAbsent(id, none -> sha256()).update(line.bytes(), part, line.length() - part);
    }

    /** Digests a row. */
    void digest(LineBuffer row, RowDigest digest) throws Refusal {
        int done = 0;
        if (!waiting.isEmpty()) {
            boolean text = false;
            for (int i = 0; i < row.length(); i++) {
                byte c = row.bytes()[i];
                text ^= c == '\'';
                if (!text && c == 'S' && row.at(i, CALL)) {
                    int number = i + CALL_LENGTH;
                    int end = indexOf(row, ')', number);
                    byte[] object = object(number(row, number, end));
                    digest.part(row.bytes(), done, number - done);
                    digest.part(object, 0, object.length);
                    done = end;
                    i = end;
                }
            }
        }
        digest.part(row.bytes(), done, row.length() - done);
    }

    private byte[] object(int id) throws Refusal {
        MessageDigest object = waiting.remove(id);
        if (object == null) {
            throw new Refusal("a large object that is not there");
        }
        return object.digest();
    }

    private static int indexOf(LineBuffer line, char c, int from) throws Refusal {
        for (int i = from; i < line.length(); i++) {
            if (line.bytes()[i] == c) {
                return i;
            }
        }
        throw new Refusal("a malformed large object");
    }

    private static int number(LineBuffer line, int from, int to) throws Refusal {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = line.bytes()[i] - '0';
            if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE / 10 - 1) {
                throw new Refusal("a malformed large object");
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

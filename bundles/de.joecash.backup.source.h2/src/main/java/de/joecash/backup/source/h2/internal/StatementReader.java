package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a dump into statements and comment lines. {@code SCRIPT} writes printable ASCII, or UTF-8 within quotes, and
 * never a line feed there; anything else is refused. Holds one statement at a time.
 */
final class StatementReader {
    /**
     * A statement without its semicolon, or a comment with its dashes.
     *
     * @param text what it says
     * @param comment whether it is a comment
     */
    record Piece(String text, boolean comment) {}

    private static final int DELETE = 0x7F;
    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_COMMENT = 64 * 1024;

    private final InputStream in;
    private final int longest;
    private final Cancellation cancellation;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] piece = new byte[BUFFER];
    private int length;

    /**
     * Reads from a stream, which it does not close.
     *
     * @param longest how many bytes a statement may have
     * @param cancellation asked before each read
     */
    StatementReader(InputStream in, int longest, Cancellation cancellation) {
        this.in = in;
        this.longest = longest;
        this.cancellation = cancellation;
    }

    /** Gives the next piece that is not empty, or nothing at the end of the stream. */
    Optional<Piece> next() throws BackupException, IOException, Refusal {
        length = 0;
        int first = read();
        while (first == ' ' || first == '\n' || first == ';') {
            first = read();
        }
        if (first < 0) {
            return Optional.empty();
        }
        append(first, longest);
        if (first != '-') {
            return Optional.of(statement(first));
        }
        return Optional.of(comment());
    }

    private Piece comment() throws BackupException, IOException, Refusal {
        for (int c = read(); c != '\n'; c = read()) {
            if (c < 0) {
                throw ended();
            }
            append(c, LONGEST_COMMENT);
        }
        String text = text().stripTrailing();
        if (!text.startsWith("--")) {
            throw new Refusal("a statement that begins with a dash");
        }
        return new Piece(text, true);
    }

    private Piece statement(int first) throws BackupException, IOException, Refusal {
        int quote = first == '\'' || first == '"' ? first : 0;
        while (true) {
            int c = read();
            if (c < 0) {
                throw ended();
            }
            if (quote != 0) {
                if (c == '\n') {
                    throw new Refusal("a line feed within quotes");
                }
                quote = c == quote ? 0 : quote;
            } else if (c == ';') {
                return new Piece(text(), false);
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
            append(c, longest);
        }
    }

    private static Refusal ended() {
        return new Refusal("it ends in the middle of a statement");
    }

    private String text() throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(piece, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal("what is not UTF-8");
        }
    }

    private void append(int c, int most) throws Refusal {
        if (length == most) {
            throw new Refusal("a statement of more than " + most + " bytes");
        }
        if (length == piece.length) {
            piece = Arrays.copyOf(piece, (int) Math.min(longest, 2L * length));
        }
        piece[length++] = (byte) c;
    }

    private int read() throws BackupException, IOException, Refusal {
        if (position == limit) {
            cancellation.check();
            limit = in.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        int c = buffer[position++] & 0xFF;
        if ((c < ' ' && c != '\n') || c == DELETE) {
            throw new Refusal("a control character");
        }
        return c;
    }
}

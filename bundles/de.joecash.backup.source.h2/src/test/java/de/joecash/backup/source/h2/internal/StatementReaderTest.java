package de.joecash.backup.source.h2.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.source.h2.internal.StatementReader.Piece;
import de.joecash.backup.spi.Cancellation;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    private static final int LONGEST = 100;

    @Test
    void cutsAtSemicolonsOutsideOfQuotesAndAtTheEndOfComments() throws Exception {
        assertThat(pieces("-- H2; 'x\nA ';''\"' ;   \n;\n \"b;'\"\n C;-- \"\n--; end\n".getBytes(UTF_8)))
                .containsExactly(
                        new Piece("-- H2; 'x", true),
                        new Piece("A ';''\"' ", false),
                        new Piece("\"b;'\"\n C", false),
                        new Piece("-- \"", true),
                        new Piece("--; end", true));
    }

    @Test
    void readsTextInQuotesAsUtf8() throws Exception {
        assertThat(pieces("'ä😀';".getBytes(UTF_8))).containsExactly(new Piece("'ä😀'", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "A '",
                "A ';",
                "-- no line feed",
                "-",
                "- x\n",
                "'a\nb';",
                "A\tB;",
                "A\rB;",
                "\u0000;",
                "\u007f;"
            })
    void refusesWhatIsCutOffOrMalformed(String text) {
        assertThatThrownBy(() -> pieces(text.getBytes(UTF_8))).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> pieces("'ä';".getBytes(ISO_8859_1))).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesAStatementThatIsTooLong() throws Exception {
        assertThat(pieces(("A".repeat(LONGEST) + ";").getBytes(UTF_8))).hasSize(1);
        assertThatThrownBy(() -> pieces(("A".repeat(LONGEST + 1) + ";").getBytes(UTF_8)))
                .isInstanceOf(Refusal.class);
    }

    private static List<Piece> pieces(byte[] text) throws Exception {
        StatementReader reader = new StatementReader(new ByteArrayInputStream(text), LONGEST, new Cancellation());
        List<Piece> pieces = new ArrayList<>();
        for (Optional<Piece> piece = reader.next(); piece.isPresent(); piece = reader.next()) {
            pieces.add(piece.get());
        }
        return pieces;
    }
}

package de.joecash.backup.source.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import de.joecash.backup.source.h2.internal.Tokens.Kind;
import de.joecash.backup.source.h2.internal.Tokens.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    @Test
    void knowsWordsNamesLiteralsAndSymbols() throws Refusal {
        assertThat(Tokens.all("Select \"a\"\"b\", 'it''s; (', -1.5E+10 X'00ff'"))
                .extracting(Token::kind, Token::text)
                .containsExactly(
                        tuple(Kind.WORD, "SELECT"),
                        tuple(Kind.NAME, "a\"b"),
                        tuple(Kind.SYMBOL, ","),
                        tuple(Kind.LITERAL, ""),
                        tuple(Kind.SYMBOL, ","),
                        tuple(Kind.SYMBOL, "-"),
                        tuple(Kind.LITERAL, ""),
                        tuple(Kind.LITERAL, ""));
    }

    @Test
    void decodesEscapedNames() throws Refusal {
        assertThat(Tokens.all("U&\"Gr\\00f6\\00dfe \\+01f600 \\\\ \"\"x\"\"\""))
                .extracting(Token::text)
                .containsExactly("Größe 😀 \\ \"x\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 -- 2",
                "1 /* 2",
                "1 // 2",
                "$$x$$",
                "?1",
                "@x",
                "`x`",
                "{x}",
                "#x",
                "\\x",
                "'open",
                "\"open",
                "'open''",
                "N'x'",
                "E'x'",
                "U'x'",
                "x'00'",
                "u&'x'",
                "'a'b",
                "\"a\"b",
                "1x",
                "1.2.3",
                "1E",
                "1E+",
                "0xE+FILE_READ",
                "1'a'",
                "1\"a\"",
                "U&\"\\00\"",
                "U&\"\\zzzz\"",
                "U&\"\\+110000\"",
                "U&\"\\+FFFFFFF\"",
                "A$\"x\"",
                "\u00e4",
                "\u0000",
                "\t",
            })
    void refusesWhatScriptDoesNotWrite(String sql) {
        assertThatThrownBy(() -> Tokens.all(sql)).isInstanceOf(Refusal.class);
    }
}

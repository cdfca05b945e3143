package de.joecash.backup.source.h2.internal;

import de.joecash.backup.source.h2.internal.Tokens.Kind;
import de.joecash.backup.source.h2.internal.Tokens.Token;
import java.util.List;

/** A place in a statement's tokens. What is required and not there is refused. */
final class Cursor {
    private final List<Token> tokens;
    private int index;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return index == tokens.size();
    }

    boolean at(String wordOrSymbol) {
        return !atEnd() && tokens.get(index).is(wordOrSymbol);
    }

    /** Answers whether {@code AS} stands before this place, so that a name here is an alias. */
    boolean followsAs() {
        return index > 0 && tokens.get(index - 1).is("AS");
    }

    Token next() throws Refusal {
        if (atEnd()) {
            throw new Refusal("a statement that ends too early");
        }
        return tokens.get(index++);
    }

    String peekText() {
        return atEnd() ? "" : tokens.get(index).text();
    }

    boolean take(String wordOrSymbol) {
        boolean there = at(wordOrSymbol);
        index += there ? 1 : 0;
        return there;
    }

    /** Takes any number of these, in any order; answers whether there was one. */
    boolean takeAnyOf(String... wordsOrSymbols) {
        int before = index;
        List<String> any = List.of(wordsOrSymbols);
        while (!atEnd() && any.stream().anyMatch(this::at)) {
            index++;
        }
        return index > before;
    }

    void require(String... wordsOrSymbols) throws Refusal {
        for (String wanted : wordsOrSymbols) {
            if (!take(wanted)) {
                throw new Refusal("\"" + peekText() + "\" where " + wanted + " belongs");
            }
        }
    }

    void requireEnd() throws Refusal {
        if (!atEnd()) {
            throw new Refusal("\"" + peekText() + "\" where a statement ends");
        }
    }

    String word() throws Refusal {
        return next(Kind.WORD, "a word");
    }

    String name() throws Refusal {
        return next(Kind.NAME, "a name");
    }

    void literal() throws Refusal {
        next(Kind.LITERAL, "a literal");
    }

    private String next(Kind kind, String expected) throws Refusal {
        Token token = next();
        if (token.kind() != kind) {
            throw new Refusal("\"" + token.text() + "\" where " + expected + " belongs");
        }
        return token.text();
    }

    /** Takes {@code "SCHEMA"."NAME"}, or {@code "NAME"} alone. */
    TableName qualifiedName() throws Refusal {
        String first = name();
        return take(".") ? new TableName(first, name()) : new TableName("", first);
    }

    /** Takes names in parentheses. */
    void names() throws Refusal {
        require("(");
        do {
            name();
        } while (take(","));
        require(")");
    }

    /** Answers whether the parenthesis here holds names only and {@code AS (} follows: columns of a common table. */
    boolean atCommonTableColumns() {
        int i = index + 1;
        while (i < tokens.size()
                && (tokens.get(i).kind() == Kind.NAME || tokens.get(i).is(","))) {
            i++;
        }
        return i + 2 < tokens.size()
                && tokens.get(i).is(")")
                && tokens.get(i + 1).is("AS")
                && tokens.get(i + 2).is("(");
    }
}

package de.joecash.backup.source.h2.internal;

import de.joecash.backup.source.h2.internal.Tokens.Kind;
import de.joecash.backup.source.h2.internal.Tokens.Token;

/** Lets through expressions and queries that call nothing but functions known to be harmless. */
final class ExpressionGuard {
    private ExpressionGuard() {}

    /** Checks all that is left. */
    static void check(Cursor cursor) throws Refusal {
        while (!cursor.atEnd()) {
            token(cursor);
        }
    }

    /** Checks from an opening parenthesis to the one that closes it. */
    static void checkParenthesis(Cursor cursor) throws Refusal {
        cursor.require("(");
        for (int depth = 1; depth > 0; ) {
            Token token = token(cursor);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
    }

    private static Token token(Cursor cursor) throws Refusal {
        boolean alias = cursor.followsAs();
        Token token = cursor.next();
        if (token.kind() == Kind.WORD && Vocabulary.FORBIDDEN_WORDS.contains(token.text())) {
            throw new Refusal("the word " + token.text());
        }
        if (cursor.at("(")) {
            calls(token, alias, cursor);
        }
        return token;
    }

    /** Judges what stands before a parenthesis; the cursor is at the parenthesis. */
    private static void calls(Token token, boolean alias, Cursor cursor) throws Refusal {
        boolean harmless =
                switch (token.kind()) {
                    case WORD -> Vocabulary.CALLS.contains(token.text());
                    case NAME -> alias || cursor.atCommonTableColumns();
                    case SYMBOL -> !token.is(".");
                    case LITERAL -> false;
                };
        if (!harmless) {
            throw new Refusal("the function " + token.text());
        }
    }
}

package de.joecash.backup.source.h2.internal;

import de.joecash.backup.source.h2.internal.Tokens.Kind;

/** Lets through {@code INSERT} statements whose rows are literals, without keeping their tokens. */
final class InsertGuard {
    private InsertGuard() {}

    /**
     * Counts the rows.
     *
     * @throws Refusal if it is anything else than names, {@code VALUES} and rows of literals
     */
    static long rows(String sql) throws Refusal {
        Tokens tokens = new Tokens(sql);
        head(tokens);
        long rows = 0;
        int depth = 0;
        boolean callable = true;
        while (tokens.next()) {
            if (tokens.is('(')) {
                if (!callable) {
                    throw new Refusal("a function in a row");
                }
                rows += depth == 0 ? 1 : 0;
                depth++;
            } else if (tokens.is(')')) {
                depth--;
            } else if (depth == 0 && !tokens.is(',')) {
                throw new Refusal("something else than rows after VALUES");
            }
            callable = mayStand(tokens);
        }
        if (depth != 0 || rows == 0) {
            throw new Refusal("an INSERT that ends too early");
        }
        return rows;
    }

    /** Goes as far as {@code VALUES}. */
    private static void head(Tokens tokens) throws Refusal {
        boolean columns = false;
        for (int words = 0; tokens.next(); ) {
            if (tokens.kind() == Kind.WORD) {
                String word = tokens.text();
                boolean belongs =
                        switch (word) {
                            case "INSERT" -> words == 0;
                            case "INTO" -> words == 1;
                            case "SYSTEM_LOB_STREAM" -> words == 2;
                            case "OVERRIDING", "SYSTEM", "VALUE", "VALUES" -> words >= 2;
                            default -> false;
                        };
                if (!belongs) {
                    throw new Refusal(word + " in an INSERT");
                }
                if (word.equals("VALUES")) {
                    return;
                }
                words++;
            } else {
                columns |= tokens.is('(');
                if (tokens.kind() == Kind.LITERAL || !(tokens.kind() == Kind.NAME || isNamePart(tokens))) {
                    throw new Refusal("something else than names before VALUES");
                }
            }
        }
        throw new Refusal(columns ? "an INSERT without rows" : "an INSERT without VALUES");
    }

    private static boolean isNamePart(Tokens tokens) {
        return tokens.is('.') || tokens.is(',') || tokens.is('(') || tokens.is(')');
    }

    /** Checks the present token; answers whether a parenthesis may follow it. */
    private static boolean mayStand(Tokens tokens) throws Refusal {
        return switch (tokens.kind()) {
            case LITERAL -> false;
            case NAME -> throw new Refusal("a name in a row");
            case SYMBOL -> {
                if (!tokens.is('(')
                        && !tokens.is(')')
                        && !tokens.is(',')
                        && !tokens.is('-')
                        && !tokens.is('[')
                        && !tokens.is(']')) {
                    throw new Refusal("an operator in a row");
                }
                yield !tokens.is(')');
            }
            case WORD -> {
                String word = tokens.text();
                boolean callable = Vocabulary.ROW_CALLS.contains(word);
                if (!callable && !Vocabulary.ROW_WORDS.contains(word)) {
                    throw new Refusal(word + " in a row");
                }
                yield callable;
            }
        };
    }
}

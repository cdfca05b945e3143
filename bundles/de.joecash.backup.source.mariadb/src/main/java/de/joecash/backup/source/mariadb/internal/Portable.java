package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.source.mariadb.internal.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes out of a statement what ties it to one server: who defined a view, trigger or routine, so that it belongs to
 * whoever restores it; and the name of its own database, so that it can be restored under another.
 */
final class Portable {
    private static final Set<String> DEFINED =
            Set.of("view", "trigger", "function", "procedure", "event", "package", "table", "sequence");

    /** What stands before the name of a table or routine. */
    private static final Set<String> BEFORE_TABLE =
            Set.of("from", "join", "straight_join", "into", "update", "table", "references", "call");

    /** What stands before the ON of a trigger; behind any other ON a condition follows. */
    private static final Set<String> EVENTS = Set.of("insert", "update", "delete");

    /** Functions whose FROM a value follows, as in {@code EXTRACT(YEAR FROM t.c)}; the server keeps them in views. */
    private static final Set<String> TAKE_FROM = Set.of("extract", "trim", "substring", "substr", "mid");

    private static final Set<String> LIST_OF_TABLES = Set.of("from", "join", "straight_join", "update");
    /** Reserved words that begin lists of something else. */
    private static final Set<String> OTHER_LIST = Set.of("select", "by", "set", "values", "limit");

    private record Cut(int start, int end) {}

    private Portable() {}

    /**
     * Gives the statement without.
     *
     * @param tokens the statement's
     * @param database the name of its own database
     */
    static String of(String sql, List<SqlToken> tokens, String database) {
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (isDefiner(tokens, i)) {
                i = definer(tokens, i, sql, cuts);
            } else if (isQualifier(tokens, i, database)) {
                cuts.add(new Cut(tokens.get(i).start(), tokens.get(i + 1).end()));
                i++;
            }
        }
        StringBuilder rest = new StringBuilder(sql);
        for (int i = cuts.size() - 1; i >= 0; i--) {
            rest.delete(cuts.get(i).start(), cuts.get(i).end());
        }
        return rest.toString();
    }

    /** Says whether here a definer begins: before the kind of what is defined. */
    static boolean isDefiner(List<SqlToken> tokens, int at) {
        if (at + 2 >= tokens.size()
                || !tokens.get(at).is("definer")
                || !tokens.get(at + 1).symbol('=')) {
            return false;
        }
        return tokens.subList(0, at).stream()
                .noneMatch(token -> token.kind() == Kind.WORD && DEFINED.contains(token.text()));
    }

    private static int definer(List<SqlToken> tokens, int at, String sql, List<Cut> cuts) {
        int last = at + 2;
        if (last + 2 < tokens.size() && tokens.get(last + 1).symbol('@')) {
            last += 2;
        }
        boolean alone = at > 0
                && tokens.get(at - 1).kind() == Kind.OPEN
                && last + 1 < tokens.size()
                && tokens.get(last + 1).kind() == Kind.CLOSE;
        int start = tokens.get(alone ? at - 1 : at).start();
        int end = tokens.get(alone ? last + 1 : last).end();
        cuts.add(new Cut(start, end < sql.length() && sql.charAt(end) == ' ' ? end + 1 : end));
        return last;
    }

    /** Says whether here stands the own database's name before a name of something in it. */
    private static boolean isQualifier(List<SqlToken> tokens, int at, String database) {
        SqlToken token = tokens.get(at);
        return token.names() && token.text().equalsIgnoreCase(database) && qualifiesDatabase(tokens, at);
    }

    /**
     * Says whether a name can only be a database's: the first of three, before a routine, or where a table is named.
     *
     * @param at of the name
     */
    static boolean qualifiesDatabase(List<SqlToken> tokens, int at) {
        if (at + 2 >= tokens.size()
                || !tokens.get(at).names()
                || !tokens.get(at + 1).symbol('.')
                || !tokens.get(at + 2).names()
                || (at > 0 && tokens.get(at - 1).symbol('.'))) {
            return false;
        }
        boolean three = at + 3 < tokens.size() && tokens.get(at + 3).symbol('.');
        boolean routine = at + 3 < tokens.size() && tokens.get(at + 3).symbol('(');
        return three || routine || namesTable(tokens, at) || inSequence(tokens, at);
    }

    private static boolean inSequence(List<SqlToken> tokens, int at) {
        return at > 1
                && tokens.get(at - 1).symbol('(')
                && (tokens.get(at - 2).is("nextval")
                        || tokens.get(at - 2).is("lastval")
                        || tokens.get(at - 2).is("setval"));
    }

    /** Says whether a table's name stands here: behind FROM and its like, and behind a comma that follows one. */
    private static boolean namesTable(List<SqlToken> tokens, int at) {
        int i = at - 1;
        while (i >= 0 && tokens.get(i).symbol('(')) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        if (tokens.get(i).kind() == Kind.WORD
                && BEFORE_TABLE.contains(tokens.get(i).text())) {
            return !beforeValue(tokens, i);
        }
        if (tokens.get(i).is("on")) {
            return i > 0
                    && tokens.get(i - 1).kind() == Kind.WORD
                    && EVENTS.contains(tokens.get(i - 1).text());
        }
        return tokens.get(i).symbol(',') && inTables(tokens, i);
    }

    /** Says whether columns follow a word that tables follow elsewhere. */
    private static boolean beforeValue(List<SqlToken> tokens, int at) {
        boolean onDuplicate =
                tokens.get(at).is("update") && at > 0 && tokens.get(at - 1).is("key");
        return onDuplicate || (tokens.get(at).is("from") && inFunction(tokens, at));
    }

    /** Says whether the parentheses around a FROM are those of a function that takes a value from there. */
    private static boolean inFunction(List<SqlToken> tokens, int from) {
        int depth = tokens.get(from).depth();
        int i = from - 1;
        while (i > 0 && !(tokens.get(i).symbol('(') && tokens.get(i).depth() == depth)) {
            i--;
        }
        return i > 0
                && !tokens.get(i + 1).is("select")
                && tokens.get(i - 1).kind() == Kind.WORD
                && TAKE_FROM.contains(tokens.get(i - 1).text());
    }

    /** Says whether a comma stands in a list of tables, reading back to what began the list. */
    private static boolean inTables(List<SqlToken> tokens, int comma) {
        int depth = tokens.get(comma).depth();
        int i = comma - 1;
        while (i >= 0) {
            SqlToken token = tokens.get(i);
            if (token.symbol(')')) {
                // What is in parentheses began and ended within.
                do {
                    i--;
                } while (i > 0 && !(tokens.get(i).symbol('(') && tokens.get(i).depth() == depth + 1));
            } else if (token.symbol('(')) {
                return namesTable(tokens, i);
            } else if (token.kind() == Kind.WORD && LIST_OF_TABLES.contains(token.text())) {
                return !beforeValue(tokens, i);
            } else if (token.kind() == Kind.WORD && OTHER_LIST.contains(token.text())) {
                return false;
            }
            i--;
        }
        return false;
    }
}

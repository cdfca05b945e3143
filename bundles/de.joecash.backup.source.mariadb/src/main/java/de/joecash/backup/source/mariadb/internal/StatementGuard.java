package de.joecash.backup.source.mariadb.internal;

import static de.joecash.backup.tools.Refusal.unless;

import de.joecash.backup.source.mariadb.internal.SqlToken.Kind;
import de.joecash.backup.tools.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets through what {@code mariadb-dump} writes of a till: tables of InnoDB, sequences, views, triggers, functions and
 * procedures in SQL, and rows. Everything else is refused: what runs at once, what reaches beyond the database (files,
 * other databases, users, plugins, other servers), and what changes the session.
 */
final class StatementGuard {
    /** What becomes of a statement. */
    enum Verdict {
        /** Is known to the letter, and runs as it is. */
        AS_IT_IS,
        /** Runs as the one statement it is. */
        ALONE
    }

    /** Possessive: matched in a loop, however long somebody made a name. */
    private static final String NAME = "`(?:[^`\\x00]|``)++`";
    /** Of clients that defined something; in none of them an ASCII byte is part of another character. */
    private static final String CHARSET = "(?:utf8|utf8mb3|utf8mb4|latin1)";

    /** What {@code mariadb-dump} sets and restores, without the comment around it. */
    private static final String SET = "(?:"
            + "SET @OLD_(CHARACTER_SET_CLIENT|CHARACTER_SET_RESULTS|COLLATION_CONNECTION|TIME_ZONE)=@@\\1"
            + "|SET (?:CHARACTER_SET_CLIENT|CHARACTER_SET_RESULTS|COLLATION_CONNECTION|TIME_ZONE|SQL_MODE"
            + "|UNIQUE_CHECKS|FOREIGN_KEY_CHECKS|SQL_NOTES|NOTE_VERBOSITY)"
            + "=@OLD_(?:CHARACTER_SET_CLIENT|CHARACTER_SET_RESULTS|COLLATION_CONNECTION|TIME_ZONE|SQL_MODE"
            + "|UNIQUE_CHECKS|FOREIGN_KEY_CHECKS|SQL_NOTES|NOTE_VERBOSITY)"
            + "|SET @OLD_(UNIQUE_CHECKS|FOREIGN_KEY_CHECKS|SQL_NOTES|NOTE_VERBOSITY)=@@\\2, \\2=0"
            + "|SET NAMES utf8mb4|SET TIME_ZONE='\\+00:00'"
            + "|SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO'"
            + "|SET @saved_cs_client +?= @@character_set_client|SET @saved_cs_results +?= @@character_set_results"
            + "|SET @saved_col_connection +?= @@collation_connection|SET @saved_sql_mode +?= @@sql_mode"
            + "|SET character_set_client +?= (?:" + CHARSET + "|@saved_cs_client)"
            + "|SET character_set_results +?= (?:" + CHARSET + "|@saved_cs_results)"
            + "|SET collation_connection +?= (?:[a-z0-9_]+|@saved_col_connection)"
            + "|SET sql_mode +?= (?:'([A-Z_,]*)'|@saved_sql_mode)"
            + "|SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, @@AUTOCOMMIT=0|SET AUTOCOMMIT=@OLD_AUTOCOMMIT|COMMIT"
            + "|SET @old_system_versioning_insert_history=@@session\\.system_versioning_insert_history,"
            + " @@session\\.system_versioning_insert_history=1"
            + "|SET system_versioning_insert_history=@old_system_versioning_insert_history"
            + "|DROP VIEW IF EXISTS " + NAME
            + "|(?:DO|SELECT) SETVAL\\(" + NAME + ", -?[0-9]{1,20}, [01]\\)"
            + "|ALTER DATABASE CHARACTER SET [a-z0-9_]+ COLLATE [a-z0-9_]+"
            + ")";

    private static final Pattern KNOWN = Pattern.compile("(?:/\\*(?:!\\d{5}|M!\\d{6}) " + SET + " ?\\*/|"
            + SET.replace("\\1", "\\4").replace("\\2", "\\5") + ") ?;\\s*");

    private static final Pattern FOREIGN_CHARSET =
            Pattern.compile("/\\*!\\d{5} SET character_set_client += ([a-z0-9_]+) \\*/ ;\\s*");

    /** With these, texts and names are not what we read. */
    private static final Pattern OTHER_SYNTAX =
            Pattern.compile("ANSI|ANSI_QUOTES|NO_BACKSLASH_ESCAPES|ORACLE|DB2|MAXDB|MSSQL|POSTGRESQL|MYSQL323|MYSQL40");

    private static final Set<String> KINDS = Set.of("table", "sequence", "view", "trigger", "function", "procedure");

    /** Of these only the kinds above may be, and what a view is written with. */
    private static final Set<String> BEFORE_KIND = Set.of(
            "or",
            "replace",
            "algorithm",
            "undefined",
            "merge",
            "temptable",
            "sql",
            "security",
            "definer",
            "invoker",
            "aggregate");

    /** Places of files, other servers and other tables. */
    private static final Set<String> NOT_IN_TABLES =
            Set.of("directory", "connection", "union", "tablespace", "select", "load_file", "soname");

    /** Statements that are no business of a till's routines, and functions that reach files or hold up the server. */
    private static final Set<String> NOT_IN_BODIES = Set.of(
            "prepare",
            "execute",
            "deallocate",
            "outfile",
            "dumpfile",
            "infile",
            "load",
            "load_file",
            "grant",
            "revoke",
            "install",
            "uninstall",
            "shutdown",
            "kill",
            "global",
            "soname",
            "rename",
            "alter",
            "reset",
            "flush",
            "purge",
            "binlog",
            "change",
            "sys_exec",
            "sys_eval",
            "benchmark",
            "sleep");

    /** In tokens; some of them are read back from. */
    private static final int LONGEST_BODY = 50_000;

    private final Set<String> databases;

    /** @param databases the names of all databases, in lower case, as {@link SqlLexer} reads them */
    StatementGuard(Set<String> databases) {
        this.databases = Set.copyOf(databases);
    }

    /** Gives names of databases as {@link SqlLexer} reads them. */
    static Set<String> asRead(Set<String> names) {
        return names.stream().map(StatementGuard::asRead).collect(Collectors.toSet());
    }

    private static String asRead(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /**
     * Judges a statement.
     *
     * @param all its tokens, without the delimiter
     * @param sql its text, from its first character to its line feed
     */
    Verdict judge(List<SqlToken> all, String sql) throws Refusal {
        Matcher known = KNOWN.matcher(sql);
        if (known.matches()) {
            String mode = known.group(3) == null ? known.group(6) : known.group(3);
            if (mode != null) {
                for (String word : mode.split(",", -1)) {
                    unless(!OTHER_SYNTAX.matcher(word).matches(), "something made under the SQL mode " + word);
                }
            }
            return Verdict.AS_IT_IS;
        }
        Matcher foreign = FOREIGN_CHARSET.matcher(sql);
        if (foreign.matches()) {
            throw new Refusal("a view, trigger or routine that was made by a client with the character set "
                    + foreign.group(1) + ": please have it made anew by one with utf8mb4");
        }
        List<SqlToken> tokens = code(all);
        unless(!tokens.isEmpty() && tokens.get(0).kind() == Kind.WORD, "what is no statement");
        unless(tokens.get(0).is("create"), "a statement " + shown(tokens.get(0).text()) + " that no dump has");
        create(tokens);
        return Verdict.ALONE;
    }

    /** Leaves out the ends of comments whose inside is run. */
    private static List<SqlToken> code(List<SqlToken> all) {
        return all.stream()
                .filter(token -> token.kind() != Kind.OPEN && token.kind() != Kind.CLOSE)
                .toList();
    }

    /** Gives the name of the table that a statement creates, if that is what it does. */
    static Optional<String> created(List<SqlToken> all) {
        List<SqlToken> tokens = code(all);
        boolean table =
                tokens.size() > 2 && tokens.get(0).is("create") && tokens.get(1).is("table");
        return table ? Optional.of(tokens.get(2).text()) : Optional.empty();
    }

    private void create(List<SqlToken> tokens) throws Refusal {
        int at = 1;
        while (at < tokens.size()
                && !(tokens.get(at).kind() == Kind.WORD
                        && KINDS.contains(tokens.get(at).text()))) {
            SqlToken token = tokens.get(at);
            boolean known = token.symbol('=') || (token.kind() == Kind.WORD && BEFORE_KIND.contains(token.text()));
            unless(known, "a statement CREATE " + shown(token.text()));
            unless(!Portable.isDefiner(tokens, at), "something that belongs to a certain user");
            at++;
        }
        unless(at + 2 < tokens.size(), "a CREATE that no dump has");
        String kind = tokens.get(at).text();
        if (kind.equals("table")) {
            table(tokens, at + 1);
        } else if (kind.equals("sequence")) {
            noPoint(tokens, at + 1);
            engines(tokens, at + 1);
        } else {
            body(tokens, at, kind.equals("view"));
        }
    }

    private static void table(List<SqlToken> tokens, int name) throws Refusal {
        unless(tokens.get(name).names() && tokens.get(name + 1).symbol('('), "a CREATE TABLE that no dump has");
        noPoint(tokens, name);
        for (SqlToken token : tokens.subList(name + 1, tokens.size())) {
            boolean refused = token.kind() == Kind.WORD && NOT_IN_TABLES.contains(token.text());
            unless(!refused, "a table with " + shown(token.text()));
        }
        engines(tokens, name);
    }

    /** No name of another database. */
    private static void noPoint(List<SqlToken> tokens, int from) throws Refusal {
        for (int i = from; i < tokens.size(); i++) {
            unless(!tokens.get(i).symbol('.'), "a table or sequence of another database");
        }
    }

    private static void engines(List<SqlToken> tokens, int name) throws Refusal {
        boolean named = false;
        for (int i = name + 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("engine")
                    || tokens.get(i).is("type")
                    || tokens.get(i).is("storage")) {
                unless(i + 2 < tokens.size() && tokens.get(i + 1).symbol('='), "an engine that no dump has");
                String what = tokens.get(i + 2).text();
                if (!what.equals("innodb")) {
                    throw new ForeignEngine(utf8(tokens.get(name).text()), shown(what));
                }
                named = true;
            }
        }
        unless(named, "a table without an engine");
    }

    private void body(List<SqlToken> tokens, int kind, boolean view) throws Refusal {
        unless(tokens.size() <= LONGEST_BODY, "a body that is too long");
        for (int i = kind + 1; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            unless(!view || !token.symbol('{'), "a view with braces");
            boolean behindPoint =
                    tokens.get(i - 1).symbol('.') || tokens.get(i - 1).symbol('@');
            boolean keyword = token.kind() == Kind.WORD && !behindPoint;
            if (keyword) {
                unless(!NOT_IN_BODIES.contains(token.text()), "the word " + shown(token.text()) + " in a body");
                unless(!view || !token.is("into"), "a view with INTO");
                boolean definition = token.is("create") || token.is("drop") || token.is("truncate");
                unless(!definition || temporary(tokens, i), "a body that defines something");
            }
            if (token.names() && token.text().equalsIgnoreCase("load_file")) {
                throw new Refusal("the function load_file");
            }
            unless(!otherDatabase(tokens, i, view), "something of another database");
        }
    }

    private static boolean temporary(List<SqlToken> tokens, int at) {
        for (int i = at + 1; i < Math.min(at + 4, tokens.size()); i++) {
            if (tokens.get(i).is("temporary")) {
                return true;
            }
        }
        return false;
    }

    /** In a view the server wrote every name; in a body somebody else did, so that any database's name is refused. */
    private boolean otherDatabase(List<SqlToken> tokens, int at, boolean view) {
        boolean qualifies = at + 2 < tokens.size()
                && tokens.get(at).names()
                && tokens.get(at + 1).symbol('.')
                && !tokens.get(at - 1).symbol('.')
                && !tokens.get(at - 1).symbol('@');
        if (!qualifies) {
            return false;
        }
        return Portable.qualifiesDatabase(tokens, at)
                || (!view && databases.contains(tokens.get(at).text().toLowerCase(Locale.ROOT)));
    }

    private static String utf8(String read) {
        return new String(read.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String shown(String word) {
        return word.matches("[A-Za-z0-9_ -]{1,40}") ? word : "?";
    }
}

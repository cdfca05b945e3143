package de.joecash.backup.source.postgresql.internal;

import static de.joecash.backup.tools.Refusal.unless;

import de.joecash.backup.source.postgresql.internal.SqlToken.Kind;
import de.joecash.backup.tools.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets through what {@code pg_dump} writes of a till: types, tables, sequences, views, functions in SQL and PL/pgSQL,
 * triggers, rules, policies, indexes, constraints, comments, extensions that any user may create, and rows. Everything
 * else is refused: what runs at once ({@code DO}, {@code CALL}, {@code SELECT}), what reaches beyond the database
 * (files, programs, foreign servers, roles, other languages), and what changes the session.
 */
final class StatementGuard {
    /** What becomes of a statement. */
    enum Verdict {
        RUN,
        /** Says nothing that a restore needs. */
        SKIP,
        /** Runs, and rows follow. */
        ROWS
    }

    private static final String NAME = "(?:[a-z_\\x80-\\xff][a-z0-9_\\x80-\\xff]*|\"(?:[^\"\\x00]|\"\")+\")";

    private static final Pattern SET = Pattern.compile("SET (?:"
            + "(?:statement_timeout|lock_timeout|idle_in_transaction_session_timeout) = 0"
            + "|client_encoding = 'UTF8'|standard_conforming_strings = on|escape_string_warning = off"
            + "|check_function_bodies = false|xmloption = (?:content|document)|client_min_messages = warning"
            + "|row_security = off|default_tablespace = ''|default_table_access_method = heap"
            + "|default_with_oids = false);\\s*");

    /** What only a newer server knows; it is its default. */
    private static final Pattern SKIPPED = Pattern.compile("SET transaction_timeout = 0;\\s*");

    private static final Pattern SELECT =
            Pattern.compile("SELECT pg_catalog\\.(?:set_config\\('search_path', '', false\\)"
                    + "|setval\\('(?:[^'\\\\\\x00]|'')+', -?[0-9]{1,20}, (?:true|false)\\));\\s*");

    /** A table without columns has two blanks in place of their list. */
    private static final Pattern COPY = Pattern.compile(
            "COPY (" + NAME + "(?:\\." + NAME + ")?) (?:\\(" + NAME + "(?:, " + NAME + ")*\\))? ?FROM stdin;\n");

    private static final Pattern REFRESH =
            Pattern.compile("REFRESH MATERIALIZED VIEW " + NAME + "(?:\\." + NAME + ")?;\\s*");

    private static final Set<String> CREATE = Set.of(
            "schema",
            "extension",
            "type",
            "domain",
            "function",
            "procedure",
            "aggregate",
            "operator",
            "cast",
            "collation",
            "sequence",
            "unlogged sequence",
            "table",
            "unlogged table",
            "view",
            "materialized view",
            "index",
            "unique index",
            "trigger",
            "constraint trigger",
            "rule",
            "policy",
            "statistics",
            "text search configuration",
            "text search dictionary");

    private static final Set<String> ALTER = Set.of(
            "table", "sequence", "index", "type", "domain", "view", "materialized view", "text search configuration");

    private static final Set<String> COMMENT = Set.of(
            "schema",
            "extension",
            "type",
            "domain",
            "function",
            "procedure",
            "aggregate",
            "operator",
            "cast",
            "collation",
            "sequence",
            "table",
            "column",
            "view",
            "materialized view",
            "index",
            "constraint",
            "trigger",
            "rule",
            "policy",
            "statistics",
            "text search configuration",
            "text search dictionary");

    /** Trusted ones among PostgreSQL's own: none of them reaches beyond the database. */
    private static final Set<String> EXTENSIONS = Set.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "dict_int",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "lo",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "plpgsql",
            "seg",
            "tablefunc",
            "tcn",
            "tsm_system_rows",
            "tsm_system_time",
            "unaccent",
            "uuid-ossp");

    private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql");

    /** Functions of the server that leave the database, change the session, or run text as SQL. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("set_config|pg_read_.*|pg_ls_.*|pg_stat_file|pg_file_.*|lo_import|lo_export|dblink.*"
                    + "|(?:query|cursor|table|schema|database)_to_xml.*|pg_terminate_backend|pg_cancel_backend"
                    + "|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_backup_.*|pg_logical_.*"
                    + "|pg_replication_.*|pg_create_.*|pg_drop_.*|pg_import_.*|ts_stat|ts_rewrite");

    private final boolean bodies;

    /** @param bodies whether functions may be created */
    StatementGuard(boolean bodies) {
        this.bodies = bodies;
    }

    /** Gives the table whose rows follow the statement, as SQL writes it. */
    static Optional<String> rowsOf(String sql) {
        Matcher copy = COPY.matcher(sql);
        return copy.matches() ? Optional.of(copy.group(1)) : Optional.empty();
    }

    /**
     * Judges a statement.
     *
     * @param tokens its tokens, without the semicolon
     * @param sql its text, from its first character to its line feed
     */
    Verdict judge(List<SqlToken> tokens, String sql) throws Refusal {
        if (tokens.isEmpty() || tokens.get(0).kind() != Kind.WORD) {
            throw new Refusal("what is no statement");
        }
        String first = tokens.get(0).text();
        switch (first) {
            case "set" -> {
                if (SKIPPED.matcher(sql).matches()) {
                    return Verdict.SKIP;
                }
                unless(SET.matcher(sql).matches(), "a SET that no dump has");
            }
            case "select" -> unless(SELECT.matcher(sql).matches(), "a SELECT that no dump has");
            case "copy" -> {
                String table = rowsOf(sql).orElseThrow(() -> new Refusal("a COPY that no dump has"));
                unless(!table.matches("\"?(pg_|information_schema\"?\\.).*"), "rows for a table of the server's own");
                return Verdict.ROWS;
            }
            case "refresh" -> unless(REFRESH.matcher(sql).matches(), "a REFRESH that no dump has");
            case "create" -> create(tokens);
            case "alter" -> phrase(tokens, 1, ALTER, "ALTER");
            case "comment" -> {
                unless(tokens.size() > 2 && tokens.get(1).is("on"), "a COMMENT that no dump has");
                phrase(tokens, 2, COMMENT, "COMMENT ON");
            }
            default -> throw new Refusal("a statement " + shown(first));
        }
        if (!first.equals("select")) {
            functions(tokens);
        }
        return Verdict.RUN;
    }

    private void create(List<SqlToken> tokens) throws Refusal {
        int at = tokens.size() > 2 && tokens.get(1).is("or") && tokens.get(2).is("replace") ? 3 : 1;
        String kind = phrase(tokens, at, CREATE, "CREATE");
        int next = at + kind.split(" ", -1).length;
        switch (kind) {
            case "extension" -> extension(tokens, next);
            case "type" -> type(tokens, next);
            case "function", "procedure" -> language(tokens);
            case "operator" ->
                unless(
                        next < tokens.size()
                                && !tokens.get(next).is("class")
                                && !tokens.get(next).is("family"),
                        "an operator class");
            default -> {
                // Its kind says enough.
            }
        }
    }

    private static void extension(List<SqlToken> tokens, int next) throws Refusal {
        boolean written = tokens.size() == next + 7
                && tokens.get(next).is("if")
                && tokens.get(next + 1).is("not")
                && tokens.get(next + 2).is("exists")
                && tokens.get(next + 4).is("with")
                && tokens.get(next + 5).is("schema");
        unless(written && tokens.get(next + 3).names(), "a CREATE EXTENSION that no dump has");
        String name = tokens.get(next + 3).text();
        unless(EXTENSIONS.contains(name), "the extension " + shown(name));
    }

    /** A base type is made of C functions. */
    private static void type(List<SqlToken> tokens, int next) throws Refusal {
        int at = next + 1;
        while (at + 1 < tokens.size() && tokens.get(at).symbol('.')) {
            at += 2;
        }
        boolean shell = at == tokens.size();
        unless(shell || tokens.get(at).is("as"), "a base type");
    }

    private void language(List<SqlToken> tokens) throws Refusal {
        unless(
                bodies,
                "a function, and the till's database user may reach files and programs of the server: "
                        + "please use one that is no superuser");
        boolean named = false;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.depth() == 0 && token.is("language")) {
                SqlToken language = tokens.get(i + 1);
                unless(
                        language.names() && LANGUAGES.contains(language.text()),
                        "a function in the language " + shown(language.text()));
                named = true;
            }
        }
        unless(named, "a function without a language");
    }

    private static void functions(List<SqlToken> tokens) throws Refusal {
        for (SqlToken token : tokens) {
            if (token.names() && FORBIDDEN.matcher(token.text()).matches()) {
                throw new Refusal("the function " + shown(token.text()));
            }
        }
    }

    /** Reads what kind of thing it is about; at most three words. */
    private static String phrase(List<SqlToken> tokens, int at, Set<String> known, String statement) throws Refusal {
        String best = "";
        StringBuilder words = new StringBuilder();
        for (int i = at; i < Math.min(at + 3, tokens.size()) && tokens.get(i).kind() == Kind.WORD; i++) {
            words.append(words.isEmpty() ? "" : " ").append(tokens.get(i).text());
            best = known.contains(words.toString()) ? words.toString() : best;
        }
        String seen = words.toString();
        unless(!best.isEmpty(), statement + " " + shown(seen.isEmpty() ? "?" : seen.split(" ", 2)[0]));
        return best;
    }

    private static String shown(String word) {
        return word.matches("[A-Za-z0-9_ -]{1,40}") ? word : "?";
    }
}

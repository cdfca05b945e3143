package de.joecash.backup.source.h2.internal;

import de.joecash.backup.source.h2.internal.Tokens.Kind;
import de.joecash.backup.source.h2.internal.Tokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets through only what {@code SCRIPT} writes for tables, rows and what belongs to them. A dump that somebody has
 * manipulated would run code: {@code CREATE ALIAS}, {@code CREATE TRIGGER}, a table engine, {@code RUNSCRIPT},
 * {@code FILE_WRITE} and the like. For one dump from its start to its end.
 *
 * <p>Administrators are not created, so that whoever administers the database is who opens it; other users are.
 */
final class StatementGuard {
    /**
     * What became of a statement.
     *
     * @param sql what may run; empty where nothing is to run
     * @param table the table it creates
     * @param rows how many rows of tables it inserts
     */
    record Admitted(Optional<String> sql, Optional<TableName> table, long rows) {}

    private static final String LOB_ROWS = "INSERT INTO SYSTEM_LOB_STREAM VALUES(";

    private final Set<String> skippedUsers = new HashSet<>();

    /**
     * Judges a statement.
     *
     * @param sql without its semicolon
     * @throws Refusal if it may not run
     */
    Admitted admit(String sql) throws Refusal {
        if (sql.startsWith("INSERT INTO ")) {
            long rows = InsertGuard.rows(sql);
            return new Admitted(Optional.of(sql), Optional.empty(), sql.startsWith(LOB_ROWS) ? 0 : rows);
        }
        if (Vocabulary.LARGE_OBJECTS.contains(sql.strip())) {
            return run(sql);
        }
        List<Token> tokens = Tokens.all(sql);
        Cursor cursor = new Cursor(tokens);
        if (cursor.take("SET")) {
            return set(cursor, sql);
        } else if (cursor.take("CREATE")) {
            return create(cursor, sql);
        } else if (cursor.take("ALTER")) {
            return alter(cursor, sql);
        } else if (cursor.take("COMMENT")) {
            return comment(cursor, sql);
        } else if (cursor.take("GRANT")) {
            return grant(cursor, sql);
        }
        throw new Refusal("a statement that begins with \"" + cursor.peekText() + '"');
    }

    private static Admitted run(String sql) {
        return new Admitted(Optional.of(sql), Optional.empty(), 0);
    }

    private static Admitted skip() {
        return new Admitted(Optional.empty(), Optional.empty(), 0);
    }

    private static Admitted set(Cursor cursor, String sql) throws Refusal {
        String key = cursor.word();
        boolean skipped = Vocabulary.SKIPPED_SETTINGS.contains(key);
        if (!skipped && !Vocabulary.SETTINGS.contains(key)) {
            throw new Refusal("the setting " + key);
        }
        if (key.equals("MODE") && !Vocabulary.MODES.contains(cursor.peekText())) {
            throw new Refusal("the mode " + cursor.peekText());
        }
        while (!cursor.atEnd()) {
            Token value = cursor.next();
            if (value.kind() != Kind.LITERAL && value.kind() != Kind.WORD && !value.is("-") && !value.is(",")) {
                throw new Refusal("the value of the setting " + key);
            }
        }
        return skipped ? skip() : run(sql);
    }

    private Admitted create(Cursor cursor, String sql) throws Refusal {
        if (cursor.take("USER")) {
            return user(cursor, sql);
        } else if (cursor.take("ROLE")) {
            cursor.require("IF", "NOT", "EXISTS");
            cursor.name();
            cursor.requireEnd();
            return run(sql);
        } else if (cursor.take("SCHEMA")) {
            return schema(cursor);
        } else if (cursor.take("SEQUENCE") || cursor.take("DOMAIN") || cursor.take("CONSTANT")) {
            cursor.qualifiedName();
            ExpressionGuard.check(cursor);
            return run(sql);
        }
        boolean force = cursor.take("FORCE");
        if (cursor.take("VIEW")) {
            return view(cursor, sql);
        }
        if (!force && (cursor.takeAnyOf("MEMORY", "CACHED", "GLOBAL", "TEMPORARY") || cursor.at("TABLE"))) {
            return table(cursor, sql);
        }
        if (!force
                && (cursor.takeAnyOf("UNIQUE", "NULLS", "NOT", "ALL", "DISTINCT", "SPATIAL") || cursor.at("INDEX"))) {
            cursor.require("INDEX");
            cursor.qualifiedName();
            cursor.require("ON");
            cursor.qualifiedName();
            ExpressionGuard.check(cursor);
            return run(sql);
        }
        throw new Refusal("CREATE " + cursor.peekText());
    }

    private Admitted user(Cursor cursor, String sql) throws Refusal {
        cursor.require("IF", "NOT", "EXISTS");
        String user = cursor.name();
        if (cursor.take("COMMENT")) {
            cursor.literal();
        }
        cursor.require("SALT");
        cursor.literal();
        cursor.require("HASH");
        cursor.literal();
        boolean admin = cursor.take("ADMIN");
        cursor.requireEnd();
        if (admin) {
            skippedUsers.add(user);
            return skip();
        }
        return run(sql);
    }

    /** Creates the schema for whoever restores; its owner in the dump may not be there. */
    private static Admitted schema(Cursor cursor) throws Refusal {
        cursor.require("IF", "NOT", "EXISTS");
        String name = cursor.name();
        cursor.require("AUTHORIZATION");
        cursor.name();
        cursor.requireEnd();
        return run("CREATE SCHEMA IF NOT EXISTS " + TableName.quoted(name));
    }

    private static Admitted view(Cursor cursor, String sql) throws Refusal {
        cursor.qualifiedName();
        if (cursor.take("COMMENT")) {
            cursor.literal();
        }
        if (cursor.at("(")) {
            cursor.names();
        }
        cursor.require("AS");
        ExpressionGuard.check(cursor);
        return run(sql);
    }

    private static Admitted table(Cursor cursor, String sql) throws Refusal {
        cursor.require("TABLE");
        TableName name = cursor.qualifiedName();
        if (cursor.take("COMMENT")) {
            cursor.literal();
        }
        ExpressionGuard.checkParenthesis(cursor);
        // ENGINE would stand here, and name a class to be loaded.
        cursor.takeAnyOf("NOT", "PERSISTENT", "TRANSACTIONAL", "ON", "COMMIT", "DELETE", "DROP", "ROWS");
        cursor.requireEnd();
        return new Admitted(Optional.of(sql), Optional.of(name), 0);
    }

    private static Admitted alter(Cursor cursor, String sql) throws Refusal {
        if (!cursor.take("TABLE")) {
            cursor.require("DOMAIN");
        }
        cursor.qualifiedName();
        cursor.require("ADD", "CONSTRAINT");
        cursor.qualifiedName();
        if (cursor.take("COMMENT")) {
            cursor.literal();
        }
        if (cursor.take("FOREIGN")) {
            cursor.require("KEY");
            cursor.names();
            cursor.require("REFERENCES");
            cursor.qualifiedName();
            cursor.names();
            cursor.takeAnyOf("ON", "DELETE", "UPDATE", "CASCADE", "SET", "NULL", "DEFAULT", "RESTRICT", "NO", "ACTION");
            cursor.take("NOCHECK");
            cursor.requireEnd();
            return run(sql);
        }
        if (!cursor.at("PRIMARY") && !cursor.at("UNIQUE") && !cursor.at("CHECK")) {
            throw new Refusal("the constraint " + cursor.peekText());
        }
        ExpressionGuard.check(cursor);
        return run(sql);
    }

    private static Admitted comment(Cursor cursor, String sql) throws Refusal {
        cursor.require("ON");
        cursor.word();
        cursor.qualifiedName();
        if (cursor.take(".")) {
            cursor.name();
        }
        cursor.require("IS");
        cursor.literal();
        cursor.requireEnd();
        return run(sql);
    }

    private Admitted grant(Cursor cursor, String sql) throws Refusal {
        if (cursor.takeAnyOf("SELECT", "INSERT", "UPDATE", "DELETE", "ALL", ",")) {
            cursor.require("ON");
            cursor.take("SCHEMA");
            cursor.qualifiedName();
        } else {
            cursor.name();
        }
        cursor.require("TO");
        String grantee = cursor.name();
        cursor.requireEnd();
        return skippedUsers.contains(grantee) ? skip() : run(sql);
    }
}

package de.joecash.backup.source.h2.internal;

/**
 * A table's schema and name, as they are, without quotes or escapes.
 *
 * @param schema the schema
 * @param table the table
 */
record TableName(String schema, String table) {
    /** Gives the name for SQL. */
    String sql() {
        return quoted(schema) + "." + quoted(table);
    }

    /** Gives the name as H2 shows it to people: with quotes only where they are needed. */
    @Override
    public String toString() {
        return shown(schema) + "." + shown(table);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String shown(String name) {
        return name.matches("[A-Z_][A-Z0-9_]*") ? name : quoted(name);
    }
}

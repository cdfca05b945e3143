package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.tools.Refusal;

/** A table that is not InnoDB's: without snapshots, or somewhere else. */
final class ForeignEngine extends Refusal {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final String engine;

    ForeignEngine(String table, String engine) {
        super("a table of the engine " + engine);
        this.table = table;
        this.engine = engine;
    }

    String table() {
        return table;
    }

    String engine() {
        return engine;
    }
}

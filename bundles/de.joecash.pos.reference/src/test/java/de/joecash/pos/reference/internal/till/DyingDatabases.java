package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Databases of a till that is dead from one step on: nothing of what it does after it reaches the server. */
final class DyingDatabases implements Databases {
    /** Where a till may die while it puts a side database in the live one's place. */
    enum Step {
        BEFORE_CREATE,
        AFTER_CREATE,
        BEFORE_SYNC,
        BEFORE_REMOVE,
        AFTER_REMOVE
    }

    /** What the dead till's caller sees. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Death(Step step) {
            super(step.name());
        }
    }

    private final Databases inner;
    private volatile Step last;
    private volatile boolean dead;

    DyingDatabases(Databases inner) {
        this.inner = inner;
    }

    void dieAt(Step step) {
        last = step;
    }

    private void pass(Step step) {
        if (dead || step == last) {
            dead = true;
            throw new Death(step);
        }
    }

    @Override
    public String kind() {
        return inner.kind();
    }

    @Override
    public Dialect dialect() {
        return inner.dialect();
    }

    @Override
    public Credentials credentials() {
        return inner.credentials();
    }

    @Override
    public List<Path> directories() {
        return inner.directories();
    }

    @Override
    public List<String> names() throws IOException, SQLException {
        return inner.names();
    }

    @Override
    public OptionalLong number(String name) {
        return inner.number(name);
    }

    @Override
    public String firstName() {
        return inner.firstName();
    }

    @Override
    public String unusedName() {
        return inner.unusedName();
    }

    @Override
    public Database create(String name) throws SQLException {
        pass(Step.BEFORE_CREATE);
        Database created = inner.create(name);
        pass(Step.AFTER_CREATE);
        return new Watched(created);
    }

    @Override
    public Database open(String name) throws SQLException {
        return new Watched(inner.open(name));
    }

    @Override
    public boolean isLost(SQLException e) {
        return inner.isLost(e);
    }

    @Override
    public TillRefusal refusal(SQLException e) {
        return inner.refusal(e);
    }

    @Override
    public void remove(String name) throws IOException, SQLException {
        pass(Step.BEFORE_REMOVE);
        inner.remove(name);
        pass(Step.AFTER_REMOVE);
    }

    @Override
    public void setAside(Instant now) throws IOException, SQLException {
        inner.setAside(now);
    }

    private final class Watched implements Database {
        private final Database open;

        Watched(Database open) {
            this.open = open;
        }

        @Override
        public String name() {
            return open.name();
        }

        @Override
        public String url() {
            return open.url();
        }

        @Override
        public Connection connection() throws SQLException {
            return open.connection();
        }

        @Override
        public void write(Connection connection) throws SQLException {
            open.write(connection);
        }

        @Override
        public void sync() throws SQLException {
            pass(Step.BEFORE_SYNC);
            open.sync();
        }

        @Override
        public void close(Duration patience) {
            open.close(patience);
        }
    }
}

package de.joecash.pos.reference.internal.till;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the till's database, or begins one. */
final class TillOpener {
    private static final Logger LOG = LoggerFactory.getLogger(TillOpener.class);

    private final TillRecord record;
    private final Databases databases;
    private final Clock clock;

    /**
     * An open till.
     *
     * @param database open, with its tables
     * @param state whether it is to be seeded
     * @param comeback what state it came up in
     */
    record Opened(Database database, Pointer.State state, Comeback comeback) {}

    TillOpener(TillRecord record, Databases databases, Clock clock) {
        this.record = record;
        this.databases = databases;
        this.clock = clock;
    }

    Opened open() throws IOException, SQLException {
        Optional<Pointer> pointer = record.pointer();
        if (pointer.isPresent() && pointer.get().state() == Pointer.State.SEEDING) {
            // Where the power went before it was created or marked, there is none of ours to remove.
            if (databases.names().contains(pointer.get().database())) {
                databases.remove(pointer.get().database());
            }
            return seeding();
        }
        if (!record.begun() && databases.names().isEmpty()) {
            return seeding();
        }
        if (pointer.isPresent()) {
            String name = pointer.get().database();
            Optional<Database> existing = existing(name);
            if (existing.isPresent()) {
                return new Opened(existing.get(), Pointer.State.SELLING, sweep(name));
            }
        }
        databases.setAside(clock.instant());
        LOG.error("The till's database is lost. The till begins with an empty one; restore a backup.");
        Database empty = begin(databases.unusedName(), Pointer.State.SELLING);
        return new Opened(empty, Pointer.State.SELLING, Comeback.LOST);
    }

    private Opened seeding() throws IOException, SQLException {
        return new Opened(begin(databases.firstName(), Pointer.State.SEEDING), Pointer.State.SEEDING, Comeback.PLAIN);
    }

    private Optional<Database> existing(String name) throws SQLException {
        Database database = null;
        try {
            database = databases.open(name);
            try (Connection connection = database.connection()) {
                TillSchema.check(connection);
            }
            return Optional.of(database);
        } catch (SQLException e) {
            if (database != null) {
                database.close(Duration.ZERO);
            }
            if (!databases.isLost(e)) {
                throw e;
            }
            LOG.error("The database {} cannot be used, it is set aside", name, e);
            return Optional.empty();
        }
    }

    /** A new database; where it is to be seeded, the pointer says so before the first table is there. */
    private Database begin(String name, Pointer.State state) throws IOException, SQLException {
        if (state == Pointer.State.SEEDING) {
            record.point(new Pointer(name, state));
        }
        Database database = databases.create(name);
        try (Connection connection = database.connection()) {
            TillSchema.create(connection, databases.dialect());
        }
        database.sync();
        if (state == Pointer.State.SELLING) {
            record.point(new Pointer(name, state));
        }
        sweep(name);
        return database;
    }

    /**
     * Removes what a swap or a restore left when it was cut off: every database but one. What was left tells how it
     * ended: an older one means that the newer is in its place, a newer one that it never came there.
     */
    private Comeback sweep(String keep) throws IOException, SQLException {
        if (record.making().isPresent()) {
            databases.removeHalfMade(record.making().get());
            record.made();
        }
        List<String> left =
                databases.names().stream().filter(name -> !name.equals(keep)).toList();
        if (left.isEmpty()) {
            return Comeback.PLAIN;
        }
        long kept = databases.number(keep).orElse(0);
        boolean older = left.stream().anyMatch(name -> databases.number(name).orElse(0) < kept);
        Comeback comeback = older ? Comeback.RESTORED : Comeback.KEPT;
        LOG.warn("{} The till is on {}; removing {}.", comeback.words(), keep, left);
        for (String name : left) {
            try {
                databases.remove(name);
            } catch (SQLException e) {
                LOG.warn("The database {} is left until the next start: {}", name, e.getMessage());
            }
        }
        return comeback;
    }
}

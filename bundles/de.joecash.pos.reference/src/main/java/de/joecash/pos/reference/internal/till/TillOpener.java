package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the till's database, or begins one. */
final class TillOpener {
    private static final Logger LOG = LoggerFactory.getLogger(TillOpener.class);
    private static final String USER = "till";
    private static final int ALREADY_OPEN = 90020;

    private final TillFiles files;
    private final Clock clock;
    private final Credentials credentials;

    /**
     * An open till.
     *
     * @param database open, with its tables
     * @param state whether it is to be seeded
     * @param lost whether it is empty because the old database was lost
     */
    record Opened(H2File database, Pointer.State state, boolean lost) {}

    TillOpener(TillFiles files, Clock clock) throws IOException {
        this.files = files;
        this.clock = clock;
        this.credentials =
                new Credentials(USER, DataDirectory.secret(files.password()).toCharArray());
    }

    Credentials credentials() {
        return credentials;
    }

    Opened open() throws IOException, SQLException {
        Optional<Pointer> pointer = files.pointer();
        if (pointer.isPresent() && pointer.get().state() == Pointer.State.SEEDING) {
            files.remove(pointer.get().database());
            return new Opened(begin(Pointer.State.SEEDING), Pointer.State.SEEDING, false);
        }
        if (pointer.isEmpty() && files.isNew()) {
            return new Opened(begin(Pointer.State.SEEDING), Pointer.State.SEEDING, false);
        }
        if (pointer.isPresent()) {
            Optional<H2File> existing = existing(pointer.get().database());
            if (existing.isPresent()) {
                files.sweep(pointer.get().database());
                return new Opened(existing.get(), Pointer.State.SELLING, false);
            }
        }
        files.setAside(clock.instant());
        LOG.error("The till's database is lost. The till begins with an empty one; restore a backup.");
        return new Opened(begin(Pointer.State.SELLING), Pointer.State.SELLING, true);
    }

    private Optional<H2File> existing(String name) throws SQLException {
        H2File database = null;
        try {
            database = H2File.openExisting(files.database(name), credentials);
            try (Connection connection = database.connection()) {
                TillSchema.check(connection);
            }
            return Optional.of(database);
        } catch (SQLException e) {
            if (e.getErrorCode() == ALREADY_OPEN) {
                throw e;
            }
            LOG.error("The database {} cannot be used, it is set aside", name, e);
            if (database != null) {
                database.close(Duration.ZERO);
            }
            return Optional.empty();
        }
    }

    /** A new database; where it is to be seeded, the pointer says so before the first table is there. */
    private H2File begin(Pointer.State state) throws IOException, SQLException {
        String name = files.unusedName();
        if (state == Pointer.State.SEEDING) {
            files.point(new Pointer(name, state));
        }
        H2File database = H2File.create(files.database(name), credentials);
        try (Connection connection = database.connection()) {
            TillSchema.create(connection);
        }
        database.sync();
        if (state == Pointer.State.SELLING) {
            files.point(new Pointer(name, state));
        }
        files.sweep(name);
        return database;
    }
}

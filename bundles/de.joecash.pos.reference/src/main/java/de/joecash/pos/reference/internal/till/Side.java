package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new database beside the till's. */
final class Side implements SideDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(Side.class);

    private final LiveDatabase live;
    private final TillRecord record;
    private final Databases databases;
    private final Database database;
    private final SwitchingDataSource source;
    private boolean holding;
    private boolean done;

    Side(LiveDatabase live, TillRecord record, Databases databases, Database database) {
        this.live = live;
        this.record = record;
        this.databases = databases;
        this.database = database;
        this.source = new SwitchingDataSource(database);
    }

    Database database() {
        return database;
    }

    @Override
    public DataSource dataSource() {
        return source;
    }

    @Override
    public String url() {
        return database.url();
    }

    @Override
    public void hold() {
        if (!holding) {
            live.holdSales();
            holding = true;
        }
    }

    @Override
    public void activate() throws DatabaseException {
        if (done) {
            throw new DatabaseException("This database was activated or closed before", null);
        }
        hold();
        Database old;
        try {
            old = live.swapFor(database);
            done = true;
        } finally {
            release();
        }
        live.discard(old);
    }

    private void release() {
        if (holding) {
            holding = false;
            live.releaseSales();
        }
    }

    @Override
    public void close() {
        release();
        if (done) {
            return;
        }
        done = true;
        database.close(Duration.ofSeconds(1));
        try {
            // After a swap that half failed the disk may still say this one: then it is the next start's.
            if (!record.pointsTo(database.name())) {
                databases.remove(database.name());
            }
        } catch (IOException | SQLException e) {
            LOG.warn("The side database {} is left until the next start: {}", database.name(), e.getMessage());
        }
    }
}

package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new H2 file beside the till's. */
final class SideFile implements SideDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(SideFile.class);

    private final LiveDatabase live;
    private final TillFiles files;
    private final H2File database;
    private final SwitchingDataSource source;
    private boolean holding;
    private boolean done;

    SideFile(LiveDatabase live, TillFiles files, H2File database) {
        this.live = live;
        this.files = files;
        this.database = database;
        this.source = new SwitchingDataSource(database);
    }

    H2File database() {
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
        try {
            live.swapFor(database);
            done = true;
        } finally {
            release();
        }
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
            if (!live.isCurrentOnDisk(database)) {
                files.remove(database.name());
            }
        } catch (IOException e) {
            LOG.warn("The side database {} is left until the next start: {}", database.name(), e.getMessage());
        }
    }
}

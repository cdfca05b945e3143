package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.SideDatabase;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The host's side database.
 *
 * @param side the host's
 * @param address where it is
 */
record HostSide(SideDatabase side, ServerAddress address) implements TargetDatabase {
    @Override
    public DataSource server() {
        return side.dataSource();
    }

    @Override
    public Optional<DataSource> itself() {
        return Optional.of(side.dataSource());
    }

    @Override
    public void hold() throws BackupException {
        try {
            side.hold();
        } catch (DatabaseException e) {
            throw new BackupException(new Problem.RestoreFailed(e.getMessage()), e);
        }
    }

    @Override
    public void activate() throws BackupException {
        try {
            side.activate();
        } catch (DatabaseException e) {
            throw new BackupException(new Problem.RestoreFailed(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        side.close();
    }
}

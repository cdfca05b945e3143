package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.SideDatabase;
import javax.sql.DataSource;

/**
 * The host's side database.
 *
 * @param <A> the kind of its address
 * @param side the host's
 * @param address where it is
 */
record HostSide<A>(SideDatabase side, A address) implements TargetDatabase<A> {
    @Override
    public DataSource server() {
        return side.dataSource();
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

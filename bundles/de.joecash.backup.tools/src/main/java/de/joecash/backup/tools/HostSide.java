package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.StoppableConnection;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The host's side database.
 *
 * @param <A> the kind of its address
 * @param host knows what its books must be like
 * @param side the host's
 * @param address where it is
 */
record HostSide<A>(PosDatabase host, SideDatabase side, A address) implements TargetDatabase<A> {
    @Override
    public DataSource server() {
        return side.dataSource();
    }

    @Override
    public List<Finding> check(Cancellation cancellation) throws SQLException {
        try (Connection connection = side.dataSource().getConnection()) {
            return host.check(StoppableConnection.of(connection, cancellation)).stream()
                    .map(error -> new Finding(error.german(), error.english()))
                    .toList();
        }
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

package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.backup.spi.StoppableConnection;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database beside the live one that a dump is loaded into. */
final class H2Target implements RestoreTarget {
    private final PosDatabase host;
    private final SideDatabase side;
    private final Runs runs;

    H2Target(PosDatabase host, SideDatabase side, Runs runs) {
        this.host = host;
        this.side = side;
        this.runs = runs;
    }

    @Override
    public void load(InputStream dump, Cancellation cancellation) throws BackupException, IOException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            new Loader(side.dataSource(), ticket.cancellation()).load(dump);
        }
    }

    @Override
    public List<TableContents> contents(Cancellation cancellation) throws BackupException {
        try {
            return contents(OutputStream.nullOutputStream(), cancellation);
        } catch (IOException e) {
            throw new BackupException(new Problem.Unexpected("A stream into nowhere failed"), e);
        }
    }

    @Override
    public List<TableContents> contents(OutputStream reading, Cancellation cancellation)
            throws BackupException, IOException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            return new Dump(side.dataSource(), ticket.cancellation()).to(reading);
        }
    }

    @Override
    public List<Finding> check(Cancellation cancellation) throws BackupException {
        StoppableStatement.checkThread();
        try (Runs.Ticket ticket = runs.enter(cancellation);
                Connection connection = side.dataSource().getConnection()) {
            return host.check(StoppableConnection.of(connection, ticket.cancellation())).stream()
                    .map(error -> new Finding(error.german(), error.english()))
                    .toList();
        } catch (SQLException e) {
            cancellation.check();
            throw new BackupException(new Problem.RestoreFailed(DatabaseWords.of(e)), e);
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

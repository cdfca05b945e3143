package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A database beside the live one that a dump is loaded into. */
final class H2Target implements RestoreTarget {
    private final SideDatabase side;
    private final Runs runs;

    H2Target(SideDatabase side, Runs runs) {
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
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            return new Dump(side.dataSource(), ticket.cancellation()).to(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new BackupException(new Problem.Unexpected("A stream into nowhere failed"), e);
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

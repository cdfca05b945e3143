package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.pos.database.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A database beside the live one that a dump is loaded into. */
final class PostgresqlTarget implements RestoreTarget {
    private final TargetDatabase database;
    private final Login login;
    private final PostgresqlSettings settings;
    private final Runs runs;

    PostgresqlTarget(TargetDatabase database, Credentials credentials, PostgresqlSettings settings, Runs runs) {
        this.database = database;
        this.settings = settings;
        this.runs = runs;
        login = new Login(database.address(), credentials);
    }

    @Override
    public void load(InputStream dump, Cancellation cancellation) throws BackupException, IOException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            Server server = Server.of(database.server(), Problem.RestoreFailed::new);
            new Loader(login, server, settings, ticket.cancellation()).load(dump);
        }
    }

    @Override
    public List<TableContents> contents(Cancellation cancellation) throws BackupException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            return new Dump(login, settings, ticket.cancellation()).to(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new BackupException(new Problem.Unexpected("A stream into nowhere failed"), e);
        }
    }

    @Override
    public void hold() throws BackupException {
        database.hold();
    }

    @Override
    public void activate() throws BackupException {
        database.activate();
    }

    @Override
    public void close() {
        database.close();
    }
}

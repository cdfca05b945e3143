package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.backup.spi.StoppableConnection;
import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.PosDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database beside the live one that a dump is loaded into. */
final class PostgresqlTarget implements RestoreTarget {
    private final PosDatabase host;
    private final TargetDatabase database;
    private final Login login;
    private final PostgresqlSettings settings;
    private final Runs runs;

    PostgresqlTarget(
            PosDatabase host,
            TargetDatabase database,
            Credentials credentials,
            PostgresqlSettings settings,
            Runs runs) {
        this.host = host;
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
            return new Dump(login, settings, ticket.cancellation()).to(reading);
        }
    }

    @Override
    public List<Finding> check(Cancellation cancellation) throws BackupException {
        if (database.itself().isEmpty()) {
            return List.of();
        }
        try (Runs.Ticket ticket = runs.enter(cancellation);
                Connection connection = database.itself().get().getConnection()) {
            return host.check(StoppableConnection.of(connection, ticket.cancellation())).stream()
                    .map(error -> new Finding(error.german(), error.english()))
                    .toList();
        } catch (SQLException e) {
            cancellation.check();
            throw new BackupException(Server.problem(e, Problem.RestoreFailed::new), e);
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

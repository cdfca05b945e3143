package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.backup.spi.Source;
import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The till's database, where it is on a PostgreSQL server. */
@Component(configurationPid = PostgresqlSource.PID)
@Designate(ocd = PostgresqlConfiguration.class)
public final class PostgresqlSource implements Source {
    static final String PID = "de.joecash.backup.source.postgresql";

    private static final Logger LOGGER = LoggerFactory.getLogger(PostgresqlSource.class);

    /** How many bytes of text a byte on the server's disk becomes: bytes are two digits each, numbers grow. */
    private static final long TEXT_PER_BYTE = 3;

    private static final long TEXT_OF_SCHEMA = 16 * 1024 * 1024;
    private static final long STOP_SECONDS = 4;

    private final PosDatabase database;
    private final PostgresqlSettings settings;
    private final Runs runs = new Runs();

    /**
     * Reads from a database.
     *
     * @param database the till's
     * @param configuration where the tools are and how long they may take
     * @throws IllegalArgumentException if the configuration is not usable
     */
    @Activate
    public PostgresqlSource(
            @Reference(target = "(" + PosDatabase.KIND + "=postgresql)") PosDatabase database,
            PostgresqlConfiguration configuration) {
        this(database, PostgresqlSettings.of(configuration));
    }

    PostgresqlSource(PosDatabase database, PostgresqlSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Deactivate
    void stop() throws InterruptedException {
        if (!runs.stop(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOGGER.warn("A run is in the database still, {} s after it was cancelled", STOP_SECONDS);
        }
    }

    @Override
    public SourceInfo info() throws BackupException {
        Server server = Server.of(database.dataSource(), Problem.DumpFailed::new);
        return new SourceInfo(database.till(), database.kind(), server.version());
    }

    @Override
    public long expectedBytes() {
        try {
            return Server.of(database.dataSource(), Problem.DumpFailed::new).bytes() * TEXT_PER_BYTE + TEXT_OF_SCHEMA;
        } catch (BackupException e) {
            LOGGER.debug("The size of the database cannot be told", e);
            return 0;
        }
    }

    @Override
    public List<Path> directories() {
        return database.directories();
    }

    @Override
    public List<TableContents> dump(OutputStream out, Cancellation cancellation) throws BackupException, IOException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            Login login = new Login(ServerAddress.of(database.url()), credentials());
            return new Dump(login, settings, ticket.cancellation()).to(out);
        }
    }

    private Credentials credentials() throws BackupException {
        return database.credentials()
                .orElseThrow(() -> new BackupException(
                        new Problem.InvalidInput("the host does not say who may open its database from outside")));
    }

    @Override
    public RestoreTarget target(Optional<String> into) throws BackupException {
        Credentials credentials = credentials();
        if (into.isPresent()) {
            ServerAddress live = ServerAddress.of(database.url());
            return new PostgresqlTarget(
                    database, NewDatabase.create(into.get(), live, database.dataSource()), credentials, settings, runs);
        }
        SideDatabase side;
        try {
            side = database.side();
        } catch (DatabaseException e) {
            throw new BackupException(new Problem.RestoreFailed(e.getMessage()), e);
        }
        try {
            return new PostgresqlTarget(
                    database, new HostSide(side, ServerAddress.of(side.url())), credentials, settings, runs);
        } catch (BackupException e) {
            side.close();
            throw e;
        }
    }
}

package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.backup.spi.Source;
import de.joecash.backup.spi.StoppableConnection;
import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The till's database, where it is on a server whose own tools dump and restore it.
 *
 * @param <A> how the tools are told where a database is
 */
public abstract class ToolSource<A> implements Source {
    private static final Logger LOGGER = LoggerFactory.getLogger(ToolSource.class);

    /** How many bytes of text a byte on the server's disk becomes: bytes are two digits each, numbers grow. */
    private static final long TEXT_PER_BYTE = 3;

    private static final long TEXT_OF_SCHEMA = 16 * 1024 * 1024;
    private static final long STOP_SECONDS = 4;

    private final PosDatabase database;
    private final Product<A> product;
    private final Runs runs = new Runs();

    /**
     * Reads from a database.
     *
     * @param database the till's
     * @param product of which it is
     */
    protected ToolSource(PosDatabase database, Product<A> product) {
        this.database = database;
        this.product = product;
    }

    /**
     * Cancels what is under way and lets nothing in any more; takes four seconds at most.
     *
     * @throws InterruptedException if somebody interrupts the wait
     */
    protected void stop() throws InterruptedException {
        if (!runs.stop(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOGGER.warn("A run is in the database still, {} s after it was cancelled", STOP_SECONDS);
        }
    }

    @Override
    public SourceInfo info() throws BackupException {
        return new SourceInfo(database.till(), database.kind(), product.version(database.dataSource()));
    }

    @Override
    public long expectedBytes() {
        try {
            return product.bytes(database.dataSource()) * TEXT_PER_BYTE + TEXT_OF_SCHEMA;
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
            Login<A> login = new Login<>(product.address(database.url()), credentials());
            return product.dump(login, database.dataSource(), out, ticket.cancellation());
        }
    }

    @Override
    public Optional<Map<String, Long>> rows(Cancellation cancellation) throws BackupException {
        try (Runs.Ticket ticket = runs.enter(cancellation);
                Connection connection = database.dataSource().getConnection()) {
            Connection stoppable = StoppableConnection.of(connection, ticket.cancellation());
            return Optional.of(RowCount.of(stoppable, product.tables()));
        } catch (SQLException e) {
            cancellation.check();
            throw new BackupException(product.problem(e, Problem.DumpFailed::new), e);
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
            A live = product.address(database.url());
            return new ToolTarget<>(
                    product, product.create(into.get(), live, database.dataSource()), credentials, runs);
        }
        SideDatabase side;
        try {
            side = database.side();
        } catch (DatabaseException e) {
            throw new BackupException(new Problem.RestoreFailed(e.getMessage()), e);
        }
        try {
            return new ToolTarget<>(
                    product, new HostSide<>(database, side, product.address(side.url())), credentials, runs);
        } catch (BackupException e) {
            side.close();
            throw e;
        }
    }
}

package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.pos.database.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;

/**
 * A database beside the live one that a dump is loaded into.
 *
 * @param <A> the kind of its address
 */
public final class ToolTarget<A> implements RestoreTarget {
    private final Product<A> product;
    private final TargetDatabase<A> database;
    private final Login<A> login;
    private final Runs runs;

    /**
     * Creates one.
     *
     * @param product of which it is
     * @param database the database
     * @param credentials of who may open it
     * @param runs who is inside
     */
    public ToolTarget(Product<A> product, TargetDatabase<A> database, Credentials credentials, Runs runs) {
        this.product = product;
        this.database = database;
        this.runs = runs;
        login = new Login<>(database.address(), credentials);
    }

    @Override
    public void load(InputStream dump, Cancellation cancellation) throws BackupException, IOException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            product.load(login, database.server(), dump, ticket.cancellation());
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
            return product.dump(login, database.server(), reading, ticket.cancellation());
        }
    }

    @Override
    public List<Finding> check(Cancellation cancellation) throws BackupException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            return database.check(ticket.cancellation());
        } catch (SQLException e) {
            cancellation.check();
            throw new BackupException(product.problem(e, Problem.RestoreFailed::new), e);
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

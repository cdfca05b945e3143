package de.joecash.backup.source.h2.internal;

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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The till's database, where it is an H2 database that runs in this process. */
@Component
public final class H2Source implements Source {
    private static final Logger LOGGER = LoggerFactory.getLogger(H2Source.class);

    /** How many bytes of text a byte of the database's file becomes at most, as far as was measured. */
    private static final long TEXT_PER_FILE_BYTE = 3;

    /** Text of what H2 holds in memory before it writes it to the file. */
    private static final long TEXT_NOT_IN_FILE = 16 * 1024 * 1024;

    private static final long STOP_SECONDS = 4;

    private final PosDatabase database;
    private final Runs runs = new Runs();

    /**
     * Reads from a database.
     *
     * @param database the till's
     */
    @Activate
    public H2Source(@Reference(target = "(" + PosDatabase.KIND + "=h2)") PosDatabase database) {
        this.database = database;
    }

    @Deactivate
    void stop() throws InterruptedException {
        if (!runs.stop(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOGGER.warn("A run is in the database still, {} s after it was cancelled", STOP_SECONDS);
        }
    }

    @Override
    public SourceInfo info() throws BackupException {
        StoppableStatement.checkThread();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SELECT H2VERSION()")) {
            version.next();
            return new SourceInfo(database.till(), database.kind(), version.getString(1));
        } catch (SQLException e) {
            throw new BackupException(new Problem.DumpFailed(DatabaseWords.of(e)), e);
        }
    }

    @Override
    public long expectedBytes() {
        long bytes = 0;
        for (Path directory : database.directories()) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".mv.db")).toList()) {
                    bytes += Files.size(file);
                }
            } catch (IOException e) {
                LOGGER.debug("The size of the database cannot be told", e);
                return 0;
            }
        }
        return bytes == 0 ? 0 : bytes * TEXT_PER_FILE_BYTE + TEXT_NOT_IN_FILE;
    }

    @Override
    public List<Path> directories() {
        return database.directories();
    }

    @Override
    public List<TableContents> dump(OutputStream out, Cancellation cancellation) throws BackupException, IOException {
        try (Runs.Ticket ticket = runs.enter(cancellation)) {
            return new Dump(database.dataSource(), ticket.cancellation()).to(out);
        }
    }

    @Override
    public Optional<Map<String, Long>> rows(Cancellation cancellation) throws BackupException {
        try (Runs.Ticket ticket = runs.enter(cancellation);
                SnapshotSession session = new SnapshotSession(database.dataSource(), ticket.cancellation())) {
            return Optional.of(Dump.count(session));
        } catch (SQLException e) {
            cancellation.check();
            throw new BackupException(new Problem.DumpFailed(DatabaseWords.of(e)), e);
        }
    }

    @Override
    public RestoreTarget target(Optional<String> into) throws BackupException {
        if (into.isPresent()) {
            Credentials credentials = database.credentials()
                    .orElseThrow(() -> new BackupException(
                            new Problem.InvalidInput("the host does not say who may open a database elsewhere")));
            return new H2Target(database, FileDatabase.create(into.get(), database.directories(), credentials), runs);
        }
        try {
            return new H2Target(database, database.side(), runs);
        } catch (DatabaseException e) {
            throw new BackupException(new Problem.RestoreFailed(e.getMessage()), e);
        }
    }
}

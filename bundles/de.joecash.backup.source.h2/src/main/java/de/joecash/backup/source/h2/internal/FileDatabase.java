package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.SideDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new H2 database file somewhere else, readable by this user only, with the live database's user and password.
 * Removed when it is closed without having been kept.
 */
final class FileDatabase implements SideDatabase {
    private static final Logger LOGGER = LoggerFactory.getLogger(FileDatabase.class);

    private static final String DATABASE = ".mv.db";
    /** What H2 may have put beside its database. */
    private static final List<String> REMAINS = List.of(DATABASE, ".trace.db", ".lock.db", ".temp.db", ".newFile");

    private final Path base;
    private final JdbcDataSource dataSource;
    /** Keeps the database open between two connections of others. */
    private final Connection keeper;

    private boolean kept;
    private boolean closed;

    private FileDatabase(Path base, JdbcDataSource dataSource, Connection keeper) {
        this.base = base;
        this.dataSource = dataSource;
        this.keeper = keeper;
    }

    /**
     * Creates the database.
     *
     * @param into an absolute path without {@code .mv.db}, of which only the parent exists
     * @param offLimits where it must not be
     */
    static FileDatabase create(String into, List<Path> offLimits, Credentials credentials) throws BackupException {
        StoppableStatement.checkThread();
        Path base = checked(into, offLimits);
        Path file = file(base, DATABASE);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new BackupException(new Problem.InvalidInput(into + ": there is a database already"), e);
        } catch (IOException e) {
            throw new BackupException(new Problem.InvalidInput(into + ": cannot be created"), e);
        }
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:file:" + base + ";TRACE_LEVEL_FILE=0");
        dataSource.setUser(credentials.user());
        credentials.withPassword(password -> {
            dataSource.setPasswordChars(password.clone());
            return null;
        });
        try {
            return new FileDatabase(base, dataSource, dataSource.getConnection());
        } catch (SQLException e) {
            remove(base);
            throw new BackupException(new Problem.RestoreFailed(DatabaseWords.of(e)), e);
        }
    }

    private static Path checked(String into, List<Path> offLimits) throws BackupException {
        Path base;
        try {
            base = Path.of(into).normalize();
        } catch (InvalidPathException e) {
            throw new BackupException(new Problem.InvalidInput("not a path"), e);
        }
        if (!base.isAbsolute() || base.getFileName() == null) {
            throw refused(into, "not an absolute path of a file");
        }
        if (into.indexOf(';') >= 0 || into.chars().anyMatch(Character::isISOControl)) {
            throw refused(into, "a character that may not be in the path of a database");
        }
        if (into.endsWith(".db")) {
            throw refused(into, "the name is to be given without its ending " + DATABASE);
        }
        Path parent;
        try {
            parent = base.getParent().toRealPath();
        } catch (IOException e) {
            throw new BackupException(new Problem.InvalidInput(into + ": the directory is not there"), e);
        }
        for (Path directory : offLimits) {
            if (parent.startsWith(real(directory))) {
                throw refused(into, "this is where the till keeps its database");
            }
        }
        Path real = parent.resolve(base.getFileName());
        for (String ending : REMAINS) {
            if (Files.exists(file(real, ending), LinkOption.NOFOLLOW_LINKS)) {
                throw refused(into, "there is a database already");
            }
        }
        return real;
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory.toAbsolutePath().normalize();
        }
    }

    private static BackupException refused(String into, String why) {
        return new BackupException(new Problem.InvalidInput(into + ": " + why));
    }

    private static Path file(Path base, String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public String url() {
        return dataSource.getURL();
    }

    @Override
    public void hold() {
        // Nobody sells on a database elsewhere.
    }

    @Override
    public void activate() throws DatabaseException {
        try {
            shutDown();
            force(file(base, DATABASE), StandardOpenOption.WRITE);
            force(base.getParent(), StandardOpenOption.READ);
            kept = true;
        } catch (SQLException | IOException e) {
            throw new DatabaseException("The restored database could not be kept at " + base, e);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private void shutDown() throws SQLException {
        if (!keeper.isClosed()) {
            try (keeper;
                    Statement statement = keeper.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            shutDown();
        } catch (SQLException e) {
            LOGGER.warn("A database that was restored into {} could not be shut down", base, e);
        }
        if (!kept) {
            remove(base);
        }
    }

    private static void remove(Path base) {
        for (String ending : REMAINS) {
            try {
                Files.deleteIfExists(file(base, ending));
            } catch (IOException e) {
                LOGGER.warn("{} could not be removed", file(base, ending), e);
            }
        }
    }
}

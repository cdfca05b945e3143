package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.NewDatabase;
import de.joecash.backup.tools.Product;
import de.joecash.backup.tools.TargetDatabase;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * MariaDB, by {@code mariadb-dump} and {@code mariadb}.
 *
 * @param settings where they are and how long they may take
 */
record Mariadb(ToolSettings settings) implements Product<ServerAddress> {
    private static final int ALREADY_THERE = 1007;
    private static final int MAY_NOT = 1044;
    private static final int NO_LOGIN = 1045;

    /** Gives up rather than wait for a table that somebody changes. */
    private static final String BYTES =
            """
            SET STATEMENT lock_wait_timeout = 2 FOR
            SELECT COALESCE(SUM(data_length), 0) FROM information_schema.tables WHERE table_schema = DATABASE()
            """;

    private static final String TABLES =
            """
            SELECT table_name, CONCAT('`', REPLACE(table_name, '`', '``'), '`') FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
            """;

    @Override
    public ServerAddress address(String url) throws BackupException {
        return ServerAddress.of(url);
    }

    @Override
    public String version(DataSource database) throws BackupException {
        String said = asked(database, "SELECT VERSION()", ResultSet::getString);
        return Server.of(said, Long.MAX_VALUE, List.of()).version();
    }

    @Override
    public long bytes(DataSource database) throws BackupException {
        return asked(database, BYTES, ResultSet::getLong);
    }

    @Override
    public String tables() {
        return TABLES;
    }

    @Override
    public List<TableContents> dump(
            Login<ServerAddress> login, DataSource server, OutputStream out, Cancellation cancellation)
            throws BackupException, IOException {
        return new Dump(login, settings, cancellation).to(out);
    }

    @Override
    public void load(Login<ServerAddress> login, DataSource server, InputStream dump, Cancellation cancellation)
            throws BackupException, IOException {
        new Loader(login, settings, cancellation).load(dump);
    }

    @Override
    public TargetDatabase<ServerAddress> create(String name, ServerAddress beside, DataSource live)
            throws BackupException {
        if (!ServerAddress.isName(name)) {
            throw new BackupException(
                    new Problem.InvalidInput("not the name of a database: 1 to 64 characters, no control characters"));
        }
        String quoted = '`' + name.replace("`", "``") + '`';
        String like = asked(
                live,
                "SELECT CONCAT(' CHARACTER SET ', default_character_set_name, ' COLLATE ', default_collation_name)"
                        + " FROM information_schema.schemata WHERE schema_name = DATABASE()",
                ResultSet::getString);
        try {
            NewDatabase.execute(live, "CREATE DATABASE " + quoted + like);
        } catch (SQLException e) {
            if (e.getErrorCode() == ALREADY_THERE) {
                throw new BackupException(new Problem.InvalidInput(name + ": there is a database already"), e);
            }
            if (e.getErrorCode() == MAY_NOT) {
                throw new BackupException(
                        new Problem.InvalidInput(name + ": the till's database user may not create this database"), e);
            }
            throw new BackupException(problem(e, Problem.RestoreFailed::new), e);
        }
        return new NewDatabase<>(beside.with(name), live, "DROP DATABASE IF EXISTS " + quoted);
    }

    /** Reads one value of one row. */
    private interface Column<T> {
        T of(ResultSet row, int column) throws SQLException;
    }

    private <T> T asked(DataSource database, String sql, Column<T> column) throws BackupException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return column.of(row, 1);
        } catch (SQLException e) {
            throw new BackupException(problem(e, Problem.DumpFailed::new), e);
        }
    }

    /** Names what went wrong: class 08 is of the connection. */
    @Override
    public Problem problem(SQLException e, Function<String, Problem> failure) {
        String words = "SQLSTATE " + e.getSQLState() + ", " + e.getErrorCode();
        if (ToolWords.exhausted(e.getErrorCode())) {
            return new Problem.ServerExhausted(words);
        }
        boolean connection = String.valueOf(e.getSQLState()).startsWith("08") && e.getErrorCode() != NO_LOGIN;
        return connection ? new Problem.DatabaseUnreachable(words) : failure.apply(words);
    }
}

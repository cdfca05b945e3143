package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.source.h2.internal.StatementGuard.Admitted;
import de.joecash.backup.source.h2.internal.StatementReader.Piece;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Loads one dump into an empty database, each statement judged before it runs. */
final class Loader {
    /** How the first line begins; H2's version follows. */
    private static final String START = "-- H2 ";

    private static final int LONGEST_STATEMENT = 64 * 1024 * 1024;

    private final DataSource database;
    private final Cancellation cancellation;
    private final StatementGuard guard = new StatementGuard();
    private long rows;
    private long tables;

    Loader(DataSource database, Cancellation cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    /** Loads the dump, as {@link de.joecash.backup.spi.RestoreTarget#load} promises. */
    void load(InputStream dump) throws BackupException, IOException {
        StoppableStatement.checkThread();
        cancellation.check();
        try (Connection connection = database.getConnection();
                StoppableStatement statement = new StoppableStatement(connection, cancellation)) {
            load(new StatementReader(dump, LONGEST_STATEMENT, cancellation), statement);
        } catch (SQLException e) {
            // Not as a cause: the message holds the statement, and that holds customer data.
            throw new BackupException(new Problem.RestoreFailed(DatabaseWords.of(e)));
        } catch (Refusal e) {
            throw new BackupException(new Problem.DumpRefused(e.getMessage()), e);
        }
    }

    private void load(StatementReader reader, StoppableStatement statement)
            throws BackupException, IOException, SQLException, Refusal {
        Optional<Piece> first = reader.next();
        if (first.filter(piece -> piece.comment() && piece.text().startsWith(START))
                .isEmpty()) {
            throw new Refusal("a first line that is not H2's");
        }
        while (true) {
            Piece piece = reader.next().orElseThrow(() -> new Refusal("it ends before its end mark"));
            if (!piece.comment()) {
                run(piece.text(), statement);
            } else if (piece.text().startsWith(Dump.END)) {
                end(piece.text(), reader);
                return;
            }
        }
    }

    private void run(String sql, StoppableStatement statement) throws BackupException, SQLException, Refusal {
        Admitted admitted = guard.admit(sql);
        if (admitted.sql().isPresent()) {
            statement.execute(admitted.sql().get());
        }
        rows += admitted.rows();
        tables += admitted.table().isPresent() ? 1 : 0;
    }

    private void end(String mark, StatementReader reader) throws BackupException, IOException, Refusal {
        if (!mark.equals(Dump.end(rows, tables))) {
            throw new Refusal("an end mark that does not fit: " + rows + " rows in " + tables + " tables were there");
        }
        if (reader.next().isPresent()) {
            throw new Refusal("something behind its end mark");
        }
    }
}

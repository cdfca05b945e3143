package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import java.util.Optional;
import javax.sql.DataSource;

/** An empty database to load into: the host's side database, or one of ours. */
interface TargetDatabase extends AutoCloseable {
    /** Says where the tools find it. */
    ServerAddress address();

    /** Opens connections to its server. */
    DataSource server();

    /** Opens connections to the database itself; empty where only the tools do. */
    default Optional<DataSource> itself() {
        return Optional.empty();
    }

    void hold() throws BackupException;

    void activate() throws BackupException;

    @Override
    void close();
}

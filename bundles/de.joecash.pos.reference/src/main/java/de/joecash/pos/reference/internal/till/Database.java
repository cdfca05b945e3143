package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** One of the till's databases, open. Thread-safe. */
interface Database {
    /** Gives its name among the till's. */
    String name();

    /** Gives its JDBC address, without user and password. */
    String url();

    /** Opens a connection that shows nothing of what an earlier user set. */
    Connection connection() throws SQLException;

    /** Hands to the file system what was written so far; asked for right before and right after a sale's commit. */
    void write(Connection connection) throws SQLException;

    /** Brings everything that was committed to the disk. */
    void sync() throws SQLException;

    /** Closes it when the connections that were handed out are back, or the patience is over. */
    void close(Duration patience);
}

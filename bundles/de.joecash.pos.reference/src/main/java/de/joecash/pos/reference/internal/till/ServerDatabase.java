package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A database on a server; each connection is a login of its own. */
final class ServerDatabase implements Database {
    private final Server server;
    private final String name;
    private final String url;
    private volatile boolean closed;

    ServerDatabase(Server server, String name, String url) {
        this.server = server;
        this.name = name;
        this.url = url;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Connection connection() throws SQLException {
        if (closed) {
            throw new SQLException("The database " + name + " is closed");
        }
        return server.connect(name);
    }

    /** Nothing to do: the server writes its log at each commit. */
    @Override
    public void write(Connection connection) {
        // See above.
    }

    /** Nothing to do: what was committed is on the server's disk. */
    @Override
    public void sync() {
        // See above.
    }

    /** Refuses further connections; those that were handed out are waited for where the database is removed. */
    @Override
    public void close(Duration patience) {
        closed = true;
    }
}

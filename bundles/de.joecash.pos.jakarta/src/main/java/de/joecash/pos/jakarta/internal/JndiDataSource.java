package de.joecash.pos.jakarta.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Connections of a JDBC resource that the server has by name. It is looked up for each connection, so that the pool
 * behind it may be made, changed and replaced while we run.
 */
final class JndiDataSource implements DataSource {
    /** "Unable to establish the connection", SQL:2003. */
    private static final String UNREACHABLE = "08001";

    private final String resource;
    private final Directory directory;

    /** The server's JNDI, or a test's. */
    @FunctionalInterface
    interface Directory {
        Object lookup(String name) throws NamingException;
    }

    /** Takes a resource that need not be there yet. */
    JndiDataSource(String resource) {
        this(resource, new ServerDirectory());
    }

    JndiDataSource(String resource, Directory directory) {
        this.resource = resource;
        this.directory = directory;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return resource().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return resource().getConnection(user, password);
    }

    private DataSource resource() throws SQLException {
        try {
            if (directory.lookup(resource) instanceof DataSource found) {
                return found;
            }
        } catch (NamingException e) {
            throw new SQLException("The server has no JDBC resource " + resource, UNREACHABLE, e);
        }
        throw new SQLException(resource + " is no JDBC resource", UNREACHABLE);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return resource().getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("The pool is the server's");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("The pool is the server's");
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return resource().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("The pool is the server's");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : resource().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || resource().isWrapperFor(type);
    }
}

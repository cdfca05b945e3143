package de.joecash.pos.reference.internal.till;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * A database server of some kind. Databases carry a mark, a comment of theirs that no dump contains, which tells whose
 * they are. Thread-safe.
 */
interface Server {
    /** What an exception of a driver means. */
    enum Trouble {
        /** The server does not answer. */
        UNREACHABLE,
        /** It does not know the user, or the password is wrong. */
        LOGIN,
        /** The user may not do that. */
        RIGHTS,
        /** There is no such database. */
        NO_DATABASE,
        /** There is such a database already. */
        TAKEN,
        /** A table or column is missing. */
        NO_TABLE,
        /** Anything else. */
        OTHER
    }

    Dialect dialect();

    /** Logs in to one of its databases. */
    Connection connect(String database) throws SQLException;

    /** Logs in to create and remove databases. */
    Connection administer() throws SQLException;

    /** Lists the databases that the user sees, each with its mark; an empty one where there is none. */
    Map<String, String> marks(Connection administration) throws SQLException;

    /** Says whether a database has neither tables nor anything else of somebody's in it. */
    boolean isEmpty(Connection database) throws SQLException;

    /** Creates a database like a neighbour of it that is there, with a mark. */
    void create(Connection administration, String name, String mark) throws SQLException;

    /** Makes an empty database fit for a till, and marks it. */
    void adopt(Connection administration, String name, String mark) throws SQLException;

    /** Changes the mark of a database of ours. */
    void mark(Connection administration, String name, String mark) throws SQLException;

    /** Says whether a database is being created at this moment, by whomever: a host that is dead may have asked. */
    default boolean creates(Connection administration, String name) throws SQLException {
        return false;
    }

    /** Removes a database, whoever reads in it still. */
    void drop(Connection administration, String name) throws SQLException;

    /** Counts the connections to a database. */
    int connections(Connection administration, String name) throws SQLException;

    Trouble trouble(SQLException e);
}

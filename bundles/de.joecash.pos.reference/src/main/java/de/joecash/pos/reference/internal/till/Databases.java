package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The till's databases, all of one kind: the live one, those beside it, and what was left of either. None that is not
 * this till's is opened, listed or removed. Thread-safe.
 */
interface Databases {
    /** Gives the kind as {@link de.joecash.pos.database.PosDatabase#kind()} does. */
    String kind();

    Dialect dialect();

    /** Gives what a tool outside this process logs in with; the same for each of them. */
    Credentials credentials();

    /** Lists where their files are, for those that are not on a server. */
    List<Path> directories();

    /** Lists those that are there. */
    List<String> names() throws IOException, SQLException;

    /** Gives a name's place in the order in which they were made; empty where it is no name of this till's. */
    OptionalLong number(String name);

    /** Names the one that a new till begins with. */
    String firstName();

    /** Gives a name that none has, higher in order than any that is there. */
    String unusedName();

    /** Creates one without tables. */
    Database create(String name) throws SQLException;

    /** Opens one that is there. */
    Database open(String name) throws SQLException;

    /** Tells a database that is gone or is not a till's any more from one that cannot be used just now. */
    boolean isLost(SQLException e);

    /** Puts what went wrong when the till was to start in words for the user. */
    TillRefusal refusal(SQLException e);

    /** Removes one that is closed. */
    void remove(String name) throws IOException, SQLException;

    /** Takes all that are there for something that the till knows no more, and never removes. */
    void setAside(Instant now) throws IOException, SQLException;
}

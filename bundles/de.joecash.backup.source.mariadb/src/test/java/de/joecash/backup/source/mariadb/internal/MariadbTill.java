package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.testkit.MariaDbServer;
import de.joecash.backup.testkit.SourceContract;
import de.joecash.pos.database.BookError;
import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** A till on a MariaDB server, with a user of its own who has rights on its databases alone, and a new database. */
final class MariadbTill implements PosDatabase, AutoCloseable {
    static final String USER = "kasse";

    /** Everything that an option file escapes, and a canary to look for. */
    static final String PASSWORD = "Kanarien#vogel\\4711 ü'\" s";

    private static final String[] SCHEMA = {
        """
        CREATE TABLE receipt(
            id bigint AUTO_INCREMENT PRIMARY KEY,
            sold timestamp(3) NOT NULL,
            cashier varchar(40),
            total decimal(10, 2) NOT NULL,
            signature varchar(200),
            KEY receipt_sold(sold))
        """,
        """
        CREATE TABLE line(
            receipt_id bigint NOT NULL,
            position int NOT NULL,
            article varchar(60) NOT NULL,
            price decimal(10, 2) NOT NULL,
            PRIMARY KEY(receipt_id, position),
            FOREIGN KEY(receipt_id) REFERENCES receipt(id))
        """,
        "CREATE TABLE journal(entry text)",
    };

    private static int databases;

    private final MariaDbServer server;
    private final DataSource switching;
    private volatile SourceContract.HostCheck check = connection -> Optional.empty();
    private volatile String live;
    private volatile String password = PASSWORD;

    MariadbTill(MariaDbServer server) throws SQLException {
        this.server = server;
        live = newName("kasse");
        administer("CREATE DATABASE " + live);
        switching = (DataSource) Proxy.newProxyInstance(
                MariadbTill.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(open(live), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static MariadbTill withSchema(MariaDbServer server) throws SQLException {
        MariadbTill till = new MariadbTill(server);
        till.execute(SCHEMA);
        return till;
    }

    /** Makes the user; once for each server. */
    static void createUser(MariaDbServer server) throws SQLException {
        try (Connection connection = superuser(server, "mysql").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER " + USER + "@'%' IDENTIFIED BY '"
                    + PASSWORD.replace("\\", "\\\\").replace("'", "''") + "'");
            for (String prefix : List.of("kasse", "place", "side", "empty", "ours", "theirs")) {
                statement.execute("GRANT ALL ON `" + prefix + "%`.* TO " + USER + "@'%'");
            }
        }
    }

    static synchronized String newName(String prefix) {
        databases++;
        return prefix + databases;
    }

    private static DataSource superuser(MariaDbServer server, String database) throws SQLException {
        return open(server.url(database), MariaDbServer.SUPERUSER, MariaDbServer.SUPERUSER_PASSWORD);
    }

    private static DataSource open(String url, String user, String password) throws SQLException {
        MariaDbDataSource source = new MariaDbDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    void administer(String... statements) throws SQLException {
        execute(superuser(server, "mysql"), statements);
    }

    /** Runs statements in the till's database as the superuser. */
    void administerHere(String... statements) throws SQLException {
        execute(superuser(server, live), statements);
    }

    /** Gives the same till on another database that is there. */
    MariadbTill at(String database) throws SQLException {
        MariadbTill other = new MariadbTill(server);
        other.close();
        other.live = database;
        return other;
    }

    boolean exists(String database) throws SQLException {
        return number(
                        superuser(server, "mysql"),
                        "SELECT count(*) FROM information_schema.schemata WHERE schema_name = '" + database + "'")
                > 0;
    }

    DataSource open(String database) throws SQLException {
        return open(server.url(database), USER, PASSWORD);
    }

    void execute(String... statements) throws SQLException {
        execute(switching, statements);
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static long number(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    void sell(int receipts) throws SQLException {
        try (Connection connection = switching.getConnection();
                PreparedStatement receipt = connection.prepareStatement(
                        "INSERT INTO receipt(sold, cashier, total, signature) VALUES(now(3), ?, ?, ?) RETURNING id");
                PreparedStatement line = connection.prepareStatement("INSERT INTO line VALUES(?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < receipts; i++) {
                receipt.setString(1, "Jörg; 'Joe'\n),(\\");
                receipt.setBigDecimal(2, BigDecimal.valueOf(1000, 2));
                receipt.setString(3, "c2lnbmF0dXJlLWxpa2UgcmFuZG9tIHRleHQ".repeat(3));
                long id;
                try (ResultSet keys = receipt.executeQuery()) {
                    keys.next();
                    id = keys.getLong(1);
                }
                for (int position = 1; position <= 3; position++) {
                    line.setLong(1, id);
                    line.setInt(2, position);
                    line.setString(3, "Haarschnitt " + position);
                    line.setBigDecimal(4, BigDecimal.valueOf(333, 2));
                    line.addBatch();
                }
                line.executeBatch();
                connection.commit();
            }
        }
    }

    void forgetPassword() {
        password = "wrong:" + PASSWORD;
    }

    String database() {
        return live;
    }

    void checks(SourceContract.HostCheck next) {
        check = next;
    }

    @Override
    public List<BookError> check(Connection connection) throws SQLException {
        return check.look(connection).stream()
                .map(found -> new BookError(found.german(), found.english()))
                .toList();
    }

    @Override
    public String till() {
        return "kasse1";
    }

    @Override
    public String kind() {
        return "mariadb";
    }

    @Override
    public String url() {
        return server.url(live);
    }

    @Override
    public DataSource dataSource() {
        return switching;
    }

    @Override
    public Optional<Credentials> credentials() {
        return Optional.of(new Credentials(USER, password.toCharArray()));
    }

    @Override
    public List<Path> directories() {
        return List.of();
    }

    @Override
    public SideDatabase side() throws DatabaseException {
        String name = newName("side");
        DataSource opened;
        try {
            administer("CREATE DATABASE " + name);
            opened = open(name);
        } catch (SQLException e) {
            throw new DatabaseException("The side database cannot be created", e);
        }
        return new SideDatabase() {
            private boolean active;

            @Override
            public DataSource dataSource() {
                return opened;
            }

            @Override
            public String url() {
                return server.url(name);
            }

            @Override
            public void hold() {
                // This till sells on no thread of its own.
            }

            @Override
            public void activate() {
                live = name;
                active = true;
            }

            @Override
            public void close() {
                if (!active) {
                    try {
                        administer("DROP DATABASE IF EXISTS " + name);
                    } catch (SQLException e) {
                        throw new AssertionError("The side database cannot be dropped", e);
                    }
                }
            }
        };
    }

    @Override
    public void close() throws SQLException {
        administer("DROP DATABASE IF EXISTS " + live);
    }
}

package de.joecash.backup.features;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import de.joecash.pos.entitlement.Entitlement;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The host of the integrator's guide, as it stands there: it compiles, and keeps the contract. */
class ExampleHostTest {
    private static final Path GUIDE = Path.of("..", "README.md");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private final Map<String, Object> services = new HashMap<>();

    @Test
    void offersItsDatabaseAndItsLicence() throws Exception {
        PosDatabase database = start();

        assertThat(count(database.dataSource())).isEqualTo(100);
        assertThat(database.directories()).containsExactly(directory.resolve("pos"));
        assertThat(services.get(Entitlement.class.getName()))
                .isInstanceOfSatisfying(
                        Entitlement.class, plus -> assertThat(plus.feature()).isEqualTo("+Backup"));
    }

    @Test
    void putsARestoredDatabaseInTheLiveOnesPlaceAndKeepsItThere() throws Exception {
        PosDatabase database = start();
        DataSource live = database.dataSource();
        try (SideDatabase side = database.side()) {
            fill(side.dataSource());
            assertThat(count(live)).isEqualTo(100);
            side.hold();
            side.activate();
        }

        assertThat(database.dataSource()).isSameAs(live);
        assertThat(count(live)).isEqualTo(3);
        // A start books a hundred receipts, so the next one shows which database it is on.
        assertThat(count(start().dataSource())).isEqualTo(103);
    }

    @Test
    void throwsASideDatabaseAway() throws Exception {
        PosDatabase database = start();
        List<Path> before = files();
        try (SideDatabase side = database.side()) {
            fill(side.dataSource());
        }

        assertThat(files()).containsExactlyElementsOf(before);
        assertThat(count(database.dataSource())).isEqualTo(100);
    }

    private PosDatabase start() throws Exception {
        Files.createDirectories(directory.resolve("pos"));
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> directory.resolve("pos").toString();
                    case "registerService" -> {
                        services.put(((Class<?>) arguments[0]).getName(), arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        compiled().start(context);
        return (PosDatabase) services.get(PosDatabase.class.getName());
    }

    private BundleActivator compiled() throws Exception {
        Matcher code = CODE.matcher(Files.readString(GUIDE));
        assertThat(code.find()).as("an example in %s", GUIDE).isTrue();
        Path source = Files.writeString(directory.resolve("ExampleHost.java"), code.group(1));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(result).as("compiles").isZero();
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        return loader.loadClass("com.example.pos.ExampleHost")
                .asSubclass(BundleActivator.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("pos"))) {
            return files.sorted().toList();
        }
    }

    private static void fill(DataSource side) throws SQLException {
        try (Connection connection = side.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE RECEIPT (NUMBER IDENTITY PRIMARY KEY, CENTS BIGINT NOT NULL)");
            statement.execute("INSERT INTO RECEIPT (CENTS) SELECT X FROM SYSTEM_RANGE(1, 3)");
        }
    }

    private static long count(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM RECEIPT")) {
            count.next();
            return count.getLong(1);
        }
    }
}

package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import de.joecash.backup.testkit.Needed;
import de.joecash.itests.NewerBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/**
 * A Jakarta EE server that no one here wrote, and the folder that is shipped for its directory of bundles: a database
 * that the server has as a JDBC resource is backed up, by its page and by an application of the server, and with the
 * files everything goes that came with them.
 */
class GlassFishIT {
    private static final Path SHIPPED = Path.of("../features/de.joecash.backup.features/target/shipped/autodeploy");
    /** A module of the server that wants a library of which the folder has a newer one; resolved for an application. */
    private static final String XML_SECURITY = "org.apache.santuario.xmlsec";

    private static final int RECEIPTS = 100_000;

    @TempDir
    private Path directory;

    @TempDir
    private Path place;

    @Test
    void backsUpAJdbcResourceTakesANewerBundleMeanwhileAndLeavesTheServerAsItWas() throws Exception {
        Needed.on(Runtime.version().feature() <= 21, "a Java that GlassFish 7.0 is made for");
        Path driver = Path.of(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (TillServer server = TillServer.start("postgresql", place);
                GlassFishHost glassFish =
                        GlassFishHost.start(Files.createDirectory(directory.resolve("home")), driver)) {
            open(server);
            Set<String> before = glassFish.bundles();
            addResource(glassFish, server);
            configure(glassFish, server);
            glassFish.drop(SHIPPED);
            Path made = Files.createDirectory(directory.resolve("made"));
            Path door = HostBundle.door(made);
            glassFish.drop(door.getFileName().toString(), Files.readAllBytes(door));
            DemoHost pages = glassFish.pages();
            DemoHost.await("every bundle", () -> isUp(pages) ? true : null);
            // A look at the directory while files were still coming starts bundles whose others are not there yet.
            int come = glassFish.log().size();

            String id = pages.backup();
            assertRestorable(glassFish, server, id);
            assertApplicationMakesABackup(glassFish, pages, HostBundle.exampleApplication(made));
            assertNewerBundleDisturbsNoRun(glassFish, pages);

            glassFish.clear();
            DemoHost.await("the server as it was", () -> isLeft(glassFish, before) ? true : null);
            assertThat(glassFish.ownPage()).isEqualTo(200);
            glassFish.admin("undeploy", "shop");
            glassFish.admin("ping-connection-pool", "kasse");
            List<String> log = glassFish.log();
            assertThat(log.subList(come, log.size()))
                    .filteredOn(entry -> entry.contains("de.joecash."))
                    .anyMatch(entry -> entry.contains("CREATE begins"))
                    .noneMatch(entry -> entry.contains("|SEVERE|") || entry.contains("|WARNING|"))
                    .noneMatch(entry -> entry.contains("Exception"));
            assertThat(glassFish.ownLog()).contains("CREATE of " + id + " succeeded");
        }
    }

    private static void open(TillServer server) throws Exception {
        server.administer("CREATE DATABASE kasse OWNER " + TillServer.USER);
        try (var connection = server.open("kasse").getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE receipt (number INT PRIMARY KEY, cents BIGINT NOT NULL, text TEXT NOT NULL)");
            statement.execute("ALTER TABLE receipt OWNER TO " + TillServer.USER);
            statement.execute("INSERT INTO receipt SELECT n, n * 7 % 10000, md5(n::text) FROM generate_series(1, "
                    + RECEIPTS + ") n");
        }
    }

    private void configure(GlassFishHost glassFish, TillServer server) throws IOException {
        drop(glassFish, "de.joecash.backup.core.cfg", "folder = " + directory.resolve("backups"));
        drop(
                glassFish,
                "de.joecash.pos.jakarta.cfg",
                "till = salon",
                "database.kind = postgresql",
                "resource = jdbc/kasse",
                "url = jdbc:postgresql://" + server.address() + "/kasse",
                "user = " + TillServer.USER,
                ".password = " + TillServer.PASSWORD);
    }

    private static void drop(GlassFishHost glassFish, String name, String... lines) throws IOException {
        glassFish.drop(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isUp(DemoHost pages) {
        return pages.status("/backup/") == 200
                && bundles(pages).stream()
                        .filter(bundle -> bundle.startsWith("de.joecash."))
                        .allMatch(bundle -> bundle.endsWith(" ACTIVE"));
    }

    private static List<String> bundles(DemoHost pages) {
        return pages.get("/pos/api/bundles").getAsJsonArray().asList().stream()
                .map(line -> line.getAsString())
                .toList();
    }

    private static void addResource(GlassFishHost glassFish, TillServer server) throws IOException {
        glassFish.adminWithSecrets(
                List.of("AS_ADMIN_ALIASPASSWORD=" + TillServer.PASSWORD), "create-password-alias", "kasse");
        String[] address = server.address().split(":", 2);
        glassFish.admin(
                "create-jdbc-connection-pool",
                "--datasourceclassname",
                "org.postgresql.ds.PGSimpleDataSource",
                "--restype",
                "javax.sql.DataSource",
                "--property",
                "serverName=" + address[0] + ":portNumber=" + address[1] + ":databaseName=kasse:user=" + TillServer.USER
                        + ":password='${ALIAS=kasse}'",
                "kasse");
        glassFish.admin("create-jdbc-resource", "--connectionpoolid", "kasse", "jdbc/kasse");
    }

    /** By the server's own client from what gunzip gives, and by the command that GlassFish's shell has from us. */
    private void assertRestorable(GlassFishHost glassFish, TillServer server, String id) throws Exception {
        Map<String, Table> live = Tables.read(server.open("kasse"), Long.MAX_VALUE);
        server.restoreByTool(directory.resolve("backups").resolve(id + ".sql.gz"), "kasse_tool", directory);
        assertThat(Tables.read(server.open("kasse_tool"), Long.MAX_VALUE)).isEqualTo(live);
        glassFish.shell("backup:restore " + id + " --into kasse_copy");
        assertThat(Tables.read(server.open("kasse_copy"), Long.MAX_VALUE)).isEqualTo(live);
    }

    private static void assertApplicationMakesABackup(GlassFishHost glassFish, DemoHost pages, Path application)
            throws Exception {
        glassFish.admin("deploy", "--name", "shop", "--contextroot", "shop", application.toString());
        String id = glassFish.post("/shop/backup");
        assertThat(pages.backupList())
                .extracting(backup -> backup.get("id").getAsString())
                .contains(id);
        assertThat(glassFish.shell("inspect req osgi.wiring.package " + glassFish.bundle(XML_SECURITY)))
                .contains("org.apache.commons.codec.binary", "1.17.1")
                .doesNotContain("1.19");
    }

    private static void assertNewerBundleDisturbsNoRun(GlassFishHost glassFish, DemoHost pages) throws IOException {
        String run = pages.pausedBackup();
        Path web = shipped("de.joecash.backup.web-");
        try (InputStream file = Files.newInputStream(web)) {
            glassFish.drop(web.getFileName().toString(), NewerBundle.of(file));
        }
        DemoHost.await("the newer bundle", () -> isNewer(pages) ? true : null);
        pages.resume(run);
        JsonObject end = pages.end(run);
        assertThat(end.has("problem")).as("%s", end).isFalse();
    }

    /** The shell's list fails where a bundle goes while it is made. */
    private static boolean isLeft(GlassFishHost glassFish, Set<String> bundles) {
        try {
            return glassFish.bundles().equals(bundles);
        } catch (AssertionError e) {
            return false;
        }
    }

    private static boolean isNewer(DemoHost pages) {
        return bundles(pages).contains("de.joecash.backup.web 0.1.1 ACTIVE") && pages.status("/backup/") == 200;
    }

    private static Path shipped(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

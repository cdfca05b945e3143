package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The host on a database server: what was backed up while it sold comes back row by row, judged by plain SQL and by the
 * server's own client, beside the till and in its place.
 */
class ServerHostIT {
    private static final int RECEIPTS = 5_000;

    @TempDir
    private Path directory;

    @TempDir
    private Path place;

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void bringsBackEveryRowBesideTheTillAndInItsPlace(String kind) throws Exception {
        try (TillServer server = TillServer.start(kind, place)) {
            Path data = directory.resolve("data");
            String id = backUpWhileSelling(kind, data, server.options());

            // From here on the till remembers where its database is.
            DemoHost.Ended beside = DemoHost.exec(data, "backup:restore " + id + " --into kasse_copy");
            assertThat(beside.code()).as(beside.out() + beside.err()).isZero();
            server.restoreByTool(data.resolve("backups").resolve(id + ".sql.gz"), "kasse_tool", directory);
            Map<String, Table> restored = Tables.read(server.open("kasse_copy"), Long.MAX_VALUE);
            long newest = restored.get("PUBLIC.RECEIPT").rows();
            assertThat(newest).isGreaterThanOrEqualTo(RECEIPTS);
            assertThat(restored)
                    .as("restored by us, and by the server's client from what gunzip gives")
                    .isEqualTo(Tables.read(server.open("kasse_tool"), Long.MAX_VALUE));
            assertThat(restored)
                    .as("restored, and the till's own tables up to the last receipt of the dump")
                    .isEqualTo(Tables.read(server.open("kasse"), newest));

            DemoHost.Ended inPlace = DemoHost.exec(
                    data,
                    "backup:create; pos:sales; pos:lose --yes; backup:drill " + id + "; backup:restore " + id
                            + "; pos:sales");
            assertThat(inPlace.code()).as(inPlace.out() + inPlace.err()).isZero();
            String live = Files.readString(data.resolve("till/current")).split(" ", 2)[0];
            assertThat(server.databases()).containsExactlyInAnyOrder(live, "kasse_copy", "kasse_tool");
            assertThat(Tables.read(server.open(live), newest))
                    .as("the till after the restore, up to the last receipt of the dump")
                    .isEqualTo(restored);
            refusesWhatIsNotItsOwn(kind, data, server);
            assertNoPassword(data);
        }
    }

    private static String backUpWhileSelling(String kind, Path data, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--receipts", Integer.toString(RECEIPTS)));
        try (DemoHost host = DemoHost.start(data, all.toArray(String[]::new))) {
            String id;
            try (SalesWatch sales = SalesWatch.on(host)) {
                id = host.backup();
                SalesWatch.Seen seen = sales.end();
                System.out.printf(
                        "on %s: %d receipts sold during the backup, longest gap %d ms%n",
                        kind, seen.sold(), seen.longestGap().toMillis());
            }
            assertThat(host.stop()).isZero();
            return id;
        }
    }

    private static void refusesWhatIsNotItsOwn(String kind, Path data, TillServer server) throws Exception {
        DemoHost.Ended other = DemoHost.exec(Locale.GERMAN, data, "pos:sales", "--database", "h2");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).startsWith("Diese Kasse läuft auf " + kind);
        if (kind.equals("postgresql")) {
            server.administer("ALTER ROLE " + TillServer.USER + " PASSWORD 'another'");
        } else {
            server.administer("ALTER USER kasse@'%' IDENTIFIED BY 'another', kasse@localhost IDENTIFIED BY 'another'");
        }
        DemoHost.Ended login = DemoHost.exec(data, "pos:sales");
        assertThat(login.code()).isEqualTo(1);
        assertThat(login.err()).startsWith("The database server " + server.address() + " does not let kasse in");
        assertThat(login.err() + login.out()).doesNotContain(TillServer.PASSWORD);
    }

    /** Neither in a log nor in anything else that the host keeps. */
    private static void assertNoPassword(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TillServer.PASSWORD);
            }
        }
    }
}

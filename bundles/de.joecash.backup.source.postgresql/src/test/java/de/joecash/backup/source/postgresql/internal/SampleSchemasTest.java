package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.Needed;
import de.joecash.backup.testkit.PostgreSqlServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that no one here wrote, filled by their own tools, go through dump and restore. */
class SampleSchemasTest extends ServerTest {
    /** Where {@code itests/verify} unpacks Debian's packages. */
    private static final Path ZABBIX = Path.of("../../itests/target/samples/usr/share/zabbix-server-pgsql");

    @TempDir
    Path files;

    @Test
    void pgbenchAtScale4() throws Exception {
        runTool("pgbench", "--quiet", "--initialize", "--scale=4", "--foreign-keys", "--partitions=4");
        runTool("pgbench", "--client=2", "--transactions=500", "--no-vacuum");
        assertThat(assertRoundTrip())
                .extracting(TableContents::name, TableContents::rows)
                .contains(tuple("public.pgbench_history", 1000L))
                .hasSize(7);
    }

    @Test
    void zabbixWithItsTemplatesImagesAndTriggers() throws Exception {
        Needed.on(Files.isDirectory(ZABBIX), "the files of the Debian package zabbix-server-pgsql");
        for (String name : List.of("schema", "images", "data")) {
            Path script = files.resolve(name + ".sql");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(ZABBIX.resolve(name + ".sql.gz")))) {
                Files.copy(in, script);
            }
            runTool("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=" + script);
        }
        assertThat(assertRoundTrip()).hasSizeGreaterThan(170);
    }

    private List<TableContents> assertRoundTrip() throws Exception {
        Path dump = files.resolve("dump.sql");
        List<TableContents> dumped = dump(till.database(), dump);
        String restored = PostgresqlTill.newName("restored");
        try (RestoreTarget target = source.target(Optional.of(restored));
                InputStream text = Files.newInputStream(dump)) {
            target.load(text, new Cancellation());
            assertThat(target.contents(new Cancellation())).isEqualTo(dumped);
            target.activate();
        }
        Path again = files.resolve("again.sql");
        assertThat(dump(restored, again)).isEqualTo(dumped);
        assertThat(Files.mismatch(again, dump)).isEqualTo(-1);
        till.administer("DROP DATABASE " + restored);
        return dumped;
    }

    private List<TableContents> dump(String database, Path file) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            return new PostgresqlSource(till.at(database), SETTINGS).dump(out, new Cancellation());
        }
    }

    private void runTool(String tool, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(PostgreSqlServer.TOOLS.resolve(tool).toString()));
        command.addAll(List.of(arguments));
        Path output = files.resolve(tool + ".txt");
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        process.environment().put("PGHOST", "127.0.0.1");
        process.environment().put("PGPORT", Integer.toString(server.port()));
        process.environment().put("PGDATABASE", till.database());
        process.environment().put("PGUSER", PostgresqlTill.USER);
        process.environment().put("PGPASSWORD", PostgresqlTill.PASSWORD);
        assertThat(process.start().onExit().join().exitValue())
                .as(Files.readString(output))
                .isZero();
    }
}

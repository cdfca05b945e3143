package de.joecash.backup.source.mariadb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.MariaDbServer;
import de.joecash.backup.testkit.Needed;
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
    private static final Path ZABBIX = Path.of("../../itests/target/samples/usr/share/zabbix-server-mysql");

    private static final Path SYSBENCH = Path.of("/usr/bin/sysbench");

    @TempDir
    Path files;

    @Test
    void sysbenchWithAQuarterOfAMillionRows() throws Exception {
        Needed.on(Files.isExecutable(SYSBENCH), "the Debian package sysbench");
        List<String> options = List.of(
                "oltp_read_write",
                "--db-driver=mysql",
                "--mysql-socket=" + server.socket(),
                "--mysql-user=" + MariaDbServer.SUPERUSER,
                "--mysql-password=" + MariaDbServer.SUPERUSER_PASSWORD,
                "--mysql-db=" + till.database(),
                "--tables=4",
                "--table-size=62500");
        run(command(SYSBENCH, options, "prepare"), Optional.empty());
        run(command(SYSBENCH, options, "--events=500", "--time=0", "run"), Optional.empty());
        assertThat(assertRoundTrip()).hasSize(4).allSatisfy(table -> assertThat(table.rows())
                .isEqualTo(62_500));
    }

    @Test
    void zabbixWithItsTemplatesAndImages() throws Exception {
        Needed.on(Files.isDirectory(ZABBIX), "the files of the Debian package zabbix-server-mysql");
        List<String> options = List.of(
                "--no-defaults",
                "--socket=" + server.socket(),
                "--user=" + MariaDbServer.SUPERUSER,
                "--database=" + till.database(),
                "--default-character-set=utf8mb4");
        for (String name : List.of("schema", "images", "data")) {
            Path script = files.resolve(name + ".sql");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(ZABBIX.resolve(name + ".sql.gz")))) {
                Files.copy(in, script);
            }
            run(command(MariaDbServer.TOOLS.resolve("mariadb"), options), Optional.of(script));
        }
        assertThat(assertRoundTrip()).hasSizeGreaterThan(170);
    }

    private List<TableContents> assertRoundTrip() throws Exception {
        Path dump = files.resolve("dump.sql");
        List<TableContents> dumped = dump(till.database(), dump);
        String restored = MariadbTill.newName("ours");
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
            return new MariadbSource(till.at(database), SETTINGS).dump(out, new Cancellation());
        }
    }

    private static List<String> command(Path tool, List<String> options, String... more) {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(options);
        command.addAll(List.of(more));
        return command;
    }

    private void run(List<String> command, Optional<Path> input) throws Exception {
        Path output = files.resolve("tool.txt");
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        input.ifPresent(file -> process.redirectInput(file.toFile()));
        process.environment().put("MYSQL_PWD", MariaDbServer.SUPERUSER_PASSWORD);
        assertThat(process.start().onExit().join().exitValue())
                .as(Files.readString(output))
                .isZero();
    }
}

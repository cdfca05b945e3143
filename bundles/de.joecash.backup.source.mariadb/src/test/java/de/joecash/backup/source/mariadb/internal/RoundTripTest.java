package de.joecash.backup.source.mariadb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.MariaDbServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database may hold goes through dump and restore, by us and by the client alone. */
class RoundTripTest extends ServerTest {
    @TempDir
    Path files;

    @Test
    void everyTypeOfColumn() throws Exception {
        till.execute(
                """
                CREATE TABLE t(id bigint AUTO_INCREMENT PRIMARY KEY, ti tinyint, si smallint unsigned, mi mediumint,
                i int zerofill, bu bigint unsigned, n decimal(19, 4), nn decimal(65, 30), f float, d double, bo boolean,
                b1 bit(1), b64 bit(64), c char(5), v varchar(400), tt tinytext, tx longtext, bi binary(4), vb varbinary(300),
                tb tinyblob, lb longblob, da date, tm time(6), dt datetime, dt6 datetime(6), ts timestamp NULL,
                ts6 timestamp(6) NULL, y year, e enum('bar', 'Gutschein; ''ä''\\\\'), s set('a', 'b''c', 'ö'), j json, u uuid,
                i4 inet4, i6 inet6, g geometry, po point, pg polygon, la varchar(20) CHARACTER SET latin1,
                gv decimal(19, 4) GENERATED ALWAYS AS (n * 2) VIRTUAL, gs varchar(500) AS (concat(v, '\\\\''x')) STORED,
                inv int INVISIBLE DEFAULT 7, co text COMPRESSED)
                """,
                """
                INSERT INTO t(ti, si, mi, i, bu, n, nn, f, d, bo, b1, b64, c, v, tt, tx, bi, vb, tb, da, tm, dt, dt6, ts, ts6,
                y, e, s, j, u, i4, i6, g, po, pg, la, co) VALUES(-128, 65535, -8388608, 42, 18446744073709551615,
                123456789012345.6789, 1e-30, 1.1, 1e-300, true, b'1', x'00ff0a0d5c271a22', 'ab',
                'Ü''s\\r\\n\\t\\\\.; (x),(`"\\0\\Z -- # /* 😀', '', 'NULL', x'0001', x'00ff0a0d5c271a22', x'5c', '0044-03-15',
                '-838:59:59.123456', '9999-12-31 23:59:59', '2026-10-25 02:30:00.123456', '2026-10-25 00:30:00',
                '2026-10-25 01:30:00.123456', 2026, 'Gutschein; ''ä''\\\\', 'a,ö', '{"b": 1,  "a":"\\\\u00fc\\\\n"}',
                '12345678-1234-1234-1234-123456789abc', '10.0.0.1', '::1', ST_GeomFromText('LINESTRING(0 0,1 1)'),
                POINT(1, 2), ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))'), 'ü', repeat('z', 1000))
                """,
                "INSERT INTO t(d, f, dt, b64) VALUES(1.7976931348623157e308, -3.4e38, '1000-01-01', 0), (-0.0, 0, NULL, NULL)",
                "INSERT INTO t(tx, v) VALUES('', ''), ('NULL', '\\\\N'), (repeat('ü\\\\.\\n', 700000), ',(')",
                "INSERT INTO t(inv, c) VALUES(9, NULL)",
                "INSERT INTO t(lb) SELECT repeat(unhex(group_concat(lpad(hex(seq), 2, '0') SEPARATOR '')), 40960)"
                        + " FROM seq_0_to_255",
                "ALTER TABLE t AUTO_INCREMENT = 4711");
        assertRoundTrip();
    }

    @Test
    void whatBelongsToTables() throws Exception {
        String live = till.database();
        till.execute(
                "CREATE TABLE `Größe; 'x'``; -- #/*!`(`c'ol``` int PRIMARY KEY, `VALUES \n(\"` text)",
                "INSERT INTO `Größe; 'x'``; -- #/*!` VALUES(1, ';\\n'), (2, NULL)",
                "CREATE TABLE `INSERT INTO` (`row_start` int COMMENT 'Kommentar; ''\\n\\\\! ü')",
                "CREATE SEQUENCE receipt_number START 4711 INCREMENT BY 2 NOCACHE",
                "DO nextval(receipt_number)",
                """
                CREATE TABLE article(id int PRIMARY KEY, name varchar(60) NOT NULL, price decimal(19, 4) DEFAULT 0.5
                CHECK (price >= 0), number bigint DEFAULT nextval(receipt_number), sold timestamp DEFAULT current_timestamp()
                ON UPDATE current_timestamp(), UNIQUE KEY(name), KEY(price, number), FULLTEXT KEY(name),
                CONSTRAINT ck CHECK (length(name) < 30 or name in ('a', 'load_file(')))
                """,
                "CREATE TABLE booking(id int AUTO_INCREMENT PRIMARY KEY, article int REFERENCES article(id) ON DELETE CASCADE)",
                "CREATE TABLE tree(id int PRIMARY KEY, parent int, FOREIGN KEY(parent) REFERENCES tree(id))",
                "CREATE TABLE empty(x int)",
                "CREATE TABLE no_key(x int, y int)",
                "CREATE TABLE only_unique(x int, UNIQUE KEY(x))",
                "CREATE TABLE part(d date NOT NULL, x int) PARTITION BY RANGE (year(d))"
                        + " (PARTITION p1 VALUES LESS THAN (2026), PARTITION p2 VALUES LESS THAN MAXVALUE)",
                "CREATE TABLE history(id int PRIMARY KEY, x int) WITH SYSTEM VERSIONING",
                "INSERT INTO article(id, name, price) VALUES(1, 'Schere', 9.5), (2, 'Föhn', 29)",
                "INSERT INTO booking(article) VALUES(1), (2), (NULL)",
                "INSERT INTO tree VALUES(1, NULL), (2, 1)",
                "INSERT INTO no_key VALUES(3, 1), (1, 1), (3, 1)",
                "INSERT INTO only_unique VALUES(NULL), (5), (NULL), (1)",
                "INSERT INTO part VALUES('2026-11-22', 1), ('2025-01-01', 2)",
                "INSERT INTO history VALUES(1, 1)",
                "UPDATE history SET x = 2",
                """
                CREATE TRIGGER touched BEFORE UPDATE ON article FOR EACH ROW BEGIN -- a comment; with 'quotes and "
                    /* another; */ # and a third '
                    IF NEW.name = 'x;;\\\\' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no;'; END IF;
                    INSERT INTO LIVE.empty SELECT a.id FROM `LIVE`.article a, LIVE.booking b WHERE a.id = b.id;
                END
                """
                        .replace("LIVE", live),
                "CREATE TRIGGER second AFTER INSERT ON booking FOR EACH ROW SET @last = NEW.id",
                """
                CREATE FUNCTION gross(n decimal(19, 4), rate decimal(5, 2)) RETURNS decimal(19, 4) DETERMINISTIC
                BEGIN DECLARE g decimal(19, 4); SELECT CASE WHEN n > 0 THEN n * (1 + rate) ELSE n END INTO g; RETURN g; END
                """,
                "CREATE PROCEDURE close_day(IN d date) SQL SECURITY INVOKER COMMENT 'Tag; ''x' BEGIN CREATE TEMPORARY TABLE x(i int);"
                        + " DELETE FROM empty; DROP TEMPORARY TABLE x; END",
                """
                CREATE VIEW sold AS SELECT a.id, upper(name) un, count(*) OVER (PARTITION BY price ORDER BY name) cn,
                CASE WHEN price > 1 THEN 'ö''\\\\' ELSE coalesce(name, 'x') END ca, gross(price, 0.19) g
                FROM article a LEFT JOIN booking b ON a.id = b.article WHERE name <> 'ö''\\n' AND a.id IN (SELECT id FROM tree)
                """,
                "CREATE VIEW all_sold AS WITH w AS (SELECT * FROM sold) SELECT un FROM w UNION SELECT name FROM article");
        assertThat(assertRoundTrip())
                .extracting(TableContents::name)
                .contains("article", "part", "empty", "history", "Größe; 'x'`; -- #/*!")
                .doesNotContain("sold", "receipt_number");
    }

    @Test
    void aRowThatTheServerWouldNotTakeIsSaidWhenItIsLoaded() throws Exception {
        till.execute("CREATE TABLE t(b longblob)", "INSERT INTO t SELECT repeat(unhex('00'), 9000000)");
        byte[] text = dump();
        try (RestoreTarget target = source.target(Optional.of(MariadbTill.newName("place")))) {
            assertThat(problem(() -> target.load(new ByteArrayInputStream(text), new Cancellation())))
                    .isInstanceOfSatisfying(Problem.RestoreFailed.class, problem -> assertThat(problem.detail())
                            .contains("max_allowed_packet"));
        }
    }

    @Test
    void aRoutineThatWasMadeUnderAnotherCharacterSetOfTheDatabase() throws Exception {
        till.execute(
                "ALTER DATABASE CHARACTER SET latin1",
                "CREATE PROCEDURE p(x varchar(9)) SELECT x",
                "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        assertThat(new String(dump(), StandardCharsets.UTF_8)).contains("ALTER DATABASE CHARACTER SET latin1");
        assertRoundTrip();
    }

    @Test
    void aTriggerOfAClientThatSpokeLatin1() throws Exception {
        till.execute("CREATE TABLE article(name varchar(20))");
        define("latin1", "CREATE TRIGGER g BEFORE INSERT ON article FOR EACH ROW SET NEW.name = 'ü'");
        assertRoundTrip();
        define("cp850", "CREATE TRIGGER h AFTER INSERT ON article FOR EACH ROW SET @x = 'ü'");
        assertThat(problemOfDump(source)).isInstanceOf(Problem.DumpFailed.class);
    }

    @Test
    void eventsAreLeftOut() throws Exception {
        till.execute("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM x");
        assertThat(new String(dump(), StandardCharsets.UTF_8)).doesNotContain("EVENT");
        assertRoundTrip();
    }

    @Test
    void anEmptyDatabase() throws Exception {
        assertThat(assertRoundTrip()).isEmpty();
    }

    @Test
    void whatBelongsToSomebodyElseBelongsToWhoeverRestoresIt() throws Exception {
        till.execute("CREATE TABLE article(id int PRIMARY KEY)");
        till.administerHere(
                "CREATE VIEW v AS SELECT id FROM article",
                "CREATE TRIGGER g BEFORE INSERT ON article FOR EACH ROW SET NEW.id = NEW.id + 1");
        String text = new String(dump(), StandardCharsets.UTF_8);
        assertThat(text).contains("g BEFORE INSERT", "VIEW `v`").doesNotContain("root", "DEFINER=", "kasse");
        assertRoundTrip();
    }

    @Test
    void equalRowsAreEqualTextWhateverTheServerIsSetTo() throws Exception {
        till.execute(
                "CREATE TABLE t(t timestamp, b blob, d double, n decimal(10, 2))",
                "INSERT INTO t VALUES('2026-10-25 02:30', 'ü', 0.1, 1.5)");
        byte[] before = dump();
        for (String setting : List.of(
                "time_zone = '-05:00'",
                "character_set_server = latin1",
                "character_set_connection = latin1",
                "sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'",
                "lc_time_names = 'de_DE'",
                "max_statement_time = 1",
                "tx_isolation = 'READ-UNCOMMITTED'",
                "sql_quote_show_create = 0",
                "div_precision_increment = 9")) {
            String name = setting.substring(0, setting.indexOf(' '));
            till.administer("SET GLOBAL " + setting);
            try {
                assertThat(dump()).as(setting).isEqualTo(before);
            } finally {
                till.administer("SET GLOBAL " + name + " = DEFAULT");
            }
        }
        till.administer("SET GLOBAL character_set_server = utf8mb4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() EXECUTE IMMEDIATE 'SELECT 1'",
                "CREATE PROCEDURE p() SELECT 1 INTO OUTFILE '/tmp/x'",
                "CREATE PROCEDURE p() SELECT * FROM mysql.user",
                "CREATE VIEW v AS SELECT * FROM information_schema.tables",
                "CREATE VIEW v AS SELECT load_file('x')",
            })
    void whatARestoreWouldRefuseIsRefusedByTheDump(String sql) throws Exception {
        till.execute(sql);
        assertThat(problemOfDump(source))
                .isInstanceOfSatisfying(Problem.DumpFailed.class, problem -> assertThat(problem.detail())
                        .startsWith(Dump.NOT_RESTORABLE));
    }

    /** Restores by us and by the client, and compares what {@code mariadb-dump} says of both. */
    private List<TableContents> assertRoundTrip() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<TableContents> dumped = source.dump(text, new Cancellation());
        String ours = MariadbTill.newName("ours");
        try (RestoreTarget target = source.target(Optional.of(ours))) {
            target.load(new ByteArrayInputStream(text.toByteArray()), new Cancellation());
            assertThat(target.contents(new Cancellation())).isEqualTo(dumped);
            target.activate();
        }
        assertSame(ours, text);
        assertThat(toolsDump(ours)).isEqualTo(toolsDump(till.database()));

        String theirs = MariadbTill.newName("theirs");
        till.administer("CREATE DATABASE " + theirs);
        Path dump = Files.write(files.resolve("dump.sql"), text.toByteArray());
        run(List.of("mariadb", "--binary-mode", "--comments", theirs), Optional.of(dump));
        assertSame(theirs, text);
        return dumped;
    }

    private void assertSame(String database, ByteArrayOutputStream text) throws Exception {
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        new MariadbSource(till.at(database), SETTINGS).dump(again, new Cancellation());
        assertThat(again.toString(StandardCharsets.ISO_8859_1)).isEqualTo(text.toString(StandardCharsets.ISO_8859_1));
    }

    /** The server's own words, with definers that differ left out, and without us. */
    private String toolsDump(String database) throws Exception {
        return run(List.of("mariadb-dump", "--skip-comments", "--routines", "--hex-blob", database), Optional.empty())
                .replaceAll("DEFINER=`\\w+`@`[%\\w]+`", "")
                .replace("`" + database + "`.", "")
                .replace("DATABASE `" + database + "`", "DATABASE")
                .replace(database + ".", "");
    }

    private void define(String charset, String sql) throws Exception {
        String option = "--default-character-set=" + charset;
        run(List.of("mariadb", option, "--execute=" + sql, till.database()), Optional.empty());
    }

    private String run(List<String> command, Optional<Path> input) throws Exception {
        Path options = Files.writeString(
                files.resolve("options.cnf"),
                "[client]\nhost=127.0.0.1\nprotocol=tcp\nport=" + server.port() + "\nuser=" + MariadbTill.USER
                        + "\npassword=\""
                        + MariadbTill.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n");
        Path output = files.resolve("output.txt");
        Path errors = files.resolve("errors.txt");
        List<String> all = new ArrayList<>(command);
        all.set(0, MariaDbServer.TOOLS.resolve(command.get(0)).toString());
        all.add(1, "--defaults-file=" + options);
        all.add(2, "--default-character-set=utf8mb4");
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .redirectInput(input.orElse(Path.of("/dev/null")).toFile());
        assertThat(builder.start().onExit().join().exitValue())
                .as(() -> read(errors))
                .isZero();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

package de.joecash.backup.source.mariadb.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.Stopwatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump that somebody changed is refused, and what he put into it never ran. */
class HostileDumpTest extends ServerTest {
    private static final String LARGE = "CREATE TABLE large AS SELECT REPEAT('x', 1000) x FROM seq_1_to_3000";
    private static final String ROWS = "INSERT INTO `journal` VALUES\n";
    private static final String END = "\n-- Dump completed\n";

    /** Made once: there are many tests, and each database takes its time. */
    private static MariadbTill theTill;

    private static String dumped;

    private String text;
    private String mark;

    @Override
    @BeforeEach
    void open() throws Exception {
        if (theTill == null) {
            theTill = new MariadbTill(server);
            theTill.execute("CREATE TABLE journal(entry text)", "INSERT INTO journal VALUES('a'), ('b')");
            till = theTill;
            source = new MariadbSource(till, SETTINGS);
            dumped = new String(dump(), ISO_8859_1);
        }
        till = theTill;
        source = new MariadbSource(till, SETTINGS);
        text = dumped;
        // Would be there if a command of the client ran, or the server wrote a file.
        mark = directory.resolve(MariadbTill.newName("mark")).toString();
    }

    @Override
    @AfterEach
    void close() throws Exception {
        source.stop();
        till.execute("DROP TABLE IF EXISTS large, price");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\! touch MARK",
                "  \\! touch MARK",
                "system touch MARK",
                "system touch MARK;",
                "source MARK",
                "\\. MARK",
                "tee MARK",
                "\\T MARK",
                "pager touch MARK",
                "use mysql",
                "\\u mysql",
                "connect mysql",
                "delimiter //",
                "DELIMITER //",
                "DELIMITER ;;\\! touch MARK",
                "/*M!999999\\- enable the sandbox mode */ \\! touch MARK",
                "/*!50003 SET @x = 1 */ \\! touch MARK;",
                "SELECT 1 INTO OUTFILE 'MARK';",
                "SELECT LOAD_FILE('/etc/passwd');",
                "LOAD DATA INFILE '/etc/passwd' INTO TABLE journal;",
                "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE journal;",
                "SET GLOBAL general_log_file = 'MARK';",
                "SET SESSION sql_log_bin = 0;",
                "SET sql_mode = 'ANSI_QUOTES';",
                "/*!50003 SET sql_mode              = 'NO_BACKSLASH_ESCAPES' */ ;",
                "/*!50003 SET sql_mode              = 'STRICT_TRANS_TABLES,ORACLE' */ ;",
                "/*!50003 SET character_set_client  = sjis */ ;",
                "/*!50003 SET character_set_client  = utf8mb4 */ ; DROP TABLE journal;",
                "SET @x = (SELECT 1);",
                "CREATE USER evil;",
                "GRANT ALL ON *.* TO kasse;",
                "SET PASSWORD = '';",
                "CREATE DATABASE evil;",
                "DROP DATABASE LIVE;",
                "DROP TABLE journal;",
                "DROP TABLE IF EXISTS `LIVE`.`journal`;",
                "/*!50001 DROP VIEW IF EXISTS `LIVE`.`journal`*/;",
                "ALTER DATABASE `LIVE` CHARACTER SET latin1;",
                "ALTER TABLE `journal` ENGINE=MyISAM;",
                "CREATE TABLE `LIVE`.`t` (`x` int) ENGINE=InnoDB;",
                "CREATE TABLE `t` (`x` int) ENGINE=MyISAM;",
                "CREATE TABLE `t` (`x` int) ENGINE=FEDERATED CONNECTION='mysql://h/d/t';",
                "CREATE TABLE `t` (`x` int) ENGINE=CONNECT TABLE_TYPE=CSV FILE_NAME='MARK';",
                "CREATE TABLE `t` (`x` int) ENGINE=InnoDB COMMENT='a' ENGINE=SPIDER;",
                "CREATE TABLE `t` (`x` int) ENGINE=InnoDB ENGINE CONNECT TABLE_TYPE=CSV FILE_NAME='MARK';",
                "CREATE TABLE `t` (`x` int) /*!50003 ENGINE=SPIDER */ ENGINE=InnoDB;",
                "CREATE TABLE `t` (`x` int) ENGINE=InnoDB DATA DIRECTORY='/tmp';",
                "CREATE TABLE `t` (`x` int) ENGINE=InnoDB /*!50003 DATA DIRECTORY='/tmp' */;",
                "CREATE TABLE `t` (`x` int);",
                "CREATE TABLE `t` LIKE `journal`;",
                "CREATE TABLE `t` (`x` int) ENGINE=InnoDB AS SELECT 1;",
                "CREATE TABLE `t` (`x` int DEFAULT nextval(`LIVE`.`s`)) ENGINE=InnoDB;",
                "CREATE TABLE `t` (`x` int, FOREIGN KEY (`x`) REFERENCES `LIVE`.`t` (`x`)) ENGINE=InnoDB;",
                "CREATE TABLE `t` (`x` int) ENGINE=InnoDB; DROP TABLE journal;",
                "CREATE FUNCTION f RETURNS STRING SONAME 'x.so';",
                "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'h');",
                "CREATE EVENT e ON SCHEDULE EVERY 1 SECOND DO DELETE FROM journal;",
                "INSTALL SONAME 'x';",
                "INSTALL PLUGIN x SONAME 'x.so';",
                "CREATE DEFINER=`root`@`localhost` PROCEDURE p() SELECT 1;",
                "CREATE OR REPLACE DEFINER = root PROCEDURE p() SELECT 1;",
                "/*!50001 CREATE */ /*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */ /*!50001 VIEW v AS SELECT 1 */;",
                "CREATE VIEW v AS SELECT LOAD_FILE('/etc/passwd');",
                "CREATE VIEW v AS SELECT `load_file`('/etc/passwd');",
                "CREATE VIEW v AS SELECT * FROM mysql.user;",
                "CREATE VIEW v AS SELECT * FROM (`mysql`.`user` JOIN journal);",
                "CREATE VIEW v AS SELECT * FROM journal, `mysql`.`user`;",
                "CREATE VIEW v AS SELECT * FROM journal j, `mysql` . `user`;",
                "CREATE VIEW v AS SELECT * FROM journal JOIN (journal j, mysql.user);",
                "CREATE VIEW v AS SELECT * FROM (SELECT 1) a, mysql.user;",
                "CREATE VIEW v AS SELECT * FROM journal a JOIN journal b ON f(1, 2), mysql.user;",
                "CREATE VIEW v AS SELECT * FROM ((journal a, mysql.user));",
                "CREATE VIEW v AS SELECT * FROM journal a USE INDEX (x), mysql.user u;",
                "CREATE VIEW v AS SELECT mysql.user.password FROM journal;",
                "CREATE VIEW v AS SELECT * FROM {OJ mysql.user};",
                "CREATE VIEW v AS SELECT 1 INTO OUTFILE 'MARK';",
                "CREATE VIEW v AS SELECT 1 /*!99997 FROM mysql.user */;",
                "CREATE VIEW v AS SELECT 1 /*!80000 FROM mysql.user */;",
                "CREATE VIEW v AS SELECT 1 /*! FROM mysql.user */;",
                "CREATE TRIGGER g BEFORE INSERT ON journal FOR EACH ROW DELETE FROM LIVE.journal;",
                "CREATE TRIGGER g BEFORE INSERT ON journal FOR EACH ROW DELETE LIVE.journal FROM journal;",
                "CREATE TRIGGER g BEFORE INSERT ON journal FOR EACH ROW SET @x = (SELECT 1 INTO OUTFILE 'MARK');",
                "CREATE TRIGGER g BEFORE INSERT ON journal FOR EACH ROW GRANT ALL ON *.* TO kasse;",
                "CREATE PROCEDURE p() BEGIN PREPARE s FROM 'x'; EXECUTE s; END;",
                "CREATE PROCEDURE p() EXECUTE IMMEDIATE 'DROP TABLE x';",
                "CREATE PROCEDURE p() DROP TABLE journal;",
                "CREATE PROCEDURE p() SET GLOBAL x = 1;",
                "DO SLEEP(1);",
                "CALL p();",
                "EXECUTE IMMEDIATE 'DROP TABLE journal';",
                "BEGIN NOT ATOMIC DELETE FROM journal; END;",
                "HANDLER journal OPEN;",
                "COMMIT; DROP TABLE journal;",
                "INSERT INTO `LIVE`.`journal` VALUES\n('x');",
                "INSERT INTO `nowhere` VALUES\n('x');",
                "INSERT INTO `journal` SELECT 1;",
                "REPLACE INTO `journal` VALUES\n('x');",
                "-- comment\rDROP TABLE journal;",
                "SELECT 'a' -- '\n;",
            })
    void aStatementThatNoDumpHas(String hostile) throws Exception {
        String manipulated = hostile.replace("MARK", mark).replace("LIVE", till.database()) + "\n";
        int rows = text.indexOf(ROWS);
        assertRefused(text.substring(0, rows) + manipulated + text.substring(rows));
        int end = text.lastIndexOf(END);
        assertRefused(text.substring(0, end) + manipulated + text.substring(end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(LOAD_FILE('/etc/passwd')),\n",
                "((SELECT 1)),\n",
                "('a'); DROP TABLE journal;\n",
                "('a' 'b'),\n",
                "('a'),('b') ON DUPLICATE KEY UPDATE entry = 1;\n",
                "(NULL OR SLEEP(1)),\n",
                "(0x41 + 1),\n",
                "(@@datadir),\n",
                "('a\0'),\n",
                "(\"a\"),\n",
                "(-- \n'a'),\n",
                "('a'/*!,1*/),\n",
                "(_utf8'a'),\n",
                "('a'),\n\\! touch MARK\n",
                "\\! touch MARK\n",
                "('\\');\\! touch MARK\n",
            })
    void gamesInRows(String hostile) throws Exception {
        int rows = text.indexOf(ROWS) + ROWS.length();
        assertRefused(text.substring(0, rows) + hostile.replace("MARK", mark) + text.substring(rows));
    }

    @Test
    void aTriggerThatWouldFireWhileRowsAreLoaded() throws Exception {
        String create = "DELIMITER ;;\n/*!50003 CREATE*/ /*!50003 TRIGGER g BEFORE INSERT ON journal FOR EACH ROW"
                + " BEGIN DELETE FROM %s.journal; END */;;\nDELIMITER ;\n";
        int rows = text.indexOf(ROWS);
        assertRefused(text.substring(0, rows) + create.formatted(till.database()) + text.substring(rows));
        assertRefused(text.substring(0, rows) + create.formatted("`" + till.database() + "`") + text.substring(rows));
    }

    @Test
    void aSecondStatementBehindABodyIsNoStatement() throws Exception {
        int end = text.lastIndexOf(END);
        String create = "DELIMITER ;;\nCREATE PROCEDURE p() SELECT 1; DELETE FROM journal\n;;\nDELIMITER ;\n";
        assertThat(problemOfLoad(text.substring(0, end) + create + text.substring(end)))
                .isInstanceOf(Problem.RestoreFailed.class);
    }

    @Test
    void aDumpWithARowLess() throws Exception {
        assertRefused(text.replace("('a'),\n", ""));
        assertRefused(text.replace(text.substring(text.lastIndexOf("-- end of dump: ")), ""));
        assertRefused("SELECT 1;\n" + text);
        assertRefused(text + "SELECT 1;\n");
    }

    @Test
    void aStatementBehindRowsThatTheClientHasAlready() throws Exception {
        till.execute(LARGE);
        text = new String(dump(), ISO_8859_1);
        int end = text.lastIndexOf(END);
        assertRefused(text.substring(0, end) + "\\! touch " + mark + "\n" + text.substring(end));
    }

    @Test
    void aLoadThatIsCancelledEndsAtOnceAndLeavesNothing() throws Exception {
        till.execute(LARGE);
        byte[] whole = dump();
        Cancellation cancellation = new Cancellation();
        InputStream cancelling =
                new SequenceInputStream(new ByteArrayInputStream(whole, 0, whole.length / 2), new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("Nobody reads single bytes");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        cancellation.cancel(new Problem.Stopping());
                        bytes[offset] = 'x';
                        return 1;
                    }
                });
        String place = MariadbTill.newName("place");
        try (RestoreTarget target = source.target(Optional.of(place))) {
            assertThat(problem(() -> target.load(cancelling, cancellation))).isEqualTo(new Problem.Stopping());
        }
        assertThat(till.exists(place)).isFalse();
    }

    @Test
    void aStopCancelsADumpUnderWay() throws Exception {
        till.execute(LARGE);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        cancellation.onCancel(cancelled::countDown);
        // However late this test stops it, the dump has not ended by then.
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("Nobody writes single bytes");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writing.countDown();
                Await.open("the cancellation", cancelled);
            }
        };
        CompletableFuture<Problem> dump =
                CompletableFuture.supplyAsync(() -> problem(() -> source.dump(out, cancellation)));
        Await.open("a dump under way", writing);
        Stopwatch watch = Stopwatch.start();
        source.stop();
        Await.within(Duration.ofSeconds(4), dump);
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(dump).isCompletedWithValue(new Problem.Stopping());
        assertThat(problemOfDump(source)).isEqualTo(new Problem.Stopping());
    }

    @Test
    void aDumpOfANewerServer() throws Exception {
        String newer = text.replaceFirst("-- Server version\t\\d+\\.\\d+", "-- Server version\t99.8");
        assertThat(problemOfLoad(newer))
                .isInstanceOfSatisfying(Problem.NewerDatabase.class, problem -> assertThat(problem.backup())
                        .isEqualTo("99.8"));
    }

    @Test
    void aRowThatDoesNotFitIsSaidWithoutItsValue() throws Exception {
        till.execute("CREATE TABLE price(p varchar(20) PRIMARY KEY)", "INSERT INTO price VALUES('Meier'), ('Schmidt')");
        String wrong = new String(dump(), ISO_8859_1).replace("'Meier'", "'Schmidt'");
        // 1062, or 1180 where the server inserts in bulk.
        assertThat(problemOfLoad(wrong))
                .isInstanceOfSatisfying(Problem.RestoreFailed.class, problem -> assertThat(problem.detail())
                        .matches("1(062|180) \\([0-9A-Z]{5}\\)"));
    }

    private void assertRefused(String manipulated) throws Exception {
        assertThat(problemOfLoad(manipulated)).isInstanceOf(Problem.DumpRefused.class);
        assertThat(Path.of(mark)).doesNotExist();
        assertThat(MariadbTill.number(till.dataSource(), "SELECT count(*) FROM journal"))
                .isEqualTo(2);
        assertThat(till.exists("evil")).isFalse();
    }

    private Problem problemOfLoad(String manipulated) throws Exception {
        String place = MariadbTill.newName("place");
        Problem problem;
        try (RestoreTarget target = source.target(Optional.of(place))) {
            problem = problem(
                    () -> target.load(new ByteArrayInputStream(manipulated.getBytes(ISO_8859_1)), new Cancellation()));
        }
        assertThat(till.exists(place)).isFalse();
        return problem;
    }
}

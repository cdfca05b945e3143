package de.joecash.backup.source.mariadb.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.TableContents;
import de.joecash.backup.tools.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What needs no server. */
class TextGuardTest {
    private static final String DUMP =
            """
            /*M!999999\\- enable the sandbox mode */\s
            -- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
            --
            -- Host: kasse.local    Database: kasse
            -- ------------------------------------------------------
            -- Server version\t10.11.19-MariaDB-0+deb12u1

            /*!40101 SET NAMES utf8mb4 */;
            CREATE TABLE `größe` (
              `id` int(11) NOT NULL DEFAULT nextval(`kasse`.`s`),
              `t` text DEFAULT 'a;''\\\\'
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

            SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, @@AUTOCOMMIT=0;
            INSERT INTO `größe` VALUES
            (1,'a\\'),(\\\\'),
            (-2.5e-3,NULL),
            (0x4A,_binary 'x''y');
            COMMIT;
            DELIMITER ;;
            /*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER g BEFORE INSERT ON größe FOR EACH ROW
            BEGIN -- 'x
            INSERT INTO kasse.log SELECT id FROM größe, kasse.t WHERE NEW.id = 'y;;' /* " */; END */;;
            DELIMITER ;
            /*!50001 CREATE ALGORITHM=UNDEFINED */
            /*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
            /*!50001 VIEW `v` AS select `kasse`.`f`(`größe`.`id`) AS `kasse` from `größe` */;

            -- Dump completed
            """;

    @Test
    void takesOutWhatTiesItToAServer() throws Exception {
        String text = read(DUMP.getBytes(UTF_8), DUMP.length()).text();
        assertThat(text)
                .doesNotContain("kasse.", "DEFINER=", "`kasse`.")
                .contains(
                        "nextval(`s`)",
                        "/*!50003 CREATE*/ /*!50003 TRIGGER g",
                        "INSERT INTO log SELECT id FROM größe, t WHERE")
                .contains("/*!50013 SQL SECURITY DEFINER */", "select `f`(`größe`.`id`) AS `kasse`");
        assertThat(read(text.getBytes(UTF_8), 1000).text()).isEqualTo(text);
    }

    @Test
    void itDoesNotMatterInWhichPartsATextComes() throws Exception {
        byte[] bytes = DUMP.getBytes(UTF_8);
        Read whole = read(bytes, bytes.length);
        assertThat(whole.contents())
                .singleElement()
                .satisfies(table -> assertThat(table.name()).isEqualTo("größe"))
                .satisfies(table -> assertThat(table.rows()).isEqualTo(3));
        for (int part = 1; part < 40; part++) {
            assertThat(read(bytes, part)).isEqualTo(whole);
        }
    }

    @Test
    void whateverIsChangedIsReadOrRefused() {
        Random random = new Random(4711);
        String[] words = {
            "'",
            "`",
            "\\",
            ";",
            ";;",
            "/*",
            "*/",
            "/*!50003 ",
            "--",
            "(",
            ")",
            ".",
            "@",
            "=",
            "DEFINER",
            "CREATE ",
            "TABLE ",
            "VIEW ",
            "ENGINE",
            "\n",
            "DELIMITER ;;\n",
            "INSERT INTO ",
            "kasse",
            "\0",
            "#",
            "SET ",
            ","
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder changed = new StringBuilder(new String(DUMP.getBytes(UTF_8), ISO_8859_1));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(changed.length());
                if (random.nextBoolean()) {
                    changed.insert(at, words[random.nextInt(words.length)]);
                } else {
                    changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(30)));
                }
            }
            byte[] bytes = changed.toString().getBytes(ISO_8859_1);
            try {
                assertThat(read(bytes, bytes.length).contents()).isNotNull();
            } catch (Refusal e) {
                assertThat(e).hasMessageNotContaining("größe");
            } catch (IOException | RuntimeException e) {
                throw new AssertionError(changed.toString(), e);
            }
        }
    }

    @Test
    void aBodyMayNameNoDatabaseThatThereIs() {
        String other = DUMP.replace("INSERT INTO kasse.log", "DELETE mysql.t FROM log,");
        assertThatThrownBy(() -> read(other.getBytes(UTF_8), 100)).isInstanceOf(Refusal.class);
    }

    @Test
    void aColumnIsNoTableWhereTablesStandElsewhere() throws Exception {
        String read = DUMP.replace(
                        "NEW.id = 'y;;'",
                        "SUBSTRING(NEW.t FROM NEW.a FOR NEW.b) = TRIM(BOTH (SELECT ' ') FROM NEW.t) AND NEW.id = 'y;;'")
                .replace("END */;;", "INSERT INTO s SET a = 1 ON DUPLICATE KEY UPDATE s.a = 2, s.b = 3; END */;;")
                .replace("AS `kasse` from", "AS `kasse`,extract(year from `größe`.`t`),`größe`.`t` from");
        assertThat(read(read.getBytes(UTF_8), 100).text())
                .contains(
                        "FROM NEW.a FOR NEW.b",
                        "FROM NEW.t)",
                        "extract(year from `größe`.`t`),",
                        "UPDATE s.a = 2, s.b");

        for (String other : List.of(
                "EXTRACT(YEAR FROM (SELECT a FROM mysql.t))",
                "EXTRACT(YEAR FROM mysql.t.a)",
                "(SELECT a FROM {OJ mysql.t})",
                "(SELECT EXTRACT(YEAR FROM b) FROM mysql.t)")) {
            String view = DUMP.replace("`kasse`.`f`(`größe`.`id`)", other);
            assertThatThrownBy(() -> read(view.getBytes(UTF_8), 100)).as(other).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void aNameMayBeAsLongAsSomebodyMakesIt() {
        String name = "x".repeat(5_000_000);
        for (String statement : List.of(
                "DROP VIEW IF EXISTS `%s`, 1;\n", "INSERT INTO `%s` (`%s`, x) VALUES\n", "CREATE TABLE `%s`;\n")) {
            String text = DUMP.replace("COMMIT;\n", statement.replace("%s", name));
            assertThatThrownBy(() -> read(text.getBytes(UTF_8), 65_536)).isInstanceOf(Refusal.class);
        }
    }

    private record Read(String text, List<TableContents> contents) {}

    private static Read read(byte[] bytes, int part) throws Refusal, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DumpText text = new DumpText("kasse");
        TextGuard guard = new TextGuard(text, Set.of("kasse", "mysql"));
        for (int at = 0; at < bytes.length; at += part) {
            byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + part));
            guard.accept(some, 0, some.length);
            text.flush(out);
        }
        return new Read(out.toString(UTF_8), guard.tally().contents());
    }
}

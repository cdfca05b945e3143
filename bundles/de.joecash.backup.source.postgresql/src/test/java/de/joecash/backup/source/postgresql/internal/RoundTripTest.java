package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.PostgreSqlServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database may hold goes through dump and restore, by us and by psql alone. */
class RoundTripTest extends ServerTest {
    @TempDir
    Path files;

    @Test
    void everyTypeOfColumn() throws Exception {
        till.execute(
                "CREATE TYPE payment AS ENUM('bar', 'Gutschein; ''ä''')",
                "CREATE TYPE address AS (street text, zip int)",
                "CREATE DOMAIN euro AS numeric(19, 4) CHECK (VALUE >= 0)",
                """
                CREATE TABLE t(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s serial, n numeric(19, 4), nn numeric,
                r real, d double precision, bo boolean, si smallint, c char(5), v varchar(400), tx text, b bytea, da date,
                ti time, tz time with time zone, ts timestamp, tsz timestamptz, iv interval, u uuid, j json, jb jsonb,
                x xml, m money, i inet, ci cidr, ma macaddr, bi bit(3), bv bit varying(9), p point, po polygon, a int[],
                ta text[][], e payment, ad address, eu euro, tv tsvector, ir int4range, mr int4multirange, o oid,
                g int GENERATED ALWAYS AS (si * 2) STORED)
                """,
                """
                INSERT INTO t(n, nn, r, d, bo, si, c, v, tx, b, da, ti, tz, ts, tsz, iv, u, j, jb, x, m, i, ci, ma, bi, bv,
                p, po, a, ta, e, ad, eu, tv, ir, mr, o) VALUES(123456789012345.6789, 1e-30, 1.1, 1e-300, true, -32768, 'ab',
                E'Ü''s\\r\\n\\t\\\\.; (x) 😀', E'\\\\.\\n\\\\N\\n\\\\x00\\b\\f\\v', '\\x00ff0a5c2e', '0044-03-15 BC', '10:00:00.123456',
                '10:00:00+01', '2026-10-25 02:30:00.123456', '2026-10-25 02:30:00.123456+01', '-1 year 2 days -03:04:05.6',
                '12345678-1234-1234-1234-123456789abc', '{"b": 1,  "a":"\\u00fc\\n"}', '{"a":[1,null]}', '<a>ü</a>',
                1234.56, '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '101', '1', '(1,2)', '((0,0),(1,1))', '{1,NULL}',
                '{{"a,b","\\"x\\\\"},{"",NULL}}', 'Gutschein; ''ä''', '("Hauptstraße 1; \\"x\\"",1)', 5, 'a:1 b',
                '[1,5)', '{[1,2),[5,9)}', 4294967295)
                """,
                "INSERT INTO t(r, d, n, nn, ts, tsz, da) VALUES('NaN', 'Infinity', 'NaN', '-Infinity', 'infinity',"
                        + " '-infinity', 'infinity'), ('-0', '-Infinity', NULL, 0, NULL, NULL, NULL)",
                "INSERT INTO t(tx, v, a) VALUES('', '', '{}'), ('NULL', '\\N', NULL)",
                "INSERT INTO t(b, tx) SELECT decode(repeat('00ff5c2e0a', 2097152), 'hex'), repeat('ü\\.\n', 700000)");
        assertRoundTrip();
    }

    @Test
    void whatBelongsToTables() throws Exception {
        till.execute(
                "CREATE SCHEMA \"Größe; 'x'\"",
                "CREATE TABLE \"Größe; 'x'\".\"o\"\"dd;\n\\! -- ü (\"(\"c'ol\" int PRIMARY KEY, \"COPY x FROM stdin;\n\" text)",
                "INSERT INTO \"Größe; 'x'\".\"o\"\"dd;\n\\! -- ü (\" VALUES(1, E'\\\\.\\n'), (2, NULL)",
                "COMMENT ON TABLE \"Größe; 'x'\".\"o\"\"dd;\n\\! -- ü (\" IS E'Kommentar;\\n\\\\! ü'",
                "CREATE EXTENSION pgcrypto",
                "CREATE EXTENSION citext",
                "CREATE SEQUENCE receipt_number START 4711",
                "SELECT nextval('receipt_number')",
                """
                CREATE TABLE article(id int PRIMARY KEY, name citext NOT NULL, price numeric(19, 4) DEFAULT 0 CHECK (price >= 0),
                number bigint DEFAULT nextval('receipt_number'), CONSTRAINT ck CHECK (length(name) < 30 OR name IN ('a', 'b')))
                """,
                "CREATE TABLE booking(id int GENERATED ALWAYS AS IDENTITY, article int REFERENCES article ON DELETE CASCADE)",
                "CREATE TABLE tree(id int PRIMARY KEY, parent int REFERENCES tree DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TABLE empty(x int)",
                "CREATE TABLE nothing()",
                "CREATE TABLE part(d date NOT NULL, x int) PARTITION BY RANGE (d)",
                "CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE UNLOGGED TABLE cache(x int)",
                "CREATE UNIQUE INDEX ON article(lower(name::text) DESC) WHERE price > 1",
                "CREATE STATISTICS st ON id, price FROM article",
                "INSERT INTO article VALUES(1, 'Schere', 9.5), (2, 'Föhn', 29)",
                "INSERT INTO booking(article) VALUES(1), (2), (NULL)",
                "INSERT INTO tree VALUES(2, 1), (1, NULL)",
                "INSERT INTO part VALUES('2026-11-22', 1)",
                """
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
                -- a comment; with 'quotes' and $$dollars$$
                BEGIN
                    IF NEW.name = 'x\\.' THEN RAISE EXCEPTION 'no; %', NEW.name; END IF;
                    RETURN NEW;
                END;$body$
                """,
                """
                CREATE FUNCTION gross(n numeric, rate numeric DEFAULT 0.19) RETURNS numeric LANGUAGE sql IMMUTABLE
                BEGIN ATOMIC SELECT CASE WHEN n > 0 THEN n * (1 + rate) ELSE n END; SELECT round(n, 2); END
                """,
                "CREATE PROCEDURE close_day(d date) LANGUAGE sql AS 'DELETE FROM cache; SELECT 1'",
                "CREATE AGGREGATE total(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0')",
                "CREATE TRIGGER touched BEFORE INSERT OR UPDATE ON article FOR EACH ROW EXECUTE FUNCTION touch()",
                """
                CREATE VIEW sold AS SELECT a.id, upper(name::text) un, count(*) OVER (PARTITION BY price ORDER BY name) cn,
                CASE WHEN price > 1 THEN E'ö''\\\\' ELSE COALESCE(name, 'x') END ca, (ARRAY[1, 2, 3])[1:2] sl
                FROM article a LEFT JOIN booking b ON a.id = b.article WHERE name <> E'ö''\\n' AND a.id IN (SELECT id FROM tree)
                """,
                "CREATE MATERIALIZED VIEW totals AS SELECT total(price) t, gross(10) g FROM article",
                "CREATE RULE keep AS ON DELETE TO empty DO INSTEAD (SELECT 1; SELECT 2)",
                "ALTER TABLE booking ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY own ON booking USING (article > 0)",
                "GRANT SELECT ON article TO PUBLIC");
        assertThat(assertRoundTrip())
                .extracting(TableContents::name)
                .contains("public.article", "public.part_2026", "\"Größe; 'x'\".\"o\"\"dd;\n\\! -- ü (\"");
    }

    @Test
    void anEmptyDatabase() throws Exception {
        assertThat(assertRoundTrip()).isEmpty();
    }

    @Test
    void equalRowsAreEqualTextWhateverTheServerIsSetTo() throws Exception {
        till.execute(
                "CREATE TABLE t(t timestamptz, b bytea, i interval, d double precision)",
                "INSERT INTO t VALUES('2026-10-25 02:30+02', 'ü', '-1 day 2 hours', 0.1)");
        byte[] before = dump();
        for (String setting : List.of(
                "timezone = 'America/New_York'",
                "bytea_output = 'escape'",
                "datestyle = 'German'",
                "intervalstyle = 'sql_standard'",
                "extra_float_digits = -10",
                "statement_timeout = 1")) {
            till.administer("ALTER DATABASE " + till.database() + " SET " + setting);
        }
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void aLargeObjectIsSaidToBeNotRestorable() throws Exception {
        till.execute("SELECT lo_create(0)");
        assertNotRestorable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE EXTENSION dblink",
                "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw",
                "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'int4inc'",
                "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION g()",
            })
    void whatARestoreWouldRefuseIsRefusedByTheDump(String sql) throws Exception {
        till.execute("CREATE FUNCTION g() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'");
        till.administerHere(sql);
        assertNotRestorable();
    }

    private void assertNotRestorable() {
        assertThat(problemOfDump(source))
                .isInstanceOfSatisfying(Problem.DumpFailed.class, problem -> assertThat(problem.detail())
                        .startsWith(Dump.NOT_RESTORABLE));
    }

    /** Restores by us and by psql, and compares what {@code pg_dump} says of both: schema, data and sequences. */
    private List<TableContents> assertRoundTrip() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<TableContents> dumped = source.dump(text, new Cancellation());
        String ours = PostgresqlTill.newName("ours");
        try (RestoreTarget target = source.target(Optional.of(ours))) {
            target.load(new ByteArrayInputStream(text.toByteArray()), new Cancellation());
            assertThat(target.contents(new Cancellation())).isEqualTo(dumped);
            target.activate();
        }
        assertSame(ours, text);

        String theirs = PostgresqlTill.newName("theirs");
        till.administer("CREATE DATABASE " + theirs + " TEMPLATE template0 OWNER " + PostgresqlTill.USER);
        psql(theirs, text);
        assertSame(theirs, text);
        return dumped;
    }

    private void assertSame(String database, ByteArrayOutputStream text) throws Exception {
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        new PostgresqlSource(till.at(database), SETTINGS).dump(again, new Cancellation());
        assertThat(again.toString(StandardCharsets.UTF_8)).isEqualTo(text.toString(StandardCharsets.UTF_8));
    }

    private void psql(String database, ByteArrayOutputStream text) throws Exception {
        Path dump = Files.write(files.resolve("dump.sql"), text.toByteArray());
        Path output = files.resolve("psql.txt");
        ProcessBuilder psql = new ProcessBuilder(
                        PostgreSqlServer.TOOLS.resolve("psql").toString(),
                        "-X",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-f",
                        dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        psql.environment().put("PGHOST", "127.0.0.1");
        psql.environment().put("PGPORT", Integer.toString(server.port()));
        psql.environment().put("PGDATABASE", database);
        psql.environment().put("PGUSER", PostgresqlTill.USER);
        psql.environment().put("PGPASSWORD", PostgresqlTill.PASSWORD);
        assertThat(psql.start().onExit().join().exitValue())
                .as(() -> read(output))
                .isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}

package de.joecash.backup.source.postgresql.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Runs;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.Stopwatch;
import de.joecash.backup.tools.Refusal;
import de.joecash.backup.tools.TargetDatabase;
import de.joecash.backup.tools.ToolTarget;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump that somebody changed is refused, and nothing of it ever ran. */
class HostileDumpTest extends ServerTest {
    private static final String LARGE =
            "CREATE TABLE large AS SELECT repeat('x', 1000) x FROM generate_series(1, 3000)";
    private static final String ROWS = "COPY public.journal (entry) FROM stdin;\n";

    /** Made once: there are many tests, and each database takes its time. */
    private static PostgresqlTill theTill;

    private static String empty;
    private static String dumped;

    private String text;
    private String mark;

    @Override
    @BeforeEach
    void open() throws Exception {
        if (theTill == null) {
            theTill = new PostgresqlTill(server);
            empty = PostgresqlTill.newName("empty");
            theTill.administer("CREATE DATABASE " + empty + " TEMPLATE template0 OWNER " + PostgresqlTill.USER);
            theTill.execute("CREATE TABLE journal(entry text)", "INSERT INTO journal VALUES('a'), ('b')");
            till = theTill;
            source = new PostgresqlSource(till, SETTINGS);
            dumped = new String(dump(), ISO_8859_1);
        }
        till = theTill;
        source = new PostgresqlSource(till, SETTINGS);
        text = dumped;
        // Would be there if a command of psql ran.
        mark = directory.resolve(PostgresqlTill.newName("mark")).toString();
    }

    @Override
    @AfterEach
    void close() throws Exception {
        source.stop();
        till.execute("DROP TABLE IF EXISTS large, price", "DROP FUNCTION IF EXISTS f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\! touch MARK",
                "  \\! touch MARK",
                "CREATE TABLE x() \\! touch MARK\n;",
                "\\unrestrict KEY\n\\! touch MARK",
                "\\restrict x \\! touch MARK",
                "\\copy public.journal from program 'touch MARK'",
                "\\o |touch MARK",
                "\\gexec",
                "COPY public.journal FROM PROGRAM 'touch MARK';",
                "COPY public.journal (entry) FROM PROGRAM 'touch MARK';",
                "COPY public.journal (entry) FROM '/etc/passwd';",
                "COPY public.journal (entry) TO PROGRAM 'touch MARK';",
                "COPY (SELECT 1) TO PROGRAM 'touch MARK';",
                "COPY pg_catalog.pg_authid (rolname) FROM stdin;\nx\n\\.",
                "CREATE FUNCTION public.f() RETURNS int LANGUAGE plpython3u AS 'return 1';",
                "CREATE FUNCTION public.f() RETURNS int AS '$libdir/x', 'y' LANGUAGE c;",
                "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql LANGUAGE c AS 'x', 'y';",
                "CREATE OR REPLACE FUNCTION public.f() RETURNS int AS 'x' LANGUAGE \"c\";",
                "CREATE LANGUAGE plpython3u;",
                "CREATE EXTENSION IF NOT EXISTS plpython3u WITH SCHEMA pg_catalog;",
                "CREATE EXTENSION IF NOT EXISTS file_fdw WITH SCHEMA public;",
                "CREATE SERVER s FOREIGN DATA WRAPPER x;",
                "CREATE FOREIGN TABLE public.t(x int) SERVER s;",
                "CREATE TYPE public.t (INPUT = x, OUTPUT = y);",
                "CREATE USER evil SUPERUSER;",
                "CREATE DATABASE evil;",
                "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f();",
                "CREATE VIEW public.v AS SELECT pg_read_file('/etc/passwd');",
                "CREATE VIEW public.v AS SELECT \"pg_read_file\"('/etc/passwd');",
                "CREATE VIEW public.v AS SELECT query_to_xml('x', true, true, '');",
                "CREATE TABLE public.t(x int DEFAULT lo_import('/etc/passwd'));",
                "CREATE VIEW public.v AS SELECT 1; DROP TABLE public.journal;",
                "CREATE VIEW public.v AS SELECT :USER;",
                "CREATE VIEW public.v AS SELECT :'HOST';",
                "CREATE VIEW public.v AS SELECT 1 /* ' */; DROP TABLE x; -- ' */",
                "CREATE VIEW public.v AS SELECT E'a' \n'\\'; DROP TABLE public.journal; --';",
                "CREATE VIEW public.v AS SELECT U&'d\\0061';",
                "CREATE VIEW public.v AS SELECT 1$a$;$a$;",
                "-- comment\rDROP TABLE public.journal;",
                "CREATE VIEW public.v AS SELECT 1; -- \r\\! touch MARK",
                "SET standard_conforming_strings = off;",
                "SET client_encoding = 'SJIS';",
                "SET session_preload_libraries = 'x';",
                "SET role postgres;",
                "RESET ALL;",
                "ALTER SYSTEM SET archive_command = 'touch MARK';",
                "ALTER ROLE kasse SUPERUSER;",
                "ALTER DATABASE kasse SET session_preload_libraries = 'x';",
                "DO 'BEGIN END';",
                "DO LANGUAGE plpython3u 'x';",
                "CALL public.p();",
                "SELECT pg_catalog.lo_export(1, 'MARK');",
                "SELECT pg_catalog.setval('public.s', 1, true), pg_read_file('/etc/passwd');",
                "SELECT pg_catalog.set_config('search_path', 'public', false);",
                "LOAD 'x';",
                "GRANT pg_execute_server_program TO kasse;",
                "INSERT INTO public.journal VALUES('x');",
                "COMMIT;",
                "COMMENT ON DATABASE kasse IS 'x';",
            })
    void aStatementThatNoDumpHas(String hostile) throws Exception {
        String manipulated = hostile.replace("MARK", mark).replace("KEY", Dump.KEY) + "\n";
        int rows = text.indexOf(ROWS);
        assertRefused(text.substring(0, rows) + manipulated + text.substring(rows));
        int end = text.lastIndexOf("--\n-- PostgreSQL database dump complete");
        assertJudged(text.substring(0, end) + manipulated + text.substring(end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\.\n\\! touch MARK\nCOPY public.journal (entry) FROM stdin;\n",
                "\\. \n\\! touch MARK\n",
                "\\.\r\n\\! touch MARK\n",
                "\\.x\n",
                "\\.\nDROP TABLE public.journal;\nCOPY public.journal (entry) FROM stdin;\n",
                "\0\\.\n\\! touch MARK\n",
                "abcdef\0\n",
            })
    void gamesInRows(String hostile) throws Exception {
        int rows = text.indexOf(ROWS) + ROWS.length();
        assertRefused(text.substring(0, rows) + hostile.replace("MARK", mark) + text.substring(rows));
    }

    @Test
    void aDumpWithARowLess() throws Exception {
        assertRefused(text.replace("\nb\n", "\n"));
        assertRefused(text.replace(text.substring(text.lastIndexOf("-- end of dump: ")), ""));
        assertRefused("SELECT 1;\n" + text);
        assertRefused(text + "SELECT 1;\n");
    }

    @Test
    void aStatementBehindRowsThatPsqlHasAlready() throws Exception {
        till.execute(LARGE);
        text = new String(dump(), ISO_8859_1);
        int end = text.lastIndexOf("--\n-- PostgreSQL database dump complete");
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
        assertThat(problem(() -> emptyTarget().load(cancelling, cancellation))).isEqualTo(new Problem.Stopping());
        assertThat(tables(empty)).isZero();
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
        String newer = text.replaceFirst("-- Dumped from database version \\d+", "-- Dumped from database version 99");
        assertThat(refusal(newer))
                .isInstanceOfSatisfying(Problem.NewerDatabase.class, problem -> assertThat(problem.backup())
                        .isEqualTo("99"));
    }

    @Test
    void functionsAreRefusedToAUserWhoMayReachFiles() throws Exception {
        till.execute("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'");
        text = new String(dump(), ISO_8859_1);
        till.administer("GRANT pg_execute_server_program TO kasse");
        try {
            assertRefused(text);
        } finally {
            till.administer("REVOKE pg_execute_server_program FROM kasse");
        }
        String place = PostgresqlTill.newName("place");
        try (RestoreTarget target = source.target(Optional.of(place))) {
            target.load(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), new Cancellation());
        }
    }

    @Test
    void aRowThatDoesNotFitIsSaidWithoutItsValue() throws Exception {
        till.execute("CREATE TABLE price(p numeric)", "INSERT INTO price VALUES(12345)");
        String wrong = new String(dump(), ISO_8859_1).replace("\n12345\n", "\nSchmidt\n");
        assertThat(refusal(wrong)).isEqualTo(new Problem.RestoreFailed("22P02"));
    }

    /** Refused before psql would see it: that nobody else judges is what {@link #assertRefused} shows. */
    private static void assertJudged(String manipulated) {
        TextGuard guard = new TextGuard((bytes, offset, length) -> {}, true);
        byte[] bytes = manipulated.getBytes(ISO_8859_1);
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> guard.accept(bytes, 0, bytes.length));
    }

    private void assertRefused(String manipulated) throws Exception {
        assertThat(refusal(manipulated)).isInstanceOf(Problem.DumpRefused.class);
        assertThat(Path.of(mark)).doesNotExist();
    }

    private Problem refusal(String manipulated) throws Exception {
        RestoreTarget target = emptyTarget();
        Problem problem = problem(
                () -> target.load(new ByteArrayInputStream(manipulated.getBytes(ISO_8859_1)), new Cancellation()));
        assertThat(tables(empty)).isZero();
        return problem;
    }

    /** Each dump is refused into the same database, which stays empty. */
    private RestoreTarget emptyTarget() throws BackupException {
        TargetDatabase<ServerAddress> database = new TargetDatabase<>() {
            private final ServerAddress address = ServerAddress.of(server.url(empty));

            @Override
            public ServerAddress address() {
                return address;
            }

            @Override
            public DataSource server() {
                return till.open(empty);
            }

            @Override
            public void hold() {
                throw new AssertionError("Nothing was loaded");
            }

            @Override
            public void activate() {
                throw new AssertionError("Nothing was loaded");
            }

            @Override
            public void close() {}
        };
        return new ToolTarget<>(
                new Postgresql(SETTINGS), database, till.credentials().orElseThrow(), new Runs());
    }

    private long tables(String place) throws SQLException {
        return PostgresqlTill.number(
                till.open(place), "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace");
    }
}

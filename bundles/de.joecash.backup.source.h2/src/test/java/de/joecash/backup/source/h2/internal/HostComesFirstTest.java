package de.joecash.backup.source.h2.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source in the host's process must not do to the host. */
class HostComesFirstTest {
    @TempDir
    Path directory;

    private H2Till till;
    private H2Source source;

    @BeforeEach
    void open() throws Exception {
        till = H2Till.withSchema(Files.createDirectory(directory.resolve("till")));
        source = new H2Source(till);
        till.sell(200);
    }

    @AfterEach
    void close() throws Exception {
        source.stop();
        till.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE NEW_ONE(X INT)",
                "ALTER TABLE RECEIPT ADD COLUMN TIP DECIMAL(10, 2) DEFAULT 0",
                "ALTER TABLE JOURNAL ADD COLUMN TIP DECIMAL(10, 2) DEFAULT 0",
                "CREATE INDEX LINE_ARTICLE ON LINE(ARTICLE)",
                "DROP TABLE JOURNAL",
                "TRUNCATE TABLE LINE",
            })
    void changesOfTheSchemaDoNotWaitForADump(String sql) throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        CompletableFuture<List<TableContents>> dump =
                start(() -> source.dump(new Stalled(writing, changed), new Cancellation()));
        Await.open("a dump under way", writing);

        CompletableFuture<Void> change = start(() -> {
            till.execute(sql);
            return null;
        });

        Await.within(Duration.ofSeconds(4), change);
        assertThat(change).isCompleted();
        changed.countDown();
        // Whole, or failed in words; never torn.
        Throwable end = dump.handle((contents, failure) -> failure).get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (end != null) {
            assertThat(end).isInstanceOf(BackupException.class);
        } else {
            assertThat(dump.join()).extracting(TableContents::name).contains("PUBLIC.RECEIPT", "PUBLIC.LINE");
        }
        till.sell(1);
        assertThat(source.dump(OutputStream.nullOutputStream(), new Cancellation()))
                .isNotEmpty();
    }

    @Test
    void stoppingEndsADumpAndLetsNoneIn() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        CompletableFuture<List<TableContents>> dump =
                start(() -> source.dump(new Stalled(writing, cancelled), cancellation));
        Await.open("a dump under way", writing);

        source.stop();

        Await.within(Duration.ofSeconds(1), dump);
        assertThat(problem(dump::join)).isEqualTo(new Problem.Stopping());
        assertThat(problem(() -> source.dump(OutputStream.nullOutputStream(), new Cancellation())))
                .isEqualTo(new Problem.Stopping());
        till.sell(1);
    }

    @Test
    void aCancelledLoadEndsAtOnce() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        source.dump(text, new Cancellation());
        CountDownLatch reading = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        InputStream dump = new SequenceInputStream(
                new ByteArrayInputStream(text.toByteArray(), 0, text.size() / 2), new InputStream() {
                    @Override
                    public int read() {
                        return ' ';
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        reading.countDown();
                        Await.open("the cancellation", cancelled);
                        System.arraycopy(" ".repeat(length).getBytes(US_ASCII), 0, bytes, offset, length);
                        return length;
                    }
                });
        Path place = directory.resolve("place");
        try (RestoreTarget target = source.target(Optional.of(place.toString()))) {
            CompletableFuture<Void> load = start(() -> {
                target.load(dump, cancellation);
                return null;
            });
            Await.open("a load under way", reading);
            cancellation.cancel(new Problem.Cancelled());
            assertThat(problem(load::join)).isEqualTo(new Problem.Cancelled());
        }
        assertThat(directory.resolve("place.mv.db")).doesNotExist();
    }

    @Test
    void theHostsConnectionIsGivenBackAsItWas() throws Exception {
        try (Connection connection = till.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT 4321");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            Connection pooled = (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(connection, arguments));
            DataSource pool = (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> pooled);

            new Dump(pool, new Cancellation()).to(OutputStream.nullOutputStream());

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            try (ResultSet timeout = statement.executeQuery("SELECT LOCK_TIMEOUT()")) {
                timeout.next();
                assertThat(timeout.getInt(1)).isEqualTo(4321);
            }
        }
    }

    @Test
    void anInterruptedThreadIsKeptOutOfTheDatabase() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(problem(() -> source.dump(OutputStream.nullOutputStream(), new Cancellation())))
                    .isInstanceOf(Problem.Unexpected.class);
            assertThat(problem(source::info)).isInstanceOf(Problem.Unexpected.class);
            assertThat(problem(() ->
                            source.target(Optional.of(directory.resolve("x").toString()))))
                    .isInstanceOf(Problem.Unexpected.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        till.sell(1);
    }

    @Test
    void whatFailsTellsNothingAboutCustomers() throws Exception {
        String dump =
                """
                -- H2 2.5.252;
                CREATE CACHED TABLE "PUBLIC"."T"(
                    "N" CHARACTER VARYING(40) NOT NULL
                );
                ALTER TABLE "PUBLIC"."T" ADD CONSTRAINT "PUBLIC"."C" PRIMARY KEY("N");
                INSERT INTO "PUBLIC"."T" VALUES
                ('Frau Meier'),
                ('Frau Meier');
                """;
        try (RestoreTarget target =
                source.target(Optional.of(directory.resolve("x").toString()))) {
            BackupException failed = catchThrowableOfType(
                    BackupException.class,
                    () -> target.load(new ByteArrayInputStream(dump.getBytes(US_ASCII)), new Cancellation()));
            assertThat(failed.problem()).isInstanceOf(Problem.RestoreFailed.class);
            assertThat(failed.getMessage()).contains("PUBLIC.T").contains("[23505]");
            assertThat(failed).hasNoCause();
            assertThat(failed.getMessage()).doesNotContain("Meier");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relative",
                "",
                "/",
                "%s/missing/x",
                "%s/x.mv.db",
                "%s/x;INIT=SELECT 1",
                "%s/x\ny",
                "%s/till/x",
                "%s/link/x",
                "%s/other/../till/x",
                "%s/taken",
            })
    void placesThatAreRefused(String place) throws Exception {
        Files.createDirectory(directory.resolve("other"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("till"));
        Files.createFile(directory.resolve("taken.mv.db"));
        String path = place.formatted(directory);

        assertThat(problem(() -> source.target(Optional.of(path)))).isInstanceOf(Problem.InvalidInput.class);

        try (var left = Files.list(directory)) {
            assertThat(left).hasSize(4);
        }
    }

    @Test
    void aRestoredFileIsForItsOwnerOnly() throws Exception {
        try (RestoreTarget target =
                source.target(Optional.of(directory.resolve("x").toString()))) {
            assertThat(Files.getPosixFilePermissions(directory.resolve("x.mv.db")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            target.activate();
        }
    }

    private static Problem problem(Callable<?> action) throws Exception {
        try {
            action.call();
        } catch (BackupException e) {
            return e.problem();
        } catch (CompletionException | ExecutionException e) {
            if (e.getCause() instanceof BackupException cause) {
                return cause.problem();
            }
            throw e;
        }
        throw new AssertionError("Nothing was refused");
    }

    private static <T> CompletableFuture<T> start(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(action.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Waits at its first part of the text until it is let go. */
    private static final class Stalled extends OutputStream {
        private final CountDownLatch writing;
        private final CountDownLatch go;

        Stalled(CountDownLatch writing, CountDownLatch go) {
            this.writing = writing;
            this.go = go;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("Nobody writes single bytes");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writing.countDown();
            Await.open("the word to go on", go);
        }
    }
}

package de.joecash.backup.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Source} keeps. A subclass brings a till whose receipts have three lines each, written in one
 * transaction, and whose database is new for each test.
 */
public abstract class SourceContract {
    /** How many lines a receipt has. */
    protected static final int LINES = 3;

    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_SALE = Duration.ofSeconds(3);
    private static final int RETAINED_AT_MOST = 16 * 1024 * 1024;
    private static final int LARGE = 32 * 1024 * 1024;

    /** Creates a suite. */
    protected SourceContract() {}

    /**
     * Gives the source under test.
     *
     * @return the same for one test
     */
    protected abstract Source source();

    /**
     * Sells, on the live database, each receipt in a transaction of its own. Called from several threads.
     *
     * @param receipts how many
     * @throws Exception if a sale fails
     */
    protected abstract void sell(int receipts) throws Exception;

    /**
     * Fills the live database with something else than receipts.
     *
     * @param bytes how many bytes of text a dump of it has, roughly
     * @throws Exception if that fails
     */
    protected abstract void fill(long bytes) throws Exception;

    /**
     * Counts the receipts in the live database.
     *
     * @return how many
     * @throws Exception if it cannot be read
     */
    protected abstract long receipts() throws Exception;

    /**
     * Names a place for a database that is not there yet, for {@link Source#target}.
     *
     * @return another one at each call
     */
    protected abstract String newPlace();

    /**
     * Looks whether anything is at a place.
     *
     * @param place from {@link #newPlace}
     * @return whether there is a trace
     */
    protected abstract boolean isThere(String place);

    /**
     * Reads a database that was restored and kept.
     *
     * @param place where
     * @param sql a query of one number
     * @return the number
     * @throws Exception if it cannot be read
     */
    protected abstract long query(String place, String sql) throws Exception;

    /**
     * Gives a query for receipts that have not all of their lines.
     *
     * @return a query of one number
     */
    protected abstract String countTorn();

    /**
     * Gives a query for all receipts.
     *
     * @return a query of one number
     */
    protected abstract String countReceipts();

    /** What the host does when it is asked about the books in a database. */
    @FunctionalInterface
    public interface HostCheck {
        /**
         * Looks.
         *
         * @param connection to the database
         * @return what is wrong; empty for nothing
         * @throws SQLException if the database cannot be read
         */
        Optional<Finding> look(Connection connection) throws SQLException;
    }

    /**
     * Lets the host look at every database that it is asked about from now on.
     *
     * @param check what it does; may be run on any thread
     */
    protected abstract void hostChecks(HostCheck check);

    /**
     * Gives statements that must not run; each would be good SQL.
     *
     * @return without semicolons
     */
    protected abstract List<String> hostile();

    @Test
    void aRestoredDatabaseHoldsWhatWasDumped() throws Exception {
        sell(300);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<TableContents> dumped = source().dump(text, new Cancellation());

        String place = newPlace();
        try (RestoreTarget target = source().target(Optional.of(place))) {
            target.load(in(text.toByteArray()), new Cancellation());
            assertThat(target.contents(new Cancellation())).containsExactlyInAnyOrderElementsOf(dumped);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            assertThat(target.contents(read, new Cancellation())).containsExactlyInAnyOrderElementsOf(dumped);
            assertThat(read.size()).isGreaterThan(text.size() / 2);
            target.activate();
        }

        assertThat(query(place, countReceipts())).isEqualTo(300);
        assertThat(dumped.stream().mapToLong(TableContents::rows).sum()).isGreaterThanOrEqualTo(300L * (1 + LINES));
    }

    @Test
    void countsTheRowsThatADumpHolds() throws Exception {
        sell(100);
        Map<String, Long> dumped = new TreeMap<>();
        source().dump(OutputStream.nullOutputStream(), new Cancellation())
                .forEach(table -> dumped.put(table.name(), table.rows()));
        assertThat(source().rows(new Cancellation()))
                .hasValueSatisfying(rows -> assertThat(rows).containsExactlyInAnyOrderEntriesOf(dumped));
    }

    @Test
    void countsNothingThatWasCancelled() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel(new Problem.Cancelled());
        assertThat(problem(() -> source().rows(cancellation))).isEqualTo(new Problem.Cancelled());
    }

    @Test
    void equalDataGivesEqualText() throws Exception {
        sell(100);
        assertThat(dump()).isEqualTo(dump());
    }

    @Test
    void aRowMoreIsAnotherDigest() throws Exception {
        sell(100);
        List<TableContents> before = source().dump(OutputStream.nullOutputStream(), new Cancellation());
        sell(1);
        assertThat(source().dump(OutputStream.nullOutputStream(), new Cancellation()))
                .isNotEqualTo(before);
    }

    @Test
    void aDumpIsOfOneInstantAndSalesGoOnMeanwhile() throws Exception {
        sell(2000);
        AtomicBoolean closing = new AtomicBoolean();
        AtomicLong longestSale = new AtomicLong();
        Semaphore sold = new Semaphore(0);
        Callable<Void> till = () -> {
            while (!closing.get()) {
                Stopwatch watch = Stopwatch.start();
                sell(1);
                longestSale.accumulateAndGet(watch.elapsed().toNanos(), Math::max);
                sold.release();
            }
            return null;
        };
        CompletableFuture<Void> first = start(till);
        CompletableFuture<Void> second = start(till);
        assertThat(sold.tryAcquire(20, Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        long before = receipts();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            // As slow as a stick: the tills sell in every moment of the dump, or it does not go on.
            OutputStream slow = new Beat(text, () -> {
                sold.drainPermits();
                assertThat(acquired(sold)).isTrue();
            });
            source().dump(slow, new Cancellation());
        } finally {
            closing.set(true);
        }
        first.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        second.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);

        String place = newPlace();
        try (RestoreTarget target = source().target(Optional.of(place))) {
            target.load(in(text.toByteArray()), new Cancellation());
            target.activate();
        }
        assertThat(query(place, countTorn())).isZero();
        assertThat(query(place, countReceipts())).isGreaterThanOrEqualTo(before);
        assertThat(receipts()).isGreaterThan(query(place, countReceipts()));
        assertThat(Duration.ofNanos(longestSale.get())).isLessThan(LONGEST_SALE);
    }

    @Test
    void aCancelledDumpEndsAtOnceAndTheTillSellsOn() throws Exception {
        fill(LARGE / 4);
        Cancellation cancellation = new Cancellation();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        // However late this test cancels it, the dump has not ended by then.
        OutputStream out = new Beat(OutputStream.nullOutputStream(), () -> {
            writing.countDown();
            Await.open("the cancellation", cancelled);
        });
        CompletableFuture<List<TableContents>> dump = start(() -> source().dump(out, cancellation));
        Await.open("a dump under way", writing);

        cancellation.cancel(new Problem.Stopping());

        Await.within(CANCELLED_WITHIN, dump);
        assertThat(dump)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.problem()).isEqualTo(new Problem.Stopping()));
        stillWorks();
    }

    @Test
    void aDumpThatWasCancelledBeforeWritesNothing() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel(new Problem.Cancelled());
        ByteArrayOutputStream text = new ByteArrayOutputStream();

        assertThat(problem(() -> source().dump(text, cancellation))).isEqualTo(new Problem.Cancelled());
        assertThat(text.size()).isZero();
    }

    @Test
    void anExceptionOfTheStreamComesOutUnchangedAndTheTillSellsOn() throws Exception {
        sell(500);
        IOException full = new IOException("No space left on device");
        OutputStream out = new Beat(OutputStream.nullOutputStream(), () -> {
            throw full;
        });

        assertThat(catchThrowable(() -> source().dump(out, new Cancellation()))).isSameAs(full);
        stillWorks();
    }

    @Test
    void memoryStaysFlat() throws Exception {
        fill(LARGE);
        long before = retained();
        AtomicLong most = new AtomicLong();
        AtomicLong written = new AtomicLong();
        OutputStream out = new OutputStream() {
            private long next = LARGE / 8;

            @Override
            public void write(int b) {
                throw new AssertionError("Nobody writes single bytes");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (written.addAndGet(length) > next) {
                    next += LARGE / 8;
                    long more = retained() - before;
                    // What other threads have thrown away since is not retained.
                    for (int again = 0; again < 5 && more >= RETAINED_AT_MOST; again++) {
                        more = Math.min(more, retained() - before);
                    }
                    most.accumulateAndGet(more, Math::max);
                }
            }
        };

        source().dump(out, new Cancellation());

        assertThat(written.get()).isGreaterThan(LARGE / 2);
        assertThat(most.get()).isLessThan(RETAINED_AT_MOST);
    }

    @Test
    void theExpectedLengthIsRatherTooMuch() throws Exception {
        sell(2000);
        fill(LARGE / 16);
        assertThat(source().expectedBytes()).isGreaterThan(dump().length);
    }

    @Test
    void aHostileStatementIsRefusedBeforeItRuns() throws Exception {
        sell(10);
        String text = new String(dump(), ISO_8859_1);
        int last = text.lastIndexOf("\n", text.length() - 2) + 1;
        assertThat(hostile()).isNotEmpty();
        for (String statement : hostile()) {
            String manipulated = text.substring(0, last) + statement + ";\n" + text.substring(last);
            String place = newPlace();
            try (RestoreTarget target = source().target(Optional.of(place))) {
                assertThat(problem(() -> {
                            target.load(in(manipulated.getBytes(ISO_8859_1)), new Cancellation());
                            return null;
                        }))
                        .as(statement)
                        .isInstanceOf(Problem.DumpRefused.class);
            }
            assertThat(isThere(place)).isFalse();
        }
    }

    @Test
    void aTruncatedDumpIsRefused() throws Exception {
        sell(50);
        byte[] text = dump();
        int lastLine = new String(text, ISO_8859_1).lastIndexOf('\n', text.length - 2) + 1;
        for (int length : new int[] {0, 1, text.length / 3, text.length / 2, lastLine, text.length - 1}) {
            try (RestoreTarget target = source().target(Optional.of(newPlace()))) {
                assertThat(problem(() -> {
                            target.load(new ByteArrayInputStream(text, 0, length), new Cancellation());
                            return null;
                        }))
                        .as("%s bytes of %s", length, text.length)
                        .isInstanceOf(Problem.DumpRefused.class);
            }
        }
    }

    @Test
    void anExceptionOfTheDumpReadComesOutUnchanged() throws Exception {
        sell(50);
        byte[] text = dump();
        IOException yanked = new IOException("Input/output error");
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(text, 0, text.length / 2), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw yanked;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        throw yanked;
                    }
                });
        try (RestoreTarget target = source().target(Optional.of(newPlace()))) {
            assertThat(catchThrowable(() -> target.load(broken, new Cancellation())))
                    .isSameAs(yanked);
        }
    }

    @Test
    void aTargetThatIsNotActivatedLeavesNoTrace() throws Exception {
        sell(50);
        byte[] text = dump();
        String place = newPlace();
        try (RestoreTarget target = source().target(Optional.of(place))) {
            target.load(in(text), new Cancellation());
        }
        assertThat(isThere(place)).isFalse();

        try (RestoreTarget live = source().target(Optional.empty())) {
            live.load(in(text), new Cancellation());
        }
        sell(1);
        assertThat(receipts()).isEqualTo(51);
    }

    @Test
    void theHostIsAskedAboutTheLoadedDatabaseAndNotTheLiveOne() throws Exception {
        sell(50);
        byte[] text = dump();
        sell(7);
        hostChecks(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(countReceipts())) {
                row.next();
                return Optional.of(new Finding(row.getLong(1) + " Belege", row.getLong(1) + " receipts"));
            }
        });
        try (RestoreTarget target = source().target(Optional.empty())) {
            target.load(in(text), new Cancellation());

            assertThat(target.check(new Cancellation())).containsExactly(new Finding("50 Belege", "50 receipts"));
            hostChecks(connection -> Optional.empty());
            assertThat(target.check(new Cancellation())).isEmpty();
            hostChecks(connection -> {
                throw new SQLException("no such table");
            });
            assertThat(problem(() -> target.check(new Cancellation()))).isInstanceOf(Problem.RestoreFailed.class);
        }
        stillWorks();
    }

    @Test
    void aCancelledCheckOfTheHostEndsAtOnceAndTheTillSellsOn() throws Exception {
        sell(50);
        byte[] text = dump();
        Cancellation cancellation = new Cancellation();
        CountDownLatch looking = new CountDownLatch(1);
        hostChecks(connection -> {
            try (Statement statement = connection.createStatement()) {
                while (true) {
                    statement.executeQuery(countReceipts()).close();
                    looking.countDown();
                }
            }
        });
        try (RestoreTarget target = source().target(Optional.empty())) {
            target.load(in(text), new Cancellation());
            CompletableFuture<List<Finding>> check = start(() -> target.check(cancellation));
            Await.open("a host that looks", looking);

            cancellation.cancel(new Problem.Cancelled());

            Await.within(CANCELLED_WITHIN, check);
            assertThat(check)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.problem()).isEqualTo(new Problem.Cancelled()));
        }
        stillWorks();
    }

    @Test
    void theLiveDatabaseIsReplacedWhole() throws Exception {
        sell(50);
        byte[] text = dump();
        sell(7);
        try (RestoreTarget live = source().target(Optional.empty())) {
            live.load(in(text), new Cancellation());
            live.activate();
        }
        assertThat(receipts()).isEqualTo(50);
        stillWorks();
    }

    @Test
    void aPlaceThatIsTakenIsRefusedAndKept() throws Exception {
        sell(5);
        byte[] text = dump();
        String place = newPlace();
        try (RestoreTarget target = source().target(Optional.of(place))) {
            target.load(in(text), new Cancellation());
            target.activate();
        }
        assertThat(problem(() -> source().target(Optional.of(place)))).isInstanceOf(Problem.InvalidInput.class);
        assertThat(query(place, countReceipts())).isEqualTo(5);
    }

    /** Dumps the live database. */
    private byte[] dump() throws BackupException, IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        source().dump(text, new Cancellation());
        return text.toByteArray();
    }

    private void stillWorks() throws Exception {
        long before = receipts();
        sell(1);
        assertThat(receipts()).isEqualTo(before + 1);
        assertThat(dump()).isNotEmpty();
    }

    private static boolean acquired(Semaphore sold) {
        try {
            return sold.tryAcquire(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody may interrupt a thread that may be in the host's database", e);
        }
    }

    private static InputStream in(byte[] text) {
        return new ByteArrayInputStream(text);
    }

    private static Problem problem(Callable<?> action) throws Exception {
        try {
            action.call();
        } catch (BackupException e) {
            return e.problem();
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

    private static long retained() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Does something each time a part of the text has been written. */
    private static final class Beat extends OutputStream {
        /** What is done. */
        interface Action {
            void run() throws IOException;
        }

        private final OutputStream out;
        private final Action action;

        Beat(OutputStream out, Action action) {
            this.out = out;
            this.action = action;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            action.run();
        }
    }
}

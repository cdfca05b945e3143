package de.joecash.pos.reference.internal.till;

import de.joecash.pos.activity.TillActivity;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A till from its start to its stop: opens or begins its database, seeds a new one, and sells. All of that happens on
 * the executor's one thread, which is never interrupted. Thread-safe.
 */
public final class Till implements TillActivity {
    private static final Logger LOG = LoggerFactory.getLogger(Till.class);
    private static final long BETWEEN_SALES_MILLIS = 325;
    private static final long STOP_SECONDS = 2;

    private final Path directory;
    private final long wanted;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final SalesBoard board;
    private volatile TillStatus.Phase phase = TillStatus.Phase.STARTING;
    private volatile long receipts;
    private volatile boolean stopping;
    private volatile LiveDatabase database;
    private volatile Counter counter;
    /** The database that is empty because an earlier one was lost. */
    private volatile Optional<H2File> emptied = Optional.empty();

    /**
     * Prepares a till.
     *
     * @param directory its own, there
     * @param wanted how many receipts a new till begins with
     * @param clock the shop's
     * @param thread has one thread; is shut down by {@link #stop}
     */
    public Till(Path directory, long wanted, Clock clock, ScheduledExecutorService thread) {
        this.directory = directory;
        this.wanted = wanted;
        this.clock = clock;
        this.thread = thread;
        this.board = new SalesBoard(clock);
    }

    /**
     * Starts, and returns at once.
     *
     * @param ready is given the database when it is seeded, before the first sale
     */
    public void start(Consumer<PosDatabase> ready) {
        thread.execute(() -> run(ready));
    }

    private void run(Consumer<PosDatabase> ready) {
        try {
            TillFiles files = new TillFiles(directory);
            TillOpener opener = new TillOpener(files, clock);
            TillOpener.Opened opened = opener.open();
            LiveDatabase live = new LiveDatabase(files, opener.credentials(), opened.database());
            if (opened.lost()) {
                emptied = Optional.of(opened.database());
            }
            database = live;
            if (opened.state() == Pointer.State.SEEDING && !seed(live, files, opened.database())) {
                return;
            }
            Counter selling = new Counter(live, clock, clock.millis());
            receipts = selling.lastNumber();
            counter = selling;
            phase = TillStatus.Phase.SELLING;
            ready.accept(live);
            var unused = thread.scheduleWithFixedDelay(this::sell, 0, BETWEEN_SALES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopped before the first sale");
        } catch (IOException | SQLException | RuntimeException e) {
            phase = TillStatus.Phase.FAILED;
            LOG.error("The till could not start", e);
        }
    }

    private boolean seed(LiveDatabase live, TillFiles files, H2File file) throws SQLException, IOException {
        phase = TillStatus.Phase.SEEDING;
        long begun = clock.millis();
        try (Connection connection = live.dataSource().getConnection()) {
            if (!new Seeding(wanted, clock).fill(connection, () -> stopping, done -> receipts = done)) {
                return false;
            }
        }
        file.sync();
        files.point(new Pointer(file.name(), Pointer.State.SELLING));
        LOG.info("Seeded {} receipts in {} ms", wanted, clock.millis() - begun);
        return true;
    }

    private void sell() {
        try {
            Receipt receipt = counter.sell();
            receipts = receipt.number();
            board.sold(receipt);
            phase = TillStatus.Phase.SELLING;
        } catch (SQLException | RuntimeException e) {
            if (stopping) {
                LOG.info("The last sale was not made, the till stops: {}", e.getMessage());
                return;
            }
            if (phase != TillStatus.Phase.TROUBLE) {
                LOG.error("A sale failed; the till goes on trying", e);
            }
            phase = TillStatus.Phase.TROUBLE;
        }
    }

    /**
     * Stops: lets the sale or batch under way finish, then closes the database. A till that was not seeded to the end
     * begins anew at its next start.
     */
    public void stop() {
        stopping = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The till's thread is still at work; its database is closed nonetheless");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LiveDatabase open = database;
        if (open != null) {
            open.close();
        }
        phase = TillStatus.Phase.STOPPED;
    }

    @Override
    public boolean open() {
        Counter selling = counter;
        return selling != null && selling.dayOpen();
    }

    @Override
    public boolean saleUnderWay() {
        Counter selling = counter;
        return selling != null && selling.saleUnderWay();
    }

    /**
     * Looks at the till, without asking its database.
     *
     * @return how it is now
     */
    public TillStatus status() {
        return new TillStatus(phase, receipts, wanted, board.perSecond(), lost(), board.newest());
    }

    private boolean lost() {
        LiveDatabase live = database;
        return live != null && emptied.filter(live::isCurrent).isPresent();
    }

    /**
     * Reads the books through.
     *
     * @return what they say
     * @throws SQLException if the database does not answer
     */
    public Books books() throws SQLException {
        return Books.read(selling().dataSource());
    }

    /**
     * Closes the business day.
     *
     * @return its Z number
     * @throws SQLException if the database does not answer
     */
    public int closeDay() throws SQLException {
        selling();
        return counter.closeDay();
    }

    /**
     * Throws every receipt away: the worst day, to be shown.
     *
     * @throws DatabaseException if the old database stays in place
     * @throws SQLException if no empty one could be made
     */
    public void lose() throws DatabaseException, SQLException {
        LiveDatabase live = selling();
        try (SideFile empty = live.sideFile()) {
            try (Connection connection = empty.dataSource().getConnection()) {
                TillSchema.create(connection);
            }
            emptied = Optional.of(empty.database());
            empty.activate();
        }
        LOG.warn("The till's database was thrown away by command");
    }

    private LiveDatabase selling() throws SQLException {
        LiveDatabase live = database;
        if (live == null || counter == null || stopping) {
            throw new SQLException("The till is not open yet, or not any more");
        }
        return live;
    }
}

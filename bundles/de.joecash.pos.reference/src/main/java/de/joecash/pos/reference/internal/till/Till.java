package de.joecash.pos.reference.internal.till;

import de.joecash.pos.activity.Sold;
import de.joecash.pos.activity.TillActivity;
import de.joecash.pos.activity.TillSales;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
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
public final class Till implements TillActivity, TillSales {
    private static final Logger LOG = LoggerFactory.getLogger(Till.class);
    private static final long BETWEEN_SALES_MILLIS = 325;
    private static final long STOP_SECONDS = 2;

    private final TillRecord record;
    private final Choosing choosing;
    private final long wanted;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final SalesBoard board;
    private volatile TillStatus.Phase phase = TillStatus.Phase.STARTING;
    private volatile long receipts;
    private volatile boolean stopping;
    private volatile LiveDatabase database;
    private volatile Counter counter;
    /** What it came up in; worth telling as long as it is on that database. */
    private volatile Optional<TillOpener.Opened> comeback = Optional.empty();

    /** Finds a till's databases. */
    @FunctionalInterface
    interface Choosing {
        Databases of(TillRecord record) throws IOException, TillRefusal;
    }

    /**
     * Prepares a till on H2.
     *
     * @param directory its own, there
     * @param wanted how many receipts a new till begins with
     * @param clock the shop's
     * @param thread has one thread; is shut down by {@link #stop}
     */
    public Till(Path directory, long wanted, Clock clock, ScheduledExecutorService thread) {
        this(directory, new DatabaseChoice(Map.of())::open, wanted, clock, thread);
    }

    /**
     * Prepares a till.
     *
     * @param directory its own, there
     * @param choosing asked once for its databases
     * @param wanted how many receipts a new till begins with
     * @param clock the shop's
     * @param thread has one thread; is shut down by {@link #stop}
     */
    Till(Path directory, Choosing choosing, long wanted, Clock clock, ScheduledExecutorService thread) {
        this.record = new TillRecord(directory);
        this.choosing = choosing;
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
        start(new TillEvents() {
            @Override
            public void opened() {
                // Only who waits for a refusal wants to know.
            }

            @Override
            public void ready(PosDatabase database) {
                ready.accept(database);
            }

            @Override
            public void refused(String words) {
                LOG.error("The till does not start: {}", words);
            }
        });
    }

    /** Starts, and returns at once. */
    void start(TillEvents events) {
        thread.execute(() -> run(events));
    }

    private void run(TillEvents events) {
        try {
            Databases databases = choosing.of(record);
            TillOpener.Opened opened = open(databases);
            LiveDatabase live = new LiveDatabase(record, databases, opened.database());
            comeback = Optional.of(opened);
            database = live;
            events.opened();
            if (opened.state() == Pointer.State.SEEDING && !seed(live, opened.database())) {
                return;
            }
            Counter selling = new Counter(live, clock, clock.millis());
            receipts = selling.lastNumber();
            counter = selling;
            phase = TillStatus.Phase.SELLING;
            events.ready(live);
            var unused = thread.scheduleWithFixedDelay(this::sell, 0, BETWEEN_SALES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopped before the first sale");
        } catch (TillRefusal e) {
            phase = TillStatus.Phase.FAILED;
            LOG.info("The till does not start: {}", e.getMessage(), e.getCause());
            events.refused(e.getMessage());
        } catch (IOException | SQLException | RuntimeException e) {
            phase = TillStatus.Phase.FAILED;
            LOG.error("The till could not start", e);
            events.refused(TillRefusal.text(Locale.getDefault(), "failed", e.toString()));
        }
    }

    private TillOpener.Opened open(Databases databases) throws IOException, TillRefusal {
        try {
            return new TillOpener(record, databases, clock).open();
        } catch (SQLException e) {
            throw databases.refusal(e);
        }
    }

    private boolean seed(LiveDatabase live, Database file) throws SQLException, IOException {
        phase = TillStatus.Phase.SEEDING;
        long begun = clock.millis();
        try (Connection connection = live.dataSource().getConnection()) {
            Seeding seeding = new Seeding(live.dialect(), wanted, clock);
            if (!seeding.fill(connection, () -> stopping, done -> receipts = done)) {
                return false;
            }
        }
        file.sync();
        record.point(new Pointer(file.name(), Pointer.State.SELLING));
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

    @Override
    public Sold since(Instant from) throws SQLException {
        LiveDatabase live = selling();
        try (Connection connection = live.dataSource().getConnection()) {
            return SoldSince.read(connection, live.dialect(), from);
        }
    }

    /**
     * Looks at the till, without asking its database.
     *
     * @return how it is now
     */
    public TillStatus status() {
        return new TillStatus(phase, receipts, wanted, board.perSecond(), comeback(), board.newest());
    }

    private Comeback comeback() {
        LiveDatabase live = database;
        return comeback.filter(opened -> live != null && live.isCurrent(opened.database()))
                .map(TillOpener.Opened::comeback)
                .orElse(Comeback.PLAIN);
    }

    /**
     * Reads the books through.
     *
     * @return what they say
     * @throws SQLException if the database does not answer
     */
    public Books books() throws SQLException {
        LiveDatabase live = selling();
        return Books.read(live.dataSource(), live.dialect());
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
        try (Side empty = live.newSide()) {
            try (Connection connection = empty.dataSource().getConnection()) {
                TillSchema.create(connection, live.dialect());
            }
            comeback = Optional.of(new TillOpener.Opened(empty.database(), Pointer.State.SELLING, Comeback.LOST));
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

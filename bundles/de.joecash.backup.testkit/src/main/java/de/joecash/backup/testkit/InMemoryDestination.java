package de.joecash.backup.testkit;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A destination that keeps its files in memory, fails when a test says so, and holds an upload until a test lets it go.
 * Thread-safe.
 */
public final class InMemoryDestination implements DestinationProvider {
    private final String id;
    private final Map<String, Map<String, byte[]>> directories = new ConcurrentHashMap<>();
    private final Queue<Problem> connectFailures = new ConcurrentLinkedQueue<>();
    private final Queue<Problem> putFailures = new ConcurrentLinkedQueue<>();
    private final Queue<Problem> readFailures = new ConcurrentLinkedQueue<>();
    private final List<List<Path>> offLimits = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger puts = new AtomicInteger();
    private volatile Gate gate = Gate.open();
    private volatile Optional<FailingPut> failingPut = Optional.empty();
    private volatile Optional<ReadCut> readCut = Optional.empty();
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final List<String> retained = new CopyOnWriteArrayList<>();
    private volatile Optional<Problem> retainRefusal = Optional.empty();
    private volatile Optional<Problem> deleteRefusal = Optional.empty();
    private volatile Destination.Capabilities capabilities =
            new Destination.Capabilities(true, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, false, true);

    private record FailingPut(AtomicInteger left, Problem problem) {}

    /** Where streams break. */
    record ReadCut(int bytes, AtomicInteger left, Problem problem) {}

    /** Where uploads wait: {@code held} falls when one has come, {@code released} completes when all may go on. */
    record Gate(CountDownLatch held, CompletableFuture<Void> released) {
        static Gate open() {
            return new Gate(new CountDownLatch(1), CompletableFuture.completedFuture(null));
        }
    }

    /**
     * Creates an empty one, which survives the loss of the server, takes files of any length and compares contents.
     *
     * @param id what {@link #id} answers
     */
    public InMemoryDestination(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    /** Counts every call, failed ones too. A directory need not be there; it is made. */
    @Override
    public Destination connect(String directory, List<Path> forbidden, Cancellation cancellation)
            throws BackupException {
        connects.incrementAndGet();
        offLimits.add(List.copyOf(forbidden));
        cancellation.check();
        if (directory.chars().anyMatch(Character::isISOControl)
                || List.of(directory.split("/")).contains("..")) {
            throw new BackupException(new Problem.InvalidInput("directory at " + id));
        }
        Problem failure = connectFailures.poll();
        if (failure != null) {
            throw new BackupException(failure);
        }
        return new InMemoryDirectory(this, files(directory), cancellation);
    }

    /**
     * Gives a directory's files, those ending in {@code .part} too. Live: what a test puts in is there.
     *
     * @param directory as given to {@link #connect}
     * @return bytes by name
     */
    public Map<String, byte[]> files(String directory) {
        return directories.computeIfAbsent(directory, any -> new ConcurrentSkipListMap<>());
    }

    /**
     * Lets a coming connect fail; called more than once, that many fail, in this order.
     *
     * @param problem how
     */
    public void failNext(Problem problem) {
        connectFailures.add(problem);
    }

    /**
     * Lets a coming put fail in its middle, with a {@code .part} left behind; called more than once, that many fail, in
     * this order.
     *
     * @param problem how
     */
    public void failNextPut(Problem problem) {
        putFailures.add(problem);
    }

    /**
     * Lets the stream of a coming {@link Destination#open} fail at its first byte; called more than once, that many
     * fail, in this order.
     *
     * @param problem how
     */
    public void failNextRead(Problem problem) {
        readFailures.add(problem);
    }

    /**
     * Lets one coming put fail in its middle, after some have ended well.
     *
     * @param puts how many
     * @param problem how
     */
    public void failPutAfter(int puts, Problem problem) {
        failingPut = Optional.of(new FailingPut(new AtomicInteger(puts), problem));
    }

    /**
     * Lets every delete be refused.
     *
     * @param problem how
     */
    public void refuseDeletes(Problem problem) {
        deleteRefusal = Optional.of(problem);
    }

    /**
     * Lists what was opened for reading, in order.
     *
     * @return names, each as often as it was opened
     */
    public List<String> opened() {
        return List.copyOf(opened);
    }

    /**
     * Lists what was to be retained, in order.
     *
     * @return names, each as often as it was asked for
     */
    public List<String> retained() {
        return List.copyOf(retained);
    }

    /**
     * Lets every file be refused that is to be retained.
     *
     * @param problem how
     */
    public void refuseRetaining(Problem problem) {
        retainRefusal = Optional.of(problem);
    }

    void retain(String name) throws BackupException {
        if (retainRefusal.isPresent()) {
            throw new BackupException(retainRefusal.get());
        }
        retained.add(name);
    }

    /** Lets deletes be. */
    public void allowDeletes() {
        deleteRefusal = Optional.empty();
    }

    /**
     * Lets coming streams break after some bytes of each.
     *
     * @param bytes how many; a stream that is not longer does not break
     * @param times how many streams
     * @param problem how
     */
    public void cutReads(int bytes, int times, Problem problem) {
        readCut = Optional.of(new ReadCut(bytes, new AtomicInteger(times), problem));
    }

    /** From now on every put waits in its middle, until {@link #releasePuts} or its cancellation. */
    public void holdPuts() {
        gate = new Gate(new CountDownLatch(1), new CompletableFuture<>());
    }

    /** Lets every put go on. */
    public void releasePuts() {
        Gate shut = gate;
        gate = Gate.open();
        shut.released().complete(null);
    }

    /**
     * Waits until a put is held since the last {@link #holdPuts}.
     *
     * @throws AssertionError if none comes
     */
    public void awaitHeld() {
        Await.open("a put that is held", gate.held());
    }

    /**
     * Decides what connections opened from now on say of themselves; a longer file than they take is refused.
     *
     * @param next the capabilities
     */
    public void capabilities(Destination.Capabilities next) {
        capabilities = next;
    }

    /**
     * Counts the calls of {@link #connect}.
     *
     * @return failed ones too
     */
    public int connects() {
        return connects.get();
    }

    /**
     * Counts the files published.
     *
     * @return those alone that ended well
     */
    public int puts() {
        return puts.get();
    }

    /**
     * Lists what was off limits.
     *
     * @return one list for each call of {@link #connect}, in order
     */
    public List<List<Path>> offLimits() {
        return List.copyOf(offLimits);
    }

    Destination.Capabilities capabilities() {
        return capabilities;
    }

    Gate gate() {
        return gate;
    }

    void opened(String name) {
        opened.add(name);
    }

    Problem nextReadFailure() {
        return readFailures.poll();
    }

    Optional<ReadCut> nextReadCut(long bytes) {
        return readCut.filter(cut -> bytes > cut.bytes() && cut.left().getAndDecrement() > 0);
    }

    Optional<Problem> deleteRefusal() {
        return deleteRefusal;
    }

    Problem nextPutFailure() {
        Optional<FailingPut> failing = failingPut.filter(one -> one.left().getAndDecrement() == 0);
        return failing.map(FailingPut::problem).orElseGet(putFailures::poll);
    }

    void published() {
        puts.incrementAndGet();
    }
}

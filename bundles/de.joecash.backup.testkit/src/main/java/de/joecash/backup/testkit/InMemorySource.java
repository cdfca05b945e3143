package de.joecash.backup.testkit;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.Problem;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source whose database is one text: one table, {@link #TABLE}, with a row for each line. A test decides what the
 * text is, where a dump waits and where it fails, and sees what became of each restore.
 */
public final class InMemorySource implements Source {
    /** The name of the one table. */
    public static final String TABLE = "PUBLIC.LINE";

    /** Every target asked for, in order. */
    public final List<Target> targets = new CopyOnWriteArrayList<>();

    /** What {@link #directories} answers. */
    public final List<Path> directories = new CopyOnWriteArrayList<>();

    /** How often its rows were counted. */
    public final AtomicInteger counts = new AtomicInteger();

    private static final int CHUNK = 1024;

    private final SourceInfo info;
    private volatile byte[] text = new byte[0];
    private volatile Optional<Hold> hold = Optional.empty();
    private volatile Optional<Failure> failure = Optional.empty();
    private volatile Optional<Problem> refusal = Optional.empty();
    private volatile List<Finding> findings = List.of();
    private volatile String skew = "";
    private volatile boolean leaving;

    /**
     * Creates an empty one.
     *
     * @param till the till's name
     */
    public InMemorySource(String till) {
        info = new SourceInfo(till, "memory", "1");
    }

    /**
     * Sets what the database holds.
     *
     * @param content lines, each ended by a line feed
     */
    public void text(String content) {
        text = content.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Fills the database with numbered lines.
     *
     * @param count how many
     */
    public void rows(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            lines.append("row ").append(i).append('\n');
        }
        text(lines.toString());
    }

    /**
     * Gives what the live database holds now: what was set, or what was restored last.
     *
     * @return the text
     */
    public String text() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /**
     * Lets the next dump or load wait once it has written or read as many bytes.
     *
     * @param bytes how many; the length of the text at most
     * @return tells when it waits, and lets it go on
     */
    public Hold holdAt(long bytes) {
        Hold next = new Hold(bytes);
        hold = Optional.of(next);
        return next;
    }

    /**
     * Lets every dump and load fail once it has written or read as many bytes.
     *
     * @param bytes how many; the length of the text at most
     * @param problem what it throws
     */
    public void failAt(long bytes, Problem problem) {
        failure = Optional.of(new Failure(bytes, problem));
    }

    /**
     * Lets every dump and load fail before the first byte.
     *
     * @param problem what it throws
     */
    public void failWith(Problem problem) {
        failAt(0, problem);
    }

    /**
     * Lets {@link #target} and {@link RestoreTarget#activate} be refused.
     *
     * @param problem what they throw
     */
    public void refuseTargets(Problem problem) {
        refusal = Optional.of(problem);
    }

    /**
     * Lets every loaded database hold more than was loaded.
     *
     * @param more lines, each ended by a line feed
     */
    public void skew(String more) {
        skew = more;
    }

    /**
     * Lets the host find something wrong with every database that it is asked about.
     *
     * @param found what it says
     */
    public void complain(Finding... found) {
        findings = List.of(found);
    }

    /** Lets every count end as one does whose source goes meanwhile. */
    public void leave() {
        leaving = true;
    }

    /** Lets everything work again. */
    public void heal() {
        findings = List.of();
        skew = "";
        leaving = false;
        failure = Optional.empty();
        refusal = Optional.empty();
    }

    /**
     * Lists the targets that were activated.
     *
     * @return in the order of asking for them
     */
    public List<Target> activated() {
        return targets.stream().filter(target -> target.activated).toList();
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public long expectedBytes() {
        return text.length;
    }

    @Override
    public List<Path> directories() {
        return List.copyOf(directories);
    }

    @Override
    public List<TableContents> dump(OutputStream out, Cancellation cancellation) throws BackupException, IOException {
        byte[] instant = text;
        for (int done = 0; ; ) {
            at(done, cancellation);
            if (done == instant.length) {
                return contents(instant);
            }
            int length = step(done, instant.length);
            out.write(instant, done, length);
            done += length;
        }
    }

    @Override
    public Optional<Map<String, Long>> rows(Cancellation cancellation) throws BackupException {
        counts.incrementAndGet();
        if (leaving) {
            cancellation.cancel(new Problem.Stopping());
        }
        cancellation.check();
        Optional<Failure> failing = failure;
        if (failing.isPresent()) {
            throw new BackupException(failing.get().problem);
        }
        return Optional.of(Map.of(TABLE, contents(text).get(0).rows()));
    }

    @Override
    public Target target(Optional<String> into) throws BackupException {
        refuse();
        Target target = new Target(into);
        targets.add(target);
        return target;
    }

    /**
     * Gives what a dump of a text returns.
     *
     * @param text the text
     * @return its one table
     */
    public static List<TableContents> contents(String text) {
        return contents(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<TableContents> contents(byte[] text) {
        long rows = 0;
        for (byte b : text) {
            if (b == '\n') {
                rows++;
            }
        }
        return List.of(new TableContents(TABLE, rows, sha256(text)));
    }

    private static String sha256(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Stops, waits or fails where the test wants it. */
    private void at(long done, Cancellation cancellation) throws BackupException {
        cancellation.check();
        Optional<Hold> waiting = hold.filter(next -> next.bytes == done);
        if (waiting.isPresent()) {
            hold = Optional.empty();
            waiting.get().hold(cancellation);
        }
        cancellation.check();
        Optional<Failure> failing = failure.filter(next -> next.bytes <= done);
        if (failing.isPresent()) {
            throw new BackupException(failing.get().problem);
        }
    }

    private int step(long done, long length) {
        long next = Math.min(length, done + CHUNK);
        next = nearer(hold.map(point -> point.bytes), done, next);
        next = nearer(failure.map(point -> point.bytes), done, next);
        return Math.toIntExact(next - done);
    }

    private static long nearer(Optional<Long> point, long done, long next) {
        return point.filter(at -> at > done && at < next).orElse(next);
    }

    private void refuse() throws BackupException {
        Optional<Problem> problem = refusal;
        if (problem.isPresent()) {
            throw new BackupException(problem.get());
        }
    }

    private record Failure(long bytes, Problem problem) {}

    /** A place where a dump or load waits. */
    public static final class Hold {
        private final long bytes;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hold(long bytes) {
            this.bytes = bytes;
        }

        /**
         * Waits until the dump or load waits here.
         *
         * @throws InterruptedException if the test is interrupted
         */
        public void awaitReached() throws InterruptedException {
            if (!reached.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Nothing came as far as byte " + bytes);
            }
        }

        /** Lets it go on. */
        public void release() {
            released.countDown();
        }

        private void hold(Cancellation cancellation) throws BackupException {
            reached.countDown();
            Cancellation.Registration registration = cancellation.onCancel(released::countDown);
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BackupException(
                        new Problem.Unexpected("A thread was interrupted that may be in the host's database"), e);
            } finally {
                registration.close();
            }
        }
    }

    /** A database to restore into. */
    public final class Target implements RestoreTarget {
        /** Where it is; empty for one that takes the live one's place. */
        public final Optional<String> into;

        /** What the live database held when its writing was held; empty where it was not. */
        public volatile Optional<String> held = Optional.empty();

        /** Whether it was activated. */
        public volatile boolean activated;

        /** Whether it was closed. */
        public volatile boolean closed;

        /** What was loaded; a test may change it to make the contents differ. */
        public volatile String loaded = "";

        private Target(Optional<String> into) {
            this.into = into;
        }

        @Override
        public void load(InputStream dump, Cancellation cancellation) throws BackupException, IOException {
            open();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            for (int done = 0; ; ) {
                at(done, cancellation);
                byte[] chunk = dump.readNBytes(step(done, Integer.MAX_VALUE));
                if (chunk.length == 0) {
                    break;
                }
                read.write(chunk);
                done += chunk.length;
            }
            loaded = read.toString(StandardCharsets.UTF_8);
        }

        @Override
        public List<TableContents> contents(Cancellation cancellation) throws BackupException {
            open();
            cancellation.check();
            return InMemorySource.contents(loaded + skew);
        }

        @Override
        public List<Finding> check(Cancellation cancellation) throws BackupException {
            open();
            cancellation.check();
            return findings;
        }

        @Override
        public void hold() throws BackupException {
            open();
            held = Optional.of(InMemorySource.this.text());
        }

        @Override
        public void activate() throws BackupException {
            open();
            refuse();
            activated = true;
            if (into.isEmpty()) {
                text(loaded);
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void open() {
            if (closed) {
                throw new IllegalStateException("The target was closed");
            }
        }
    }
}

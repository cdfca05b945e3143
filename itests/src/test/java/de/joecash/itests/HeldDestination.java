package de.joecash.itests;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.TransferRoute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A destination that a vendor might have written; its uploads wait until the test lets them go on. */
final class HeldDestination implements DestinationProvider {
    static final String ID = "held";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** Leads manual backups there. */
    record Route() implements TransferRoute {
        @Override
        public String destination() {
            return ID;
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.MANUAL ? Optional.of("") : Optional.empty();
        }
    }

    void awaitHeld() throws InterruptedException {
        if (!held.await(TillContainer.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("No upload came");
        }
    }

    void release() {
        released.countDown();
    }

    Set<String> published() {
        return files.keySet();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Destination connect(String directory, List<Path> offLimits, Cancellation cancellation) {
        return new Connection(cancellation);
    }

    private final class Connection implements Destination {
        private final Cancellation cancellation;

        Connection(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities(true, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, false, true);
        }

        @Override
        public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
            CountDownLatch ended = new CountDownLatch(1);
            try (Cancellation.Registration registration = cancellation.onCancel(ended::countDown);
                    InputStream in = content.open()) {
                held.countDown();
                while (registration != null && ended.getCount() > 0 && !released.await(10, TimeUnit.MILLISECONDS)) {
                    cancellation.check();
                }
                cancellation.check();
                files.put(name, in.readAllBytes());
            } catch (InterruptedException e) {
                throw new AssertionError("Nobody may be interrupted", e);
            }
        }

        @Override
        public InputStream open(String name, long offset) {
            byte[] bytes = files.get(name);
            int from = (int) Math.min(offset, bytes.length);
            return new ByteArrayInputStream(bytes, from, bytes.length - from);
        }

        @Override
        public List<StoredFile> list() {
            return files.entrySet().stream()
                    .map(file -> new StoredFile(file.getKey(), file.getValue().length))
                    .toList();
        }

        @Override
        public void delete(String name) {
            files.remove(name);
        }

        @Override
        public Optional<StoredFile> stat(String name) {
            return Optional.ofNullable(files.get(name)).map(bytes -> new StoredFile(name, bytes.length));
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }
}

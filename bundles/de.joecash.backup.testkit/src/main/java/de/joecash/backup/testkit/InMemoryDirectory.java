package de.joecash.backup.testkit;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** One connection to an {@link InMemoryDestination}. */
final class InMemoryDirectory implements Destination {
    private final InMemoryDestination owner;
    private final Map<String, byte[]> files;
    private final Cancellation cancellation;
    private final Capabilities capabilities;

    InMemoryDirectory(InMemoryDestination owner, Map<String, byte[]> files, Cancellation cancellation) {
        this.owner = owner;
        this.files = files;
        this.cancellation = cancellation;
        this.capabilities = owner.capabilities();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
        check(name);
        cancellation.check();
        if (content.bytes() > capabilities.maxFileBytes()) {
            throw new BackupException(new Problem.TooLarge(owner.id(), content.bytes(), capabilities.maxFileBytes()));
        }
        refuseTaken(name);
        String part = name + ".part";
        byte[] bytes = receive(part, content, sent);
        if (bytes.length != content.bytes()) {
            files.remove(part);
            throw new BackupException(
                    new Problem.CopyDiffers(owner.id(), name, bytes.length + " bytes instead of " + content.bytes()));
        }
        if (files.putIfAbsent(name, bytes) != null) {
            throw new BackupException(new Problem.NameTaken(owner.id(), name));
        }
        files.remove(part);
        owner.published();
    }

    private byte[] receive(String part, Content content, LongConsumer sent) throws BackupException, IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        files.put(part, new byte[0]);
        try (InputStream in = content.open()) {
            byte[] chunk = new byte[8192];
            int read = in.readNBytes(chunk, 0, chunk.length);
            received.write(chunk, 0, read);
            files.put(part, received.toByteArray());
            sent.accept(received.size());
            waitInTheMiddle();
            Problem failure = owner.nextPutFailure();
            if (failure != null) {
                throw new BackupException(failure);
            }
            while ((read = in.read(chunk)) >= 0) {
                cancellation.check();
                received.write(chunk, 0, read);
                sent.accept(received.size());
            }
            cancellation.check();
        }
        return received.toByteArray();
    }

    private void waitInTheMiddle() throws BackupException {
        CompletableFuture<Void> goOn = owner.gate().released().copy();
        Cancellation.Registration registration = cancellation.onCancel(() -> goOn.complete(null));
        owner.gate().held().countDown();
        goOn.join();
        registration.close();
        cancellation.check();
    }

    @Override
    public InputStream open(String name, long offset) throws BackupException {
        check(name);
        if (offset < 0) {
            throw new IllegalArgumentException("A negative offset");
        }
        cancellation.check();
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new BackupException(new Problem.UnknownBackup(name));
        }
        owner.opened(name);
        Problem failure = owner.nextReadFailure();
        if (failure != null) {
            return new Broken(failure);
        }
        int from = (int) Math.min(offset, bytes.length);
        Optional<InMemoryDestination.ReadCut> cut = owner.nextReadCut(bytes.length - from);
        return cut.isPresent()
                ? new SequenceInputStream(
                        new ByteArrayInputStream(bytes, from, cut.get().bytes()),
                        new Broken(cut.get().problem()))
                : new ByteArrayInputStream(bytes, from, bytes.length - from);
    }

    @Override
    public List<StoredFile> list() throws BackupException {
        cancellation.check();
        return files.entrySet().stream()
                .filter(file -> file.getKey().matches(NAME))
                .map(file -> new StoredFile(file.getKey(), file.getValue().length))
                .toList();
    }

    @Override
    public void delete(String name) throws BackupException {
        check(name);
        cancellation.check();
        Optional<Problem> refusal = owner.deleteRefusal();
        if (refusal.isPresent()) {
            throw new BackupException(refusal.get());
        }
        files.remove(name + ".part");
        files.remove(name);
    }

    @Override
    public void retain(String name) throws BackupException {
        check(name);
        cancellation.check();
        owner.retain(name);
    }

    @Override
    public Optional<StoredFile> stat(String name) throws BackupException {
        check(name);
        cancellation.check();
        return Optional.ofNullable(files.get(name)).map(bytes -> new StoredFile(name, bytes.length));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /** A stream that carries what is wrong as {@link Destination#open} says. */
    private static final class Broken extends InputStream {
        private final Problem problem;

        Broken(Problem problem) {
            this.problem = problem;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("test", new BackupException(problem));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return read();
        }
    }

    private void refuseTaken(String name) throws BackupException {
        if (files.containsKey(name)) {
            throw new BackupException(new Problem.NameTaken(owner.id(), name));
        }
    }

    private static void check(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("Not a name for a file at a destination");
        }
    }
}

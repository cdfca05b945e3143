package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Listing;
import de.joecash.backup.remote.RemotePath;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open directory on the server. A connection that broke is opened anew by the next call. */
final class RemoteDirectory implements Destination {
    /** What ends the name of a file that is on its way. */
    static final String PART = ".part";

    private static final Logger LOG = LoggerFactory.getLogger(RemoteDirectory.class);

    private final Line line;
    private final TlsContexts contexts;
    private final RemotePath path;
    private final ScheduledExecutorService watchdog;
    private Optional<Connection> connection;
    private boolean digests = true;
    private boolean makes;

    RemoteDirectory(Line line, TlsContexts contexts, RemotePath path, ScheduledExecutorService watchdog)
            throws BackupException {
        this.line = line;
        this.contexts = contexts;
        this.path = path;
        this.watchdog = watchdog;
        connection = Optional.of(Connection.open(line, contexts, path, makes));
    }

    /** Something asked of the server. */
    interface Question<T> {
        T ask(Connection connection) throws BackupException, IOException;
    }

    /**
     * Asks once; where the connection breaks, the answer is not known. A data connection may have to be begun twice.
     */
    <T> T ask(Question<T> question) throws BackupException {
        Connection open = connected();
        try {
            return question.ask(open);
        } catch (TlsContexts.SessionLost e) {
            hangUp();
            open = connected();
        } catch (IOException e) {
            throw broken(open, e);
        }
        try {
            return question.ask(open);
        } catch (IOException e) {
            throw broken(open, e);
        }
    }

    /** Gives the connection, a new one if the last one broke. */
    Connection connected() throws BackupException {
        line.check();
        if (connection.isEmpty()) {
            connection = Optional.of(Connection.open(line, contexts, path, makes));
        }
        Connection open = connection.get();
        try {
            open.enter(makes);
            return open;
        } catch (TlsContexts.SessionLost e) {
            hangUp();
        } catch (IOException e) {
            throw broken(open, e);
        }
        Connection anew = Connection.open(line, contexts, path, makes);
        connection = Optional.of(anew);
        return anew;
    }

    /** Gives the connection up and says what that means. */
    BackupException broken(Connection open, IOException e) {
        connection = Optional.empty();
        return open.failure(e);
    }

    /** Gives the connection up in the middle of a transfer. */
    void hangUp() {
        connection = Optional.empty();
        line.hangUp();
    }

    /** Says whether {@link #sha256} is worth asking. */
    boolean offersDigests() throws BackupException {
        return digests && connected().offersDigests();
    }

    /** Asks for the server's own SHA-256; empty where it does not give it, or not in time. */
    Optional<byte[]> sha256(String name, long length) throws BackupException {
        if (!digests) {
            return Optional.empty();
        }
        Connection open = connected();
        try {
            return open.sha256(name, length);
        } catch (IOException e) {
            BackupException failure = broken(open, e);
            line.check();
            LOG.info("The server did not say the digest of {}, reading it instead: {}", name, failure.getMessage());
            digests = false;
            return Optional.empty();
        }
    }

    /** Reads a piece of a file; fewer bytes where the file ends before. */
    byte[] piece(String name, long offset, int length) throws BackupException {
        InputStream in = ask(open -> open.fetch(name, offset));
        Connection open = connected();
        byte[] bytes;
        try {
            bytes = in.readNBytes(length);
            if (in.read() < 0) {
                in.close();
                open.endTransfer();
                return bytes;
            }
        } catch (IOException e) {
            throw broken(open, e);
        }
        try {
            open.abandonFetch();
        } catch (IOException e) {
            line.check();
            LOG.debug("The server hung up when a fetch was ended in its middle: {}", e.getMessage());
            hangUp();
        }
        return bytes;
    }

    Line line() {
        return line;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                true,
                Long.MAX_VALUE,
                line.settings().verify() == Verify.FULL ? Copy.Proof.CONTENT_EQUAL : Copy.Proof.LENGTH_EQUAL,
                true,
                line.settings().protection().tls() != Protection.Tls.OFF);
    }

    @Override
    public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
        Listing.requirePlain(name);
        // From now on the directory is to be there, also when a connection has to be opened anew.
        makes = true;
        try (StallGuard guard =
                new StallGuard(watchdog, line.settings().patience().data(), line::hangUp)) {
            new Upload(this, guard, name, content.bytes()).publish(content, sent);
        }
    }

    @Override
    public InputStream open(String name, long offset) throws BackupException {
        Listing.requirePlain(name);
        if (offset < 0) {
            throw new IllegalArgumentException("A negative offset");
        }
        return download(name, offset);
    }

    /** Opens a file that need not be published. */
    InputStream download(String name, long offset) throws BackupException {
        return ask(open -> {
            OptionalLong length = open.size(name);
            if (length.isEmpty()) {
                throw new BackupException(new Problem.UnknownBackup(name));
            }
            long rest = length.getAsLong() - offset;
            return rest <= 0 ? InputStream.nullInputStream() : new Download(this, open, open.fetch(name, offset), rest);
        });
    }

    @Override
    public List<StoredFile> list() throws BackupException {
        return ask(Connection::files);
    }

    @Override
    public void delete(String name) throws BackupException {
        Listing.requirePlain(name);
        ask(open -> {
            open.delete(name + PART);
            open.delete(name);
            return name;
        });
    }

    @Override
    public Optional<StoredFile> stat(String name) throws BackupException {
        Listing.requirePlain(name);
        OptionalLong length = ask(open -> open.size(name));
        return length.isPresent() ? Optional.of(new StoredFile(name, length.getAsLong())) : Optional.empty();
    }

    @Override
    public void close() {
        connection.ifPresent(Connection::close);
        connection = Optional.empty();
        line.close();
    }
}

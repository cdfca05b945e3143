package de.joecash.backup.destination.sftp.internal;

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
import java.util.function.LongConsumer;
import org.apache.sshd.sftp.common.SftpException;

/** An open directory on the server. A connection that broke is opened anew by the next call. */
final class RemoteDirectory implements Destination {
    /** What ends the name of a file that is on its way. */
    static final String PART = ".part";

    private final Line line;
    private final RemotePath path;
    private Optional<Connection> connection;
    private boolean makes;

    RemoteDirectory(Line line, RemotePath path) throws BackupException {
        this.line = line;
        this.path = path;
        connection = Optional.of(Connection.open(line, path, makes));
    }

    /** Something asked of the server. */
    interface Question<T> {
        T ask(Connection connection) throws BackupException, IOException;
    }

    /** Something done at the server. */
    interface Deed {
        void perform(Connection connection) throws BackupException, IOException;
    }

    /** Asks once; where the connection breaks, the answer is not known. */
    <T> T ask(Question<T> question) throws BackupException {
        Connection open = connected();
        try {
            return question.ask(open);
        } catch (SftpException e) {
            throw open.refused(e);
        } catch (IOException e) {
            throw broken(open, e);
        } catch (RuntimeException e) {
            // MINA takes what no server should say for a mistake of its caller.
            throw broken(open, new IOException(e));
        }
    }

    /** Does something once; where the connection breaks, nobody knows whether it is done. */
    void perform(Deed deed) throws BackupException {
        ask(open -> {
            deed.perform(open);
            return deed;
        });
    }

    /** Gives the connection, a new one if the last one broke. */
    Connection connected() throws BackupException {
        line.check();
        if (connection.isEmpty()) {
            connection = Optional.of(Connection.open(line, path, makes));
        }
        return connection.get();
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

    Line line() {
        return line;
    }

    @Override
    public Capabilities capabilities() {
        boolean whole = line.settings().verify() == Verify.FULL;
        return new Capabilities(
                true, Long.MAX_VALUE, whole ? Copy.Proof.CONTENT_EQUAL : Copy.Proof.LENGTH_EQUAL, true, true);
    }

    @Override
    public void put(String name, Content content, LongConsumer sent) throws BackupException, IOException {
        Listing.requirePlain(name);
        make();
        new Upload(this, name, content.bytes()).publish(content, sent);
    }

    /** From now on the directory is to be there, also when a connection has to be opened anew. */
    private void make() throws BackupException {
        if (!makes) {
            makes = true;
            perform(connection -> connection.make(path));
        }
    }

    @Override
    public InputStream open(String name, long offset) throws BackupException {
        Listing.requirePlain(name);
        if (offset < 0) {
            throw new IllegalArgumentException("A negative offset");
        }
        return ask(open -> {
            OptionalLong length = open.size(name);
            if (length.isEmpty()) {
                throw new BackupException(new Problem.UnknownBackup(name));
            }
            return offset >= length.getAsLong()
                    ? InputStream.nullInputStream()
                    : new Download(this, open.read(name, offset, length.getAsLong()));
        });
    }

    @Override
    public List<StoredFile> list() throws BackupException {
        return ask(Connection::files);
    }

    @Override
    public void delete(String name) throws BackupException {
        Listing.requirePlain(name);
        perform(open -> {
            open.delete(name + PART);
            open.delete(name);
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

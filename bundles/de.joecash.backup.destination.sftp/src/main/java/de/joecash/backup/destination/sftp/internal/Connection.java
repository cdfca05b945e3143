package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Listing;
import de.joecash.backup.remote.RemotePath;
import de.joecash.backup.remote.Words;
import de.joecash.backup.spi.Destination.StoredFile;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.CheckFileHandleExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatExtensionInfo;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One session, logged in and in the directory. A {@link SftpException} says what the server refused; any other
 * {@link IOException} says that the connection is of no use any more and that nobody knows whether what was asked last
 * was carried out.
 */
final class Connection {
    private static final Set<Integer> NOT_THERE =
            Set.of(SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH);
    private static final Set<Integer> FULL =
            Set.of(SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED);

    private final Line line;
    private final String directory;
    private final Sftp sftp;

    private Connection(Line line, String directory, Sftp sftp) {
        this.line = line;
        this.directory = directory;
        this.sftp = sftp;
    }

    /**
     * Opens one.
     *
     * @param makes whether the directory is made where it is not there; in one that is not there is nothing to be found
     */
    static Connection open(Line line, RemotePath path, boolean makes) throws BackupException {
        try {
            line.check();
            ClientSession session = line.connect();
            logIn(line, session);
            Sftp sftp = new Sftp(session, line.settings().patience().data());
            return new Connection(line, enter(sftp, path, makes), sftp);
        } catch (SftpException e) {
            line.hangUp();
            throw refused(line, e);
        } catch (IOException e) {
            line.hangUp();
            throw line.failure(e);
        } catch (BackupException | RuntimeException e) {
            line.hangUp();
            throw e;
        }
    }

    private static void logIn(Line line, ClientSession session) throws BackupException, IOException {
        SftpSettings settings = line.settings();
        if (settings.login() instanceof SftpSettings.Key key) {
            session.addPublicKeyIdentity(PrivateKey.read(settings.id(), key));
        } else if (settings.login() instanceof SftpSettings.Password password) {
            session.addPasswordIdentity(password.password().use(String::new));
        }
        CompletableFuture<Object> known = new CompletableFuture<>();
        session.auth().addListener(future -> tell(future, known));
        try {
            line.await(known, settings.patience().connect());
        } catch (IOException e) {
            BackupException wrongKey = session.getAttribute(Client.HOST_KEY_REFUSED);
            if (wrongKey != null) {
                throw wrongKey;
            }
            line.check();
            if (loginRefused(e)) {
                throw new BackupException(new Problem.LoginRefused(settings.id()));
            }
            throw e;
        }
    }

    private static void tell(AuthFuture future, CompletableFuture<Object> known) {
        if (future.isSuccess()) {
            known.complete(future);
        } else {
            Throwable reason = future.getException();
            known.completeExceptionally(reason == null ? new IOException("the login was ended") : reason);
        }
    }

    private static boolean loginRefused(IOException e) {
        return e instanceof SshException ssh
                && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    }

    /** Gives the directory's path as the server takes it, with a slash at its end; and makes it where told so. */
    private static String enter(Sftp sftp, RemotePath path, boolean makes) throws IOException {
        StringBuilder way = new StringBuilder(path.absolute() ? "/" : "");
        for (String segment : path.segments()) {
            String next = way.append(segment).toString();
            if (!isDirectory(sftp, next) && makes) {
                SftpException refusal = make(sftp, next);
                if (!isDirectory(sftp, next)) {
                    throw refusal == null ? notADirectory() : refusal;
                }
            }
            way.append('/');
        }
        return way.toString();
    }

    /** Makes the directory where it is not there. */
    void make(RemotePath path) throws IOException {
        enter(sftp, path, true);
    }

    private static SftpException notADirectory() {
        return new SftpException(SftpConstants.SSH_FX_NO_SUCH_PATH, "this is not a directory");
    }

    /** What the server refused is of no interest where somebody else has made it meanwhile. */
    private static SftpException make(Sftp sftp, String path) throws IOException {
        try {
            sftp.mkdir(path);
            return null;
        } catch (SftpException e) {
            return e;
        }
    }

    /** Says whether a directory is there; something else of that name is a refusal. */
    private static boolean isDirectory(Sftp sftp, String path) throws IOException {
        Attributes there;
        try {
            there = sftp.stat(path);
        } catch (SftpException e) {
            if (NOT_THERE.contains(e.getStatus())) {
                return false;
            }
            throw e;
        }
        if (!there.isDirectory()) {
            throw notADirectory();
        }
        return true;
    }

    /** Looks at what has the name, whatever it is, and at no target of a link. */
    private Optional<Attributes> look(String name) throws IOException {
        try {
            return Optional.of(sftp.lstat(directory + name));
        } catch (SftpException e) {
            if (NOT_THERE.contains(e.getStatus())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Says whether the name is taken, by whatever. */
    boolean taken(String name) throws IOException {
        return look(name).isPresent();
    }

    /** Gives a file's length; empty if there is no such file, or it is no file. */
    OptionalLong size(String name) throws IOException {
        return look(name)
                .filter(file -> file.isRegularFile() && file.getSize() >= 0)
                .map(file -> OptionalLong.of(file.getSize()))
                .orElse(OptionalLong.empty());
    }

    /** Begins a new file; one that is there is refused. */
    Sending create(String name) throws IOException {
        return new Sending(sftp, sftp.open(directory + name, OpenMode.Write, OpenMode.Create, OpenMode.Exclusive), 0);
    }

    /** Goes on with a file. */
    Sending append(String name, long offset) throws IOException {
        // Not OpenMode.Append: servers that know it write at the end then, whatever the offset.
        return new Sending(sftp, sftp.open(directory + name, OpenMode.Write), offset);
    }

    Receiving read(String name, long from, long end) throws IOException {
        return new Receiving(sftp, sftp.open(directory + name, OpenMode.Read), from, end);
    }

    /** Waits for the server's disk, where it knows how. */
    void finish(Sending sending) throws IOException {
        OpenSSHFsyncExtension fsync = sftp.getExtension(OpenSSHFsyncExtension.class);
        sending.finish(
                fsync != null && fsync.isSupported()
                        ? fsync::fsync
                        : handle -> {
                            // It knows no such thing.
                        });
    }

    /** Has the server digest a part of a file by SHA-256, in pieces; empty where it does not. */
    Optional<List<byte[]>> digests(String name, long from, long length, int piece) throws IOException {
        CheckFileHandleExtension digesting = sftp.getExtension(CheckFileHandleExtension.class);
        if (digesting == null || !digesting.isSupported()) {
            return Optional.empty();
        }
        try (CloseableHandle handle = sftp.open(directory + name, OpenMode.Read)) {
            Collection<byte[]> digests = digesting
                    .checkFileHandle(handle, List.of("sha256"), from, length, piece)
                    .getValue();
            return Optional.of(List.copyOf(digests));
        } catch (SftpException e) {
            // It may know other algorithms only, or do it for other versions of the protocol.
            return Optional.empty();
        }
    }

    /** Renames; a name that is taken is refused, for it is not the extension that replaces what is there. */
    void rename(String from, String to) throws IOException {
        sftp.rename(directory + from, directory + to);
    }

    /** Removes a file, and does not mind if it is not there. */
    void delete(String name) throws IOException {
        try {
            sftp.remove(directory + name);
        } catch (SftpException e) {
            if (taken(name)) {
                throw e;
            }
        }
    }

    /** Lists the files whose names have the form. */
    List<StoredFile> files() throws BackupException, IOException {
        Listing listing = new Listing(line.settings().id());
        try (CloseableHandle handle = sftp.openDir(directory.isEmpty() ? "." : directory)) {
            // Piece by piece: who asks for the whole of a list that does not end gets no answer. An empty piece is an
            // end.
            for (List<DirEntry> some = sftp.readDir(handle);
                    some != null && !some.isEmpty();
                    some = sftp.readDir(handle)) {
                for (DirEntry entry : some) {
                    Attributes attributes = entry.getAttributes();
                    listing.add(entry.getFilename(), attributes.isRegularFile() ? attributes.getSize() : -1);
                }
            }
        } catch (SftpException e) {
            if (!NOT_THERE.contains(e.getStatus())) {
                throw e;
            }
        }
        return listing.files();
    }

    void close() {
        line.hangUp();
    }

    /** Says what a broken connection means. */
    BackupException failure(IOException e) {
        line.hangUp();
        return line.failure(e);
    }

    /** Says what the server refused. */
    BackupException refused(SftpException e) {
        return refused(line, e);
    }

    /**
     * Says why a write was refused. Version 3 has one word for every failure of a disk, so the server is asked how full
     * it is, where it knows that.
     */
    BackupException writeRefused(SftpException e, long needed) throws IOException {
        if (e.getStatus() != SftpConstants.SSH_FX_FAILURE) {
            return refused(e);
        }
        String id = line.settings().id();
        return new BackupException(
                free() < needed ? new Problem.ServerFull(id, Words.of(e)) : new Problem.ServerBusy(id, Words.of(e)));
    }

    private long free() throws IOException {
        OpenSSHStatPathExtension asking = sftp.getExtension(OpenSSHStatPathExtension.class);
        if (asking == null || !asking.isSupported()) {
            return Long.MAX_VALUE;
        }
        try {
            OpenSSHStatExtensionInfo disk = asking.stat(directory.isEmpty() ? "." : directory);
            return disk.f_bavail * disk.f_frsize;
        } catch (SftpException e) {
            return Long.MAX_VALUE;
        }
    }

    private static BackupException refused(Line line, SftpException e) {
        String id = line.settings().id();
        return new BackupException(
                FULL.contains(e.getStatus())
                        ? new Problem.ServerFull(id, Words.of(e))
                        : new Problem.ServerRefused(id, Words.of(e)));
    }
}

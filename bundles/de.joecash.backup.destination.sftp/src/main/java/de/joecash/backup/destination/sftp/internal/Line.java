package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Addresses;
import de.joecash.backup.remote.Words;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;

/**
 * The session of one opened destination, over all its connections: closing it at once, which closes its socket, is what
 * ends anything that blocks, and nothing else does. Once stopped or cancelled, it gives no more sessions.
 */
final class Line implements AutoCloseable {
    private final SshClient client;
    private final SftpSettings settings;
    private final Cancellation stopping;
    private final Cancellation cancellation;
    private final List<Cancellation.Registration> registrations;
    private final CompletableFuture<Object> ended = new CompletableFuture<>();
    private Optional<ClientSession> session = Optional.empty();

    Line(SshClient client, SftpSettings settings, Cancellation stopping, Cancellation cancellation) {
        this.client = client;
        this.settings = settings;
        this.stopping = stopping;
        this.cancellation = cancellation;
        registrations = List.of(stopping.onCancel(this::end), cancellation.onCancel(this::end));
    }

    SftpSettings settings() {
        return settings;
    }

    void check() throws BackupException {
        cancellation.check();
        stopping.check();
    }

    /** Says what a broken connection means: that somebody wanted it, or that the server cannot be reached. */
    BackupException failure(IOException e) {
        try {
            check();
        } catch (BackupException wanted) {
            return wanted;
        }
        return new BackupException(new Problem.ServerUnreachable(settings.id(), Words.of(e)), e);
    }

    /** Gives a session that is connected; keys and login come after that. */
    ClientSession connect() throws BackupException, IOException {
        IOException last = null;
        for (InetAddress address : addresses()) {
            try {
                return connect(new InetSocketAddress(address, settings.server().port()));
            } catch (IOException e) {
                check();
                last = e;
            }
        }
        throw last == null ? new UnknownHostException(settings.server().host()) : last;
    }

    private ClientSession connect(InetSocketAddress address) throws IOException {
        CompletableFuture<ClientSession> connected = new CompletableFuture<>();
        ConnectFuture connecting = client.connect(settings.server().user(), address);
        connecting.addListener(future -> {
            if (future.isConnected()) {
                register(future.getSession(), connected);
            } else {
                Throwable reason = future.getException();
                connected.completeExceptionally(reason == null ? new SocketException("stopped") : reason);
            }
        });
        try {
            return await(connected, settings.patience().connect());
        } catch (IOException e) {
            connecting.cancel();
            hangUp();
            throw e;
        }
    }

    private synchronized void register(ClientSession opened, CompletableFuture<ClientSession> connected) {
        if (ended.isDone() || !connected.complete(opened)) {
            opened.close(true);
            return;
        }
        session = Optional.of(opened);
    }

    private InetAddress[] addresses() throws IOException {
        return await(
                Addresses.of(settings.server().host(), "joecash-sftp-" + settings.id() + "-name"),
                settings.patience().connect());
    }

    /** Waits for something, for so long; the end of this line ends that. */
    <T> T await(CompletableFuture<T> future, Duration limit) throws IOException {
        return Addresses.await(future, ended, limit);
    }

    /** Ends what blocks now; a new session can be had. */
    synchronized void hangUp() {
        session.ifPresent(open -> open.close(true));
        session = Optional.empty();
    }

    private synchronized void end() {
        ended.completeExceptionally(new SocketException("stopped"));
        hangUp();
    }

    @Override
    public void close() {
        registrations.forEach(Cancellation.Registration::close);
        end();
    }
}

package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Addresses;
import de.joecash.backup.remote.CertificateRefusal;
import de.joecash.backup.remote.Words;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.apache.commons.net.DefaultSocketFactory;

/**
 * The raw sockets of one opened destination, over all its connections: closing them is what ends anything that blocks,
 * and nothing else does. Once stopped or cancelled, it gives no more sockets.
 */
final class Line implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 60;

    private final FtpSettings settings;
    private final Cancellation stopping;
    private final Cancellation cancellation;
    private final List<Cancellation.Registration> registrations;
    private final CompletableFuture<InetAddress[]> ended = new CompletableFuture<>();
    private final Set<Socket> sockets = new HashSet<>();

    Line(FtpSettings settings, Cancellation stopping, Cancellation cancellation) {
        this.settings = settings;
        this.stopping = stopping;
        this.cancellation = cancellation;
        registrations = List.of(stopping.onCancel(this::end), cancellation.onCancel(this::end));
    }

    FtpSettings settings() {
        return settings;
    }

    void check() throws BackupException {
        cancellation.check();
        stopping.check();
    }

    /** Says what a broken connection means: that somebody wanted it, or what is wrong with the server. */
    BackupException failure(IOException e) {
        try {
            check();
        } catch (BackupException wanted) {
            return wanted;
        }
        return new BackupException(
                CertificateRefusal.in(e, settings.id())
                        .orElseGet(() -> new Problem.ServerUnreachable(settings.id(), Words.of(e))),
                e);
    }

    /** Asks for the server's addresses, as long as that may take. */
    InetAddress[] addresses() throws IOException {
        return Addresses.await(
                Addresses.of(settings.server().host(), "joecash-ftp-" + settings.id() + "-name"),
                ended,
                settings.patience().connect());
    }

    /** Gives plain sockets; a secured connection is layered over one of these. */
    SocketFactory socketFactory() {
        return new DefaultSocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return open();
            }
        };
    }

    private synchronized Socket open() throws IOException {
        if (ended.isDone()) {
            throw new SocketException("stopped");
        }
        sockets.removeIf(Socket::isClosed);
        Socket socket = new Socket();
        sockets.add(socket);
        keepAlive(socket);
        return socket;
    }

    /**
     * Keeps the control connection from being forgotten on the way while data flows on the other. By TCP: the answers
     * to a NOOP in the middle of a transfer cannot be told from the transfer's own by every server's order.
     */
    private static void keepAlive(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : socket.supportedOptions()) {
            // jdk.net.ExtendedSocketOptions, by name: not every framework exports that package to bundles.
            if (option.name().equals("TCP_KEEPIDLE") || option.name().equals("TCP_KEEPINTERVAL")) {
                setSeconds(socket, option);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void setSeconds(Socket socket, SocketOption<?> option) throws IOException {
        if (option.type() == Integer.class) {
            socket.setOption((SocketOption<Integer>) option, KEEP_ALIVE_SECONDS);
        }
    }

    /** Ends what blocks now; new sockets can be had. */
    synchronized void hangUp() {
        for (Socket socket : sockets) {
            closeQuietly(socket);
        }
        sockets.clear();
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

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }
}

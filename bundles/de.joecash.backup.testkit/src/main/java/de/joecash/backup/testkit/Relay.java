package de.joecash.backup.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line on loopback to a server's one port: it counts what is sent to the server, and breaks when a test says so.
 * Thread-safe.
 */
public final class Relay implements AutoCloseable {
    private static final int PIECE = 1 << 14;

    /** What a line holds in each direction; systems of today let a fast one hold 32 MiB. */
    private static final int BUFFER = 1 << 18;

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong toServer = new AtomicLong();
    private volatile Cut cut = new Cut(Long.MAX_VALUE, How.CLOSE);
    private volatile CountDownLatch flowing = new CountDownLatch(0);

    /** How a line breaks. */
    public enum How {
        /** Both sides see the end of the stream. */
        CLOSE,
        /** Both sides get a reset (RFC 9293, section 3.5.2). */
        RESET
    }

    private record Cut(long at, How how) {}

    /**
     * Begins to listen.
     *
     * @param port the server's, on 127.0.0.1
     * @throws IOException if it cannot listen
     */
    public Relay(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Begins to listen somewhere else than the server does, perhaps at the same port of another address.
     *
     * @param port the server's, on 127.0.0.1
     * @param address where to listen
     * @param listeningPort where to listen; 0 for any
     * @throws IOException if it cannot listen
     */
    public Relay(int port, InetAddress address, int listeningPort) throws IOException {
        target = port;
        listening = new ServerSocket();
        listening.setReceiveBufferSize(BUFFER);
        listening.bind(new InetSocketAddress(address, listeningPort));
        start(this::accept, "accepting");
    }

    /**
     * Names the port to connect to.
     *
     * @return on 127.0.0.1
     */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Counts what was sent to the server over all connections.
     *
     * @return bytes
     */
    public long toServer() {
        return toServer.get();
    }

    /**
     * Breaks every connection as soon as so much was sent to the server, once; later connections hold.
     *
     * @param bytes counted as {@link #toServer} counts
     * @param how how
     */
    public void cutAt(long bytes, How how) {
        cut = new Cut(bytes, how);
    }

    /**
     * Breaks every connection now; later ones hold.
     *
     * @param how how
     * @throws IOException if one does not break
     */
    public void cut(How how) throws IOException {
        end(how);
    }

    /** From now on nothing gets through to the server, and nothing says so. */
    public void stall() {
        flowing = new CountDownLatch(1);
    }

    /** Lets everything through again. */
    public void flow() {
        flowing.countDown();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket();
                sockets.add(client);
                sockets.add(server);
                client.setSendBufferSize(BUFFER);
                server.setSendBufferSize(BUFFER);
                server.setReceiveBufferSize(BUFFER);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                start(() -> pass(client, server, true), "to the server");
                start(() -> pass(server, client, false), "from the server");
            } catch (IOException e) {
                // The server is gone, or this relay is; the client finds out.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean counted) {
        byte[] piece = new byte[PIECE];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (counted) {
                    flowing.await();
                    if (toServer.addAndGet(count) >= cut.at()) {
                        How how = cut.how();
                        cut = new Cut(Long.MAX_VALUE, How.CLOSE);
                        end(how);
                        return;
                    }
                }
                out.write(piece, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // One side is gone; closing tells the other.
        } finally {
            close(from);
            close(to);
        }
    }

    private void end(How how) throws IOException {
        for (Socket socket : sockets) {
            if (how == How.RESET && !socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            close(socket);
        }
        sockets.clear();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    private static void start(Runnable work, String what) {
        Thread thread = new Thread(work, "relay-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        flow();
        end(How.CLOSE);
    }
}

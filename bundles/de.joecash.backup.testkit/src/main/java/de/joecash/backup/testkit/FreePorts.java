package de.joecash.backup.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that hardly anybody takes between two starts of a server: below those that the system gives to whoever asks for
 * any (Linux: {@code ip_local_port_range}, from 32768 on), and of a block that another virtual machine uses only where
 * the two process ids happen to differ by a multiple of 220. Thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int BLOCK = 100;
    private static final int BLOCKS = 220;

    private static final int FIRST = LOWEST + (int) (ProcessHandle.current().pid() % BLOCKS) * BLOCK;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private FreePorts() {}

    /**
     * Names one port.
     *
     * @return free on every address
     * @throws IOException if there is none
     */
    public static int one() throws IOException {
        return first(1);
    }

    /**
     * Names ports that follow each other.
     *
     * @param count how many
     * @return the first; all are free on every address
     * @throws IOException if there are none
     */
    public static int first(int count) throws IOException {
        for (int tries = 0; tries < 10 * BLOCK; tries += count) {
            int at = NEXT.getAndAdd(count) % BLOCK;
            if (at + count <= BLOCK && free(FIRST + at, count)) {
                return FIRST + at;
            }
        }
        throw new IOException("No free port from " + FIRST + " on");
    }

    private static boolean free(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}

package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.FreePorts;
import de.joecash.backup.testkit.Needed;
import de.joecash.backup.testkit.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenStack Swift on loopback that speaks S3: proxy, account, container and object server, each a process of its
 * own. It verifies signatures and MD5, and knows neither SHA-256 checksums nor object lock. Its files need a file
 * system with extended attributes.
 */
final class SwiftServer {
    private static final String HASHES = "[swift-hash]\nswift_hash_path_suffix = test\nswift_hash_path_prefix = test\n";
    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
    private static final List<String> STORES = List.of("account", "container", "object");
    /** What swift-ring-builder does by {@code create}, {@code add} and {@code rebalance}. */
    private static final String RINGS =
            """
            import sys
            from swift.common.ring import RingBuilder
            for store, port in zip(sys.argv[2::2], map(int, sys.argv[3::2])):
                ring = RingBuilder(4, 1, 0)
                ring.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'replication_ip': '127.0.0.1',
                              'replication_port': port, 'device': 'd1', 'weight': 1.0, 'meta': ''})
                ring.rebalance()
                ring.get_ring().save(sys.argv[1] + '/' + store + '.ring.gz')
            """;

    /**
     * An update of a list that a busy machine does not make in the usual half second is put off, and nothing runs here
     * that would make it later: the list would lack a file for ever.
     */
    private static final String STORE =
            """
            [pipeline:main]
            pipeline = %1$s-server
            [app:%1$s-server]
            use = egg:swift#%1$s
            conn_timeout = 60
            node_timeout = 60
            container_update_timeout = 60
            """;

    private static final String PIPELINE =
            """
            [pipeline:main]
            pipeline = catch_errors gatekeeper cache listing_formats s3api tempauth copy dlo bulk slo versioned_writes proxy-server
            [app:proxy-server]
            use = egg:swift#proxy
            account_autocreate = true
            conn_timeout = 60
            node_timeout = 60
            error_suppression_limit = 1000
            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:1
            [filter:s3api]
            use = egg:swift#s3api
            [filter:tempauth]
            use = egg:swift#tempauth
            """;
    private static final List<String> PLAIN_FILTERS =
            List.of("catch_errors", "gatekeeper", "listing_formats", "copy", "dlo", "bulk", "slo", "versioned_writes");

    private final Path directory;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    /**
     * Sets one up. Skips the test where the machine has no Swift; see {@link Needed}.
     *
     * @param directory empty; everything is kept there
     */
    SwiftServer(Path directory) throws IOException, InterruptedException {
        for (String server : List.of("proxy", "account", "container", "object")) {
            Needed.on(Files.isExecutable(program(server)), "the Debian package swift-" + server);
        }
        this.directory = directory;
        Files.createDirectories(directory.resolve("node/d1"));
        Files.writeString(directory.resolve("swift.conf"), HASHES);
        for (String store : STORES) {
            int port = FreePorts.one();
            ports.put(store, port);
            configure(store, port, STORE.formatted(store));
        }
        rings();
        ports.put("proxy", FreePorts.one());
        StringBuilder filters = new StringBuilder(PIPELINE);
        filters.append("user_").append(TestBucket.ACCESS_KEY.replace(':', '_'));
        filters.append(" = ").append(TestBucket.SECRET_KEY).append(" .admin\n");
        for (String filter : PLAIN_FILTERS) {
            filters.append("[filter:" + filter + "]\nuse = egg:swift#" + filter + "\n");
        }
        configure("proxy", ports.get("proxy"), filters.toString());
    }

    private static Path program(String server) {
        return Path.of("/usr/bin/swift-" + server + "-server");
    }

    /** By one process: each that imports Swift takes its time for that. */
    private void rings() throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("/usr/bin/python3", "-c", RINGS, directory.toString()));
        ports.forEach((store, port) -> line.addAll(List.of(store, port.toString())));
        Path log = directory.resolve("rings.log");
        Process builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (builder.waitFor() != 0) {
            throw new IOException("The rings: " + Files.readString(log));
        }
    }

    private void configure(String server, int port, String pipeline) throws IOException {
        Files.writeString(
                configuration(server),
                "[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = " + port + "\nuser = " + System.getProperty("user.name")
                        + "\nswift_dir = " + directory + "\ndevices = " + directory.resolve("node")
                        + "\nmount_check = false\nworkers = 0\n" + pipeline);
    }

    private Path configuration(String server) {
        return directory.resolve(server + ".conf");
    }

    /** Starts what is not running, and waits until it listens. */
    void start() throws IOException, InterruptedException {
        start(Map.of());
    }

    /**
     * Starts its proxy anew, which is what compares times, with another one.
     *
     * @param offset as faketime has it, e.g. {@code +1h}
     */
    void startProxyAt(String offset) throws IOException, InterruptedException {
        Needed.on(Files.exists(FAKETIME), "the Debian package libfaketime");
        stopProxy();
        start(Map.of("LD_PRELOAD", FAKETIME.toString(), "FAKETIME", offset, "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
    }

    /** Ends its proxy alone. */
    private void stopProxy() {
        Signals.kill(processes.remove("proxy"));
    }

    private void start(Map<String, String> environment) throws IOException, InterruptedException {
        for (String server : ports.keySet()) {
            if (!processes.containsKey(server)) {
                ProcessBuilder command = new ProcessBuilder(
                                program(server).toString(),
                                configuration(server).toString(),
                                "--verbose")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve(server + ".log").toFile());
                command.environment().putAll(environment);
                processes.put(server, command.start());
            }
        }
        long start = System.nanoTime();
        for (Map.Entry<String, Integer> server : ports.entrySet()) {
            while (!listens(server.getValue())) {
                boolean died = processes.get("proxy").waitFor(50, TimeUnit.MILLISECONDS);
                if (died || System.nanoTime() - start > Await.PATIENCE.toNanos()) {
                    stop();
                    throw new IOException(
                            "Swift does not come up: " + Files.readString(directory.resolve(server.getKey() + ".log")));
                }
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it as a power cut would; what it has stays. */
    void stop() {
        processes.values().forEach(Signals::kill);
        processes.clear();
    }

    /** Lets it do nothing more, without anybody being told. */
    void freeze() throws IOException {
        for (Process process : processes.values()) {
            Signals.send("STOP", process.toHandle());
        }
    }

    /** Lets it go on. */
    void thaw() throws IOException {
        for (Process process : processes.values()) {
            Signals.send("CONT", process.toHandle());
        }
    }

    /** The same after each start. */
    int port() {
        return ports.get("proxy");
    }
}

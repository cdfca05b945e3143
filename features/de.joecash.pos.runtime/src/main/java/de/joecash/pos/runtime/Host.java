package de.joecash.pos.runtime;

import de.joecash.backup.features.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The running framework. */
final class Host implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long STOP_MILLIS = 10_000;

    /** What a process that ended by SIGTERM answers: its work was not done. */
    static final int TERMINATED = 128 + 15;

    private final Framework framework;
    private final PrintStream errors;
    private final Runnable afterwards;
    private final Thread hook;

    /**
     * How it ends.
     *
     * @param exitWhenTerminated the exit code where the process is told to end
     * @param whenTerminated is run last where the process is told to end
     * @param afterwards is run once the framework has stopped, however that came about; where the process is told to
     *     end at the same time, twice, by two threads
     */
    record Ending(int exitWhenTerminated, Runnable whenTerminated, Runnable afterwards) {}

    private Host(Framework framework, PrintStream errors, Ending ending) {
        this.framework = framework;
        this.errors = errors;
        this.afterwards = ending.afterwards;
        this.hook = new Thread(
                () -> {
                    boolean stopped = stop();
                    ending.whenTerminated.run();
                    Runtime.getRuntime().halt(stopped ? ending.exitWhenTerminated : Refusal.FAILED);
                },
                "joecash-stop");
    }

    /**
     * Starts the framework with everything in it. When the process is told to end, it stops in order first; that is a
     * success unless a script was under way.
     *
     * @param errors is told in one line each what of it does not start
     */
    static Host start(Options options, DataDirectory data, PrintStream errors) throws Refusal {
        refuseTakenPort(options.port());
        Map<String, String> properties = new HashMap<>(options.database().properties());
        properties.putAll(Map.of(
                "org.osgi.service.http.port", Integer.toString(options.port()),
                "org.apache.felix.http.host", LOOPBACK,
                "de.joecash.data", data.root().toString(),
                "de.joecash.receipts", Integer.toString(options.receipts())));
        Ending ending = new Ending(options.script().isPresent() ? TERMINATED : 0, () -> {}, () -> {});
        return start(properties, data, ending, errors, Feature.DEMO_HOST, Feature.BACKUP);
    }

    /**
     * Starts the framework with some features in it.
     *
     * @param own properties beside those that every framework here has
     * @param errors as above
     * @throws Refusal where it does not start; everything is stopped by then
     */
    static Host start(
            Map<String, String> own, DataDirectory data, Ending ending, PrintStream errors, String... features)
            throws Refusal {
        try {
            Framework framework = ServiceLoader.load(FrameworkFactory.class)
                    .findFirst()
                    .orElseThrow()
                    .newFramework(configuration(own, data));
            Host host = new Host(framework, errors, ending);
            Runtime.getRuntime().addShutdownHook(host.hook);
            boolean started = false;
            try {
                host.boot(features);
                started = true;
            } finally {
                if (!started) {
                    // Without its hook: that a start failed is not that somebody ended the process.
                    host.close();
                }
            }
            return host;
        } catch (BundleException | IOException e) {
            throw new Refusal(Refusal.FAILED, Texts.text("host.failed", words(e)), e);
        }
    }

    private void boot(String... features) throws BundleException, IOException {
        framework.init();
        framework.getBundleContext().addFrameworkListener(event -> report(event, errors));
        new Provisioning(
                        framework.getBundleContext(),
                        Stream.of(features).map(Feature::shipped).toArray(Feature[]::new))
                .apply();
        framework.start();
    }

    private static Map<String, String> configuration(Map<String, String> own, DataDirectory data) throws IOException {
        Path logging = data.log().resolve("logback.xml");
        try (InputStream shipped = Host.class.getResourceAsStream("logback.xml")) {
            Files.copy(shipped, logging, StandardCopyOption.REPLACE_EXISTING);
        }
        // Logback's variables come from the system properties.
        System.setProperty("de.joecash.log", data.log().toString());
        Map<String, String> properties = new HashMap<>(own);
        properties.putAll(Map.ofEntries(
                Map.entry(Constants.FRAMEWORK_STORAGE, data.framework().toString()),
                // Its own logger writes stack traces to the console; what it says is reported as events, too.
                Map.entry("felix.log.level", "0"),
                // Gogo's shell is there for what it knows of bundles; the console stays quiet.
                Map.entry("gosh.args", "--nointeractive --noshutdown"),
                Map.entry("org.ops4j.pax.logging.StaticLogbackFile", logging.toString()),
                Map.entry("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR")));
        return properties;
    }

    private static void refuseTakenPort(int port) throws Refusal {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            throw new Refusal(Refusal.FAILED, Texts.text("port.taken", Integer.toString(port), words(e)), e);
        }
    }

    private static void report(FrameworkEvent event, PrintStream errors) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            errors.println(event.getBundle().getSymbolicName() + ": " + words(event.getThrowable()));
        }
    }

    static String words(Throwable e) {
        String said = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        // The framework says what it could not do, and only its cause why, such as that the disk is full.
        return e instanceof BundleException && e.getCause() instanceof IOException why && why.getMessage() != null
                ? said + " (" + why.getMessage() + ")"
                : said;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Waits until somebody stops the framework. */
    void awaitStop() throws InterruptedException {
        while (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE) {
            // An update of the system bundle is a restart in place.
        }
    }

    /** Stops everything in order; where the process was told to end already, waits for its end. */
    @Override
    public void close() {
        try {
            stop();
        } finally {
            // Only now: what is to be done afterwards is done also where somebody loses his patience here.
            letGo();
        }
    }

    private void letGo() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            joinEnd();
        }
    }

    private void joinEnd() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stop() {
        boolean stopped = stopFramework();
        afterwards.run();
        return stopped;
    }

    private boolean stopFramework() {
        try {
            framework.stop();
            if (framework.waitForStop(STOP_MILLIS).getType() != FrameworkEvent.WAIT_TIMEDOUT) {
                return true;
            }
            errors.println(Texts.text("host.stopsLate", STOP_MILLIS / 1000));
        } catch (BundleException e) {
            errors.println(words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}

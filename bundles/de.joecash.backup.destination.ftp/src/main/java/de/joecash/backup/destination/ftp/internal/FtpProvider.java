package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.RemotePath;
import de.joecash.backup.remote.Trust;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The way out to one configured FTP server. */
@Component(configurationPid = FtpProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FtpConfiguration.class, factory = true)
public final class FtpProvider implements DestinationProvider {
    static final String PID = "de.joecash.backup.destination.ftp";

    private final FtpSettings settings;
    private final TlsContexts contexts;
    private final Cancellation stopping = new Cancellation();
    private final ScheduledThreadPoolExecutor watchdog;

    /**
     * Starts with a configuration.
     *
     * @param configuration the configuration
     * @throws IllegalArgumentException if it cannot be used
     */
    @Activate
    public FtpProvider(FtpConfiguration configuration) {
        this(FtpSettings.of(configuration));
    }

    FtpProvider(FtpSettings settings) {
        this.settings = settings;
        contexts = new TlsContexts(Trust.of(settings.protection().trusted()));
        watchdog = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "joecash-ftp-" + settings.id());
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        // What asks for the watchdog after stop() had its sockets closed already.
        watchdog.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Ends every connection at once. */
    @Deactivate
    void stop() {
        stopping.cancel(new Problem.Stopping());
        watchdog.shutdown();
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public String address() {
        return settings.address();
    }

    @Override
    public Destination connect(String directory, List<Path> offLimits, Cancellation cancellation)
            throws BackupException {
        stopping.check();
        cancellation.check();
        RemotePath path = RemotePath.of(directory);
        if (settings.protection().refused()) {
            throw new BackupException(new Problem.CleartextRefused(settings.id()));
        }
        Line line = new Line(settings, stopping, cancellation);
        try {
            return new RemoteDirectory(line, contexts, path, watchdog);
        } catch (BackupException | RuntimeException e) {
            line.close();
            throw e;
        }
    }
}

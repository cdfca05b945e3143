package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.RemotePath;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The way out to one configured SFTP server. */
@Component(configurationPid = SftpProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SftpConfiguration.class, factory = true)
public final class SftpProvider implements DestinationProvider {
    static final String PID = "de.joecash.backup.destination.sftp";

    private static final long STOPS_WITHIN_MILLIS = 3000;

    private final SftpSettings settings;
    private final Cancellation stopping = new Cancellation();
    private final SshClient client;

    /**
     * Starts with a configuration.
     *
     * @param configuration the configuration
     * @throws IllegalArgumentException if it cannot be used
     */
    @Activate
    public SftpProvider(SftpConfiguration configuration) {
        this(SftpSettings.of(configuration));
    }

    SftpProvider(SftpSettings settings) {
        this.settings = settings;
        client = Client.of(settings);
    }

    /** Ends every connection at once, and waits until the threads are about to end. */
    @Deactivate
    void stop() {
        stopping.cancel(new Problem.Stopping());
        client.close(true).awaitUninterruptibly(STOPS_WITHIN_MILLIS);
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
        Line line = new Line(client, settings, stopping, cancellation);
        try {
            return new RemoteDirectory(line, path);
        } catch (BackupException | RuntimeException e) {
            line.close();
            throw e;
        }
    }
}

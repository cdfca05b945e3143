package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The way out to one configured bucket of an S3-compatible object store. */
@Component(configurationPid = S3Provider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BucketConfiguration.class, factory = true)
public final class S3Provider implements DestinationProvider {
    static final String PID = "de.joecash.backup.destination.s3";

    private final BucketSettings settings;
    private final Clock clock;
    private final Cancellation stopping = new Cancellation();

    /**
     * Starts with a configuration.
     *
     * @param configuration the configuration
     * @throws IllegalArgumentException if it cannot be used
     */
    @Activate
    public S3Provider(BucketConfiguration configuration) {
        this(BucketSettings.of(configuration), Clock.systemUTC());
    }

    S3Provider(BucketSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Ends every request at once. */
    @Deactivate
    void stop() {
        stopping.cancel(new Problem.Stopping());
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public String address() {
        return settings.store().address();
    }

    @Override
    public Destination connect(String directory, List<Path> offLimits, Cancellation cancellation)
            throws BackupException {
        stopping.check();
        cancellation.check();
        KeyPrefix prefix = KeyPrefix.of(directory);
        if (!settings.store().confidential() && !settings.store().allowCleartext()) {
            throw new BackupException(new Problem.CleartextRefused(settings.id()));
        }
        Bucket bucket = new Bucket(settings, prefix, new Line(settings, stopping, cancellation));
        try {
            bucket.enter();
            return new RemoteDirectory(bucket, clock);
        } catch (BackupException | RuntimeException e) {
            bucket.close();
            throw e;
        }
    }
}

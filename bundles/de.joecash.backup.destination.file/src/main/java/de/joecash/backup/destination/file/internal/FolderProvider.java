package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The way out to the medium at 01.2. */
@Component(configurationPid = FolderProvider.PID)
@Designate(ocd = FolderConfiguration.class)
public final class FolderProvider implements DestinationProvider {
    static final String PID = "de.joecash.backup.destination.file";

    private final MediumCheck check;
    private final VolumeSize volumes;
    private final Share share;
    private final Cancellation stopping = new Cancellation();

    /**
     * Starts with a configuration.
     *
     * @param configuration the configuration
     */
    @Activate
    public FolderProvider(FolderConfiguration configuration) {
        this(
                new MediumCheck(Mounts.ofThisSystem(), configuration.allowSameFileSystem()),
                VolumeSize.ofMegabytes(configuration.volumeMegabytes()),
                new Share(configuration.sharePercent()));
    }

    FolderProvider(MediumCheck check) {
        this(check, new VolumeSize(0), Share.ALL);
    }

    FolderProvider(MediumCheck check, VolumeSize volumes, Share share) {
        this.check = check;
        this.volumes = volumes;
        this.share = share;
    }

    /** Stops what is under way at its next step. */
    @Deactivate
    void stop() {
        stopping.cancel(new Problem.Stopping());
    }

    @Override
    public String id() {
        return MEDIUM;
    }

    @Override
    public Destination connect(String directory, List<Path> offLimits, Cancellation cancellation)
            throws BackupException {
        StopCheck stop = new StopCheck(stopping, cancellation);
        stop.check();
        return new Folder(check.accept(directory, offLimits), check, stop, volumes, share);
    }
}

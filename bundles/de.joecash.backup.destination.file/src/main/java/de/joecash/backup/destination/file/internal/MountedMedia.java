package de.joecash.backup.destination.file.internal;

import de.joecash.backup.FoundMedium;
import de.joecash.backup.spi.PluggedMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is mounted where systems mount what was plugged in: {@code /media} (Filesystem Hierarchy Standard 3.0,
 * 3.11, and 3.12 for {@code /mnt}) and {@code /run/media}, where udisks does.
 */
@Component(configurationPid = MountedMedia.PID)
@Designate(ocd = MediaConfiguration.class)
public final class MountedMedia implements PluggedMedia {
    static final String PID = "de.joecash.backup.destination.file.media";

    private static final Logger LOG = LoggerFactory.getLogger(MountedMedia.class);

    /** Takes no copy, whatever it is. */
    private static final Set<String> FOR_READING_ALONE = Set.of("iso9660", "udf", "squashfs");

    private final Mounts mounts;
    private final List<Path> below;
    private final List<Path> folders;

    /**
     * Looks where a configuration says.
     *
     * @param configuration the configuration
     */
    @Activate
    public MountedMedia(MediaConfiguration configuration) {
        this(Mounts.ofThisSystem(), paths(configuration.below()), paths(configuration.folders()));
    }

    /**
     * Looks at these mounts.
     *
     * @param below where media are mounted
     * @param folders are offered whatever they are
     */
    MountedMedia(Mounts mounts, List<Path> below, List<Path> folders) {
        this.mounts = mounts;
        this.below = below;
        this.folders = folders;
    }

    private static List<Path> paths(String[] configured) {
        return Stream.of(configured)
                .filter(path -> !path.isBlank())
                .map(path -> Path.of(path.strip()))
                .toList();
    }

    @Override
    public List<FoundMedium> list() {
        Map<Path, FoundMedium> found = new TreeMap<>();
        folders.stream().filter(Files::isDirectory).forEach(folder -> found.put(folder, medium(folder, "")));
        mounted().values().stream()
                .filter(mount -> Files.isDirectory(mount.point()))
                .forEach(mount -> found.put(mount.point(), medium(mount.point(), mount.type())));
        return List.copyOf(found.values());
    }

    /** What is seen at each place: of two mounts at one point the later one. */
    private Map<Path, Mounts.Mount> mounted() {
        Map<Path, Mounts.Mount> seen = new LinkedHashMap<>();
        try {
            Optional<String> system = mounts.covering(Path.of("/")).map(Mounts.Mount::device);
            mounts.mounts().stream()
                    .filter(mount -> below.stream().anyMatch(mount.point()::startsWith))
                    .forEach(mount -> seen.put(mount.point(), mount));
            seen.values()
                    .removeIf(mount ->
                            !onADevice(mount) || Optional.of(mount.device()).equals(system));
        } catch (IOException e) {
            LOG.debug("The system does not tell what is mounted", e);
        }
        return seen;
    }

    /**
     * What lies in memory, on another machine or in another folder has no major number (Linux, admin-guide, Linux
     * allocated devices), and a server that does not answer would hold up whoever asks for its size.
     */
    private static boolean onADevice(Mounts.Mount mount) {
        return !mount.device().startsWith("0:") && !FOR_READING_ALONE.contains(mount.type());
    }

    private static FoundMedium medium(Path path, String format) {
        return new FoundMedium(path.toString(), format, path.toFile().getTotalSpace());
    }
}

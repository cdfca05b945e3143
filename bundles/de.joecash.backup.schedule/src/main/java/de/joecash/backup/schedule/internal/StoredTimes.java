package de.joecash.backup.schedule.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.io.IOException;
import java.time.LocalTime;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The times of day as Config Admin keeps them: in no bundle's own location, so that they outlive a reinstallation. */
final class StoredTimes {
    private static final Logger LOG = LoggerFactory.getLogger(StoredTimes.class);
    private static final String ANY_LOCATION = "?";

    private final ConfigurationAdmin admin;

    StoredTimes(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /**
     * Keeps others and leaves the rest of the configuration as it is. The framework then makes a new schedule of it.
     *
     * @throws BackupException {@code Unexpected} if they cannot be kept
     */
    void change(List<LocalTime> times) throws BackupException {
        try {
            Configuration configuration = admin.getConfiguration(Schedule.PID, ANY_LOCATION);
            Dictionary<String, Object> stored = configuration.getProperties();
            Map<String, Object> properties =
                    stored == null ? new HashMap<>() : new HashMap<>(FrameworkUtil.asMap(stored));
            properties.put("times", times.stream().map(LocalTime::toString).toArray(String[]::new));
            configuration.update(FrameworkUtil.asDictionary(properties));
            LOG.info("Automatic backups are made at {} from now on", times);
        } catch (IOException e) {
            LOG.error("The times of automatic backups cannot be stored", e);
            throw new BackupException(new Problem.Unexpected(String.valueOf(e.getMessage())), e);
        }
    }
}

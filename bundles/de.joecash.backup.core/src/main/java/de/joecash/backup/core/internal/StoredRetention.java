package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Fate;
import de.joecash.backup.Problem;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.RetentionSettings;
import de.joecash.backup.core.internal.retention.Retention;
import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of retention as Config Admin keeps them: in no bundle's own location, so that they outlive a
 * reinstallation, and apart from the core's other settings, so that whoever changes them ends no run. What is not set
 * there counts as it stands among the core's.
 */
@Component(
        service = {RetentionSettings.class, StoredRetention.class},
        configurationPid = {StoredRetention.CORE, StoredRetention.PID})
public final class StoredRetention implements RetentionSettings {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRetention.class);

    static final String CORE = "de.joecash.backup.core";
    static final String PID = "de.joecash.backup.core.retention";

    private static final String ANY_LOCATION = "?";
    private static final RetentionRules USUAL = new RetentionRules(30, 3);

    @ObjectClassDefinition(
            pid = PID,
            localization = "OSGI-INF/l10n/core",
            name = "%retention.name",
            description = "%retention.description")
    @interface Config {
        @AttributeDefinition(name = "%keep.name", description = "%keep.description", min = "1")
        int keep() default 30;

        @AttributeDefinition(name = "%keepSafety.name", description = "%keepSafety.description", min = "1")
        int keepSafety() default 3;
    }

    private final ConfigurationAdmin admin;
    private volatile RetentionRules rules;

    /**
     * Takes what is stored. Rules that cannot be used must not keep backups from being made: then the usual ones hold.
     */
    @Activate
    public StoredRetention(Config config, @Reference ConfigurationAdmin admin) {
        this.admin = admin;
        rules = usable(config);
    }

    private static RetentionRules usable(Config config) {
        try {
            return read(config);
        } catch (RuntimeException e) {
            // Of a text that is no number the framework throws one of its own.
            LOG.error("The rules of retention that are configured cannot be used; {} hold", USUAL, e);
            return USUAL;
        }
    }

    /** Takes what was stored since; of rules that cannot be used the framework logs why, and the former ones stay. */
    @Modified
    synchronized void reload(Config config) {
        rules = read(config);
    }

    private static RetentionRules read(Config config) {
        return new RetentionRules(config.keep(), config.keepSafety());
    }

    /** Gives what is in force at this instant. */
    public Retention present() {
        return new Retention(rules);
    }

    @Override
    public RetentionRules rules() {
        return rules;
    }

    @Override
    public Map<BackupId, Fate> preview(RetentionRules others, List<Backup> listed) {
        return new Retention(others).next(listed);
    }

    @Override
    public synchronized void change(RetentionRules others) throws BackupException {
        try {
            Configuration configuration = admin.getConfiguration(PID, ANY_LOCATION);
            Dictionary<String, Object> stored = configuration.getProperties();
            Map<String, Object> properties =
                    stored == null ? new HashMap<>() : new HashMap<>(FrameworkUtil.asMap(stored));
            properties.put("keep", others.keep());
            properties.put("keepSafety", others.keepSafety());
            configuration.update(FrameworkUtil.asDictionary(properties));
            rules = others;
            LOG.info("{} backups and {} safety backups are kept from now on", others.keep(), others.keepSafety());
        } catch (IOException e) {
            LOG.error("The rules of retention cannot be stored", e);
            throw new BackupException(new Problem.Unexpected(String.valueOf(e.getMessage())), e);
        }
    }
}

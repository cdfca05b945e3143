package de.joecash.backup.pos.internal;

import de.joecash.backup.spi.PluggedMedia;
import de.joecash.pos.settings.InvalidSettingException;
import de.joecash.pos.settings.Setting;
import de.joecash.pos.settings.SettingsProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings 01.1 and 01.2. They are kept by Config Admin, in no bundle's own location, so that they outlive an
 * update and a reinstallation.
 *
 * <p>Config Admin is also where they are read from again after somebody else changed them: what it hands over with the
 * news of a change can be older than a change made here meanwhile.
 */
@Component(
        service = {SettingsProvider.class, LocalBackupSettings.class},
        immediate = true,
        configurationPid = LocalBackupSettings.PID)
@Designate(ocd = LocalBackupSettings.Config.class)
public final class LocalBackupSettings implements SettingsProvider {
    static final String PID = "de.joecash.backup.pos";

    private static final Logger LOG = LoggerFactory.getLogger(LocalBackupSettings.class);
    private static final String ANY_LOCATION = "?";

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/pos", name = "%name", description = "%description")
    @interface Config {
        @AttributeDefinition(name = "%kind.name", description = "%kind.description")
        String kind() default LocalBackup.NONE;

        @AttributeDefinition(name = "%path.name", description = "%path.description")
        String path() default "";

        @AttributeDefinition(name = "%dataCentre.name", description = "%dataCentre.description")
        String dataCentre() default LocalBackup.DATA_CENTRE;
    }

    /** A field that comes and goes: the settings are there without it. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile PluggedMedia plugged;

    private final ConfigurationAdmin admin;
    private final Object changing = new Object();
    private volatile LocalBackup present;

    /**
     * Reads what is stored.
     *
     * @throws IOException if Config Admin cannot read it
     */
    @Activate
    public LocalBackupSettings(@Reference ConfigurationAdmin admin) throws IOException {
        this.admin = admin;
        present = read(properties(configuration()));
    }

    @Modified
    void reload() throws IOException {
        synchronized (changing) {
            present = read(properties(configuration()));
        }
    }

    /** Gives what is in force at this instant. */
    LocalBackup present() {
        return present;
    }

    @Override
    public String id() {
        return "local-backup";
    }

    @Override
    public String parent() {
        return POS_HARDWARE;
    }

    @Override
    public String title(Locale locale) {
        return Texts.text("settings.title", locale);
    }

    /**
     * Lists both; what another host stored at 01.1 is offered there as long as it is set, and at 01.2 the media that
     * are plugged in are proposed.
     */
    @Override
    public List<Setting> settings() {
        List<Setting.Choice> kinds = new ArrayList<>(List.of(
                new Setting.Choice(LocalBackup.NONE, Texts.of("01.1.none")),
                new Setting.Choice(LocalBackup.FTP, Texts.of("01.1.F")),
                new Setting.Choice(LocalBackup.LOCAL, Texts.of("01.1.L"))));
        String kind = present.kind();
        if (kinds.stream().noneMatch(choice -> choice.value().equals(kind))) {
            kinds.add(new Setting.Choice(kind, locale -> kind + " – " + Texts.text("01.1.other", locale)));
        }
        return List.of(
                new Setting(
                        LocalBackup.KIND,
                        Setting.Kind.CHOICE,
                        kinds,
                        LocalBackup.NONE,
                        Texts.of("01.1.label"),
                        Texts.of("01.1.help")),
                new Setting(
                        LocalBackup.PATH,
                        Setting.Kind.TEXT,
                        proposed(),
                        "",
                        Texts.of("01.2.label"),
                        Texts.of("01.2.help")));
    }

    private List<Setting.Choice> proposed() {
        PluggedMedia there = plugged;
        return there == null
                ? List.of()
                : there.list().stream()
                        .map(medium -> new Setting.Choice(
                                medium.path(), locale -> (medium.path() + " " + medium.format()).strip()))
                        .toList();
    }

    @Override
    public Map<String, String> values() {
        LocalBackup now = present;
        return Map.of(LocalBackup.KIND, now.kind(), LocalBackup.PATH, now.path());
    }

    @Override
    public void change(Map<String, String> changes) throws InvalidSettingException {
        synchronized (changing) {
            LocalBackup changed = present.with(changes);
            if (changed.equals(present)) {
                return;
            }
            try {
                Configuration configuration = configuration();
                Map<String, Object> properties = properties(configuration);
                properties.put("kind", changed.kind());
                properties.put("path", changed.path());
                configuration.update(FrameworkUtil.asDictionary(properties));
            } catch (IOException e) {
                LOG.error("Settings 01.1 and 01.2 cannot be stored", e);
                throw LocalBackup.refused(changes.keySet().iterator().next(), "notKept");
            }
            present = changed;
        }
    }

    private Configuration configuration() throws IOException {
        return admin.getConfiguration(PID, ANY_LOCATION);
    }

    private static Map<String, Object> properties(Configuration configuration) {
        Dictionary<String, Object> stored = configuration.getProperties();
        return stored == null ? new HashMap<>() : new HashMap<>(FrameworkUtil.asMap(stored));
    }

    private static LocalBackup read(Map<String, Object> properties) {
        LocalBackup read =
                LocalBackup.stored(properties.get("kind"), properties.get("path"), properties.get("dataCentre"));
        warn("kind", properties, read.kind(), LocalBackup.NONE);
        warn("path", properties, read.path(), "");
        warn("dataCentre", properties, read.dataCentre(), LocalBackup.DATA_CENTRE);
        return read;
    }

    private static void warn(String name, Map<String, Object> properties, String used, String unset) {
        String stored = properties.getOrDefault(name, unset).toString().strip();
        if (used.equals(unset) && !stored.isEmpty() && !stored.equals(unset)) {
            LOG.warn("What {} holds as \"{}\" cannot be used and is taken as not set", PID, name);
        }
    }
}

package de.joecash.backup.pos.internal;

import de.joecash.pos.settings.InvalidSettingException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code backup:settings [KEY [VALUE]]} of the Gogo shell: lists the settings, shows one, sets one. */
@Component(
        service = SettingsCommand.class,
        property = {"osgi.command.scope=backup", "osgi.command.function=settings"})
public final class SettingsCommand {
    private final LocalBackupSettings settings;

    /** Creates the command. */
    @Activate
    public SettingsCommand(@Reference LocalBackupSettings settings) {
        this.settings = settings;
    }

    /** Lists the settings. */
    public void settings() {
        System.out.println(
                settings.settings().stream().map(setting -> line(setting.key())).collect(Collectors.joining("\n")));
    }

    /**
     * Shows one.
     *
     * @throws IllegalArgumentException if there is no such setting
     */
    public void settings(String key) {
        System.out.println(line(key));
    }

    /**
     * Sets one, and shows it then.
     *
     * @throws IllegalArgumentException with a line that says why, if it is refused
     */
    public void settings(String key, String value) {
        try {
            settings.change(Map.of(key, value));
        } catch (InvalidSettingException e) {
            throw new IllegalArgumentException(e.problem(Locale.getDefault()));
        }
        settings(key);
    }

    private String line(String key) {
        Locale locale = Locale.getDefault();
        return settings.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .map(setting -> setting.label().apply(locale) + ": "
                        + shown(settings.values().get(key), locale))
                .orElseThrow(() -> new IllegalArgumentException(Texts.text("refused.unknown", locale)));
    }

    private static String shown(String value, Locale locale) {
        return value.isEmpty() ? Texts.text("command.empty", locale) : value;
    }
}

package de.joecash.pos.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The settings a plug-in owns.
 *
 * <p>A plug-in registers it as an OSGi service; the host draws a page for it and hands changes back. The plug-in
 * validates and keeps the values, so that they survive the host's restart and the plug-in's update. Called from any
 * thread.
 *
 * <pre>{@code
 * for (Setting setting : provider.settings()) {
 *     draw(setting.label().apply(locale), provider.values().get(setting.key()));
 * }
 * try {
 *     provider.change(Map.of("01.1", "L"));
 * } catch (InvalidSettingException e) {
 *     show(e.problem(locale));
 * }
 * }</pre>
 */
@ConsumerType
public interface SettingsProvider {
    /** Backoffice › Einstellungen › POS Hardware. */
    String POS_HARDWARE = "backoffice/settings/pos-hardware";

    /**
     * Names this group of settings among all groups.
     *
     * @return 1 to 64 characters of {@code a-z 0-9 . -}, the same at every call
     */
    String id();

    /**
     * Says where the group hangs.
     *
     * @return ids of the host's sections from the outermost inwards, joined by {@code /}
     */
    String parent();

    /**
     * Gives the group's title.
     *
     * @param locale the user's
     * @return plain text, not empty
     */
    String title(Locale locale);

    /**
     * Lists the settings.
     *
     * @return in the order of display
     */
    List<Setting> settings();

    /**
     * Gives the present values.
     *
     * @return a value for every key of {@link #settings()}, the default where none was set
     */
    Map<String, String> values();

    /**
     * Changes values: all of them or, on an exception, none. When it returns, the change is kept and in force.
     *
     * @param changes new values by key; keys left out stay as they are
     * @throws InvalidSettingException if a key is unknown or a value is refused
     */
    void change(Map<String, String> changes) throws InvalidSettingException;
}

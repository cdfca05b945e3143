package de.joecash.pos.menu;

import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One entry in the host's menu.
 *
 * <p>A plug-in registers it as an OSGi service; the host draws every entry that is registered and drops it when the
 * service goes. All methods are called from any thread, at any time, and answer at once.
 *
 * <pre>{@code
 * @Component
 * public final class LoyaltyMenu implements MenuContribution {
 *     public String id() { return "loyalty"; }
 *     public String parent() { return MAINTENANCE; }
 *     public String title(Locale locale) { return "de".equals(locale.getLanguage()) ? "Treuekarten" : "Loyalty cards"; }
 *     public String help(Locale locale) { return ""; }
 *     public int order() { return 50; }
 *     public String target() { return "/loyalty/"; }
 * }
 * }</pre>
 */
@ConsumerType
public interface MenuContribution {
    /** Backoffice › Wartung. */
    String MAINTENANCE = "backoffice/maintenance";

    /** Backoffice › Einstellungen › POS Hardware. */
    String POS_HARDWARE = "backoffice/settings/pos-hardware";

    /**
     * Names this entry among all entries.
     *
     * @return 1 to 64 characters of {@code a-z 0-9 . -}, the same at every call
     */
    String id();

    /**
     * Says where the entry hangs.
     *
     * @return ids of the host's sections from the outermost inwards, joined by {@code /}; a host that does not know the
     *     path draws the entry in the nearest section it knows
     */
    String parent();

    /**
     * Gives the entry's title.
     *
     * @param locale the user's; a locale without a translation is answered in English
     * @return plain text, never markup, not empty
     */
    String title(Locale locale);

    /**
     * Gives one sentence about what is behind the entry.
     *
     * @param locale the user's
     * @return plain text, perhaps empty
     */
    String help(Locale locale);

    /**
     * Gives the place among the entries of one section.
     *
     * @return smaller comes first; entries of one order are sorted by title
     */
    int order();

    /**
     * Gives the page behind the entry.
     *
     * @return a path from the root of the host's back office, beginning with {@code /}
     */
    String target();

    /**
     * Says what behind this entry cannot be used at present, and why, or what there wants somebody's attention. Quick,
     * as menus are drawn often.
     *
     * @param locale the user's
     * @return plain text for display beside the entry, or empty where everything is well
     */
    default Optional<String> notice(Locale locale) {
        return Optional.empty();
    }
}

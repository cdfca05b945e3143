package de.joecash.pos.reference.internal.web;

import de.joecash.pos.menu.MenuContribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The menu as it is drawn: the sections this host knows, with what plug-ins hung into them. */
final class Menu {
    private static final Logger LOG = LoggerFactory.getLogger(Menu.class);
    private static final String ROOT = "backoffice";
    private static final List<String> SECTIONS =
            List.of(MenuContribution.MAINTENANCE, MenuContribution.POS_HARDWARE, "backoffice/settings", ROOT);

    /** A path on this server; {@code //} and {@code /\} would lead to another one. */
    private static final Pattern TARGET = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,500}|/");

    private Menu() {}

    /** One section. */
    record Section(String id, List<Entry> entries) {}

    /** One entry; the notice is {@code null} where there is none. */
    record Entry(String id, String title, String help, String notice, String target, int order) {}

    static List<Section> draw(List<MenuContribution> contributions, Locale locale) {
        Map<String, List<Entry>> sections = new LinkedHashMap<>();
        SECTIONS.forEach(section -> sections.put(section, new ArrayList<>()));
        for (MenuContribution contribution : contributions) {
            try {
                Entry entry = entry(contribution, locale);
                if (isPath(entry.target())) {
                    sections.get(section(contribution.parent())).add(entry);
                }
            } catch (RuntimeException e) {
                // A plug-in that is just being stopped, most of the time; the menu is drawn again in a second.
                LOG.debug("A menu entry could not be drawn", e);
            }
        }
        Comparator<Entry> order = Comparator.comparingInt(Entry::order).thenComparing(Entry::title);
        return sections.entrySet().stream()
                .map(section -> new Section(
                        section.getKey(),
                        section.getValue().stream().sorted(order).toList()))
                .toList();
    }

    /** Whether somebody who follows it stays on this server. */
    static boolean isPath(String target) {
        return TARGET.matcher(target).matches();
    }

    private static Entry entry(MenuContribution contribution, Locale locale) {
        return new Entry(
                contribution.id(),
                contribution.title(locale),
                contribution.help(locale),
                contribution.notice(locale).orElse(null),
                contribution.target(),
                contribution.order());
    }

    /** Gives the nearest section this host knows. */
    static String section(String parent) {
        String nearest = parent;
        while (!SECTIONS.contains(nearest)) {
            int cut = nearest.lastIndexOf('/');
            if (cut < 0) {
                return ROOT;
            }
            nearest = nearest.substring(0, cut);
        }
        return nearest;
    }
}

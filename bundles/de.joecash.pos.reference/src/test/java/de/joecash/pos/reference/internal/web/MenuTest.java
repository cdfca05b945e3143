package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.menu.MenuContribution;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MenuTest {
    @ParameterizedTest
    @CsvSource({
        "backoffice/maintenance,backoffice/maintenance",
        "backoffice/maintenance/deep/er,backoffice/maintenance",
        "backoffice/settings/pos-hardware,backoffice/settings/pos-hardware",
        "backoffice/settings/printers,backoffice/settings",
        "backoffice/elsewhere,backoffice",
        "elsewhere,backoffice"
    })
    void drawsAnEntryInTheNearestSectionItKnows(String parent, String section) {
        assertThat(Menu.section(parent)).isEqualTo(section);
    }

    @Test
    void sortsByOrderThenTitle() {
        List<Menu.Section> menu = Menu.draw(
                List.of(new Fixed("C", 20, "/c"), new Fixed("B", 20, "/b"), new Fixed("Z", 10, "/z/")), Locale.ENGLISH);
        assertThat(menu.get(0).entries()).extracting(Menu.Entry::title).containsExactly("Z", "B", "C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil", "/\\evil", "https://evil", "javascript:alert(1)", "", "/a\nb", "/a\\b"})
    void leavesOutWhatWouldLeadElsewhere(String target) {
        List<Menu.Section> menu = Menu.draw(List.of(new Fixed("X", 1, target)), Locale.ENGLISH);
        assertThat(menu).allSatisfy(section -> assertThat(section.entries()).isEmpty());
    }

    @Test
    void drawsTheOthersWhenOnePluginFails() {
        MenuContribution failing = new Fixed("F", 1, "/f") {
            @Override
            public String title(Locale locale) {
                throw new IllegalStateException("just being stopped");
            }
        };
        List<Menu.Section> menu = Menu.draw(List.of(failing, new Fixed("G", 1, "/g")), Locale.GERMAN);
        assertThat(menu.get(0).entries()).extracting(Menu.Entry::title).containsExactly("G");
        assertThat(menu.get(0).entries().get(0).notice()).isEqualTo("de");
    }

    private static class Fixed implements MenuContribution {
        private final String title;
        private final int order;
        private final String target;

        Fixed(String title, int order, String target) {
            this.title = title;
            this.order = order;
            this.target = target;
        }

        @Override
        public String id() {
            return title;
        }

        @Override
        public String parent() {
            return MAINTENANCE;
        }

        @Override
        public String title(Locale locale) {
            return title;
        }

        @Override
        public String help(Locale locale) {
            return "";
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public String target() {
            return target;
        }

        @Override
        public Optional<String> notice(Locale locale) {
            return Optional.of(locale.getLanguage());
        }
    }
}

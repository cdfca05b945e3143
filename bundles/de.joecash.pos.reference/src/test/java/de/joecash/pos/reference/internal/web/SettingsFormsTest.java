package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.settings.InvalidSettingException;
import de.joecash.pos.settings.Setting;
import de.joecash.pos.settings.SettingsProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsFormsTest {
    private final Printer printer = new Printer();

    @Test
    void drawsLabelsChoicesAndPresentValuesInTheUsersLanguage() {
        printer.values.put("1", "B");
        SettingsForms.Form form =
                SettingsForms.draw(List.of(printer), Locale.GERMAN).get(0);
        assertThat(form.title()).isEqualTo("printer de");
        assertThat(form.section()).isEqualTo(SettingsProvider.POS_HARDWARE);
        SettingsForms.Field field = form.fields().get(0);
        assertThat(field.label()).isEqualTo("label de");
        assertThat(field.value()).isEqualTo("B");
        assertThat(field.choices()).containsExactly(new SettingsForms.Option("B", "choice de"));
    }

    @Test
    void handsARefusalBackAtItsFieldAndInTheUsersLanguage() {
        assertThat(SettingsForms.change(printer, Map.of("1", "bad"), Locale.GERMAN))
                .contains(new SettingsForms.Refusal("1", "refused de"));
        assertThat(printer.values).isEmpty();
        assertThat(SettingsForms.change(printer, Map.of("1", "B"), Locale.GERMAN))
                .isEmpty();
        assertThat(printer.values).containsEntry("1", "B");
    }

    private static final class Printer implements SettingsProvider {
        private final Map<String, String> values = new HashMap<>();

        @Override
        public String id() {
            return "printer";
        }

        @Override
        public String parent() {
            return POS_HARDWARE;
        }

        @Override
        public String title(Locale locale) {
            return "printer " + locale;
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting(
                    "1",
                    Setting.Kind.CHOICE,
                    List.of(new Setting.Choice("B", locale -> "choice " + locale)),
                    "A",
                    locale -> "label " + locale,
                    locale -> ""));
        }

        @Override
        public Map<String, String> values() {
            return Map.copyOf(values);
        }

        @Override
        public void change(Map<String, String> changes) throws InvalidSettingException {
            if (changes.containsValue("bad")) {
                throw new InvalidSettingException("1", locale -> "refused " + locale);
            }
            values.putAll(changes);
        }
    }
}

package de.joecash.pos.reference.internal.web;

import de.joecash.pos.settings.InvalidSettingException;
import de.joecash.pos.settings.Setting;
import de.joecash.pos.settings.SettingsProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of plug-ins as forms, and back. */
final class SettingsForms {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsForms.class);

    private SettingsForms() {}

    /** One group. */
    record Form(String id, String section, String title, List<Field> fields) {}

    /** One setting. */
    record Field(String key, String kind, String label, String help, String value, List<Option> choices) {}

    /** One choice. */
    record Option(String value, String label) {}

    /** Why a value was refused. */
    record Refusal(String key, String problem) {}

    static List<Form> draw(List<SettingsProvider> providers, Locale locale) {
        List<Form> forms = new ArrayList<>();
        for (SettingsProvider provider : providers) {
            try {
                forms.add(form(provider, locale));
            } catch (RuntimeException e) {
                // A plug-in that is just being stopped, most of the time.
                LOG.debug("A group of settings could not be drawn", e);
            }
        }
        forms.sort(Comparator.comparing(Form::title));
        return forms;
    }

    private static Form form(SettingsProvider provider, Locale locale) {
        Map<String, String> values = provider.values();
        List<Field> fields = provider.settings().stream()
                .map(setting -> field(setting, values.getOrDefault(setting.key(), setting.defaultValue()), locale))
                .toList();
        return new Form(provider.id(), Menu.section(provider.parent()), provider.title(locale), fields);
    }

    private static Field field(Setting setting, String value, Locale locale) {
        List<Option> choices = setting.choices().stream()
                .map(choice -> new Option(choice.value(), choice.label().apply(locale)))
                .toList();
        return new Field(
                setting.key(),
                setting.kind().name(),
                setting.label().apply(locale),
                setting.help().apply(locale),
                value,
                choices);
    }

    /** Hands values to their provider; gives its refusal, or nothing where they are in force. */
    static Optional<Refusal> change(SettingsProvider provider, Map<String, String> values, Locale locale) {
        try {
            provider.change(values);
            return Optional.empty();
        } catch (InvalidSettingException e) {
            return Optional.of(new Refusal(e.key(), e.problem(locale)));
        }
    }
}

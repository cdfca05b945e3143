package de.joecash.pos.reference.internal.web;

import de.joecash.pos.menu.MenuContribution;
import de.joecash.pos.settings.SettingsProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What plug-ins contribute at this moment. */
@Component(service = Plugins.class)
public final class Plugins {
    // Not final: plug-ins come and go while the pages stay.
    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<MenuContribution> entries = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<SettingsProvider> settings = List.of();

    List<MenuContribution> entries() {
        return List.copyOf(entries);
    }

    List<SettingsProvider> settings() {
        return List.copyOf(settings);
    }
}

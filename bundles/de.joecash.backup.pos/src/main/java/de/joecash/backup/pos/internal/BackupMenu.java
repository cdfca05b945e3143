package de.joecash.backup.pos.internal;

import de.joecash.pos.menu.MenuContribution;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;

/** Wartung › Datensicherung. It stays when +Backup goes, and says what went with it. */
@Component
public final class BackupMenu implements MenuContribution {
    /** A field that comes and goes, not a constructor's: the entry must not leave the menu for the change's time. */
    @Reference(
            name = "plus",
            target = Plus.TARGET,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Condition plus;

    /** Creates the entry. */
    public BackupMenu() {}

    @Override
    public String id() {
        return "backup";
    }

    @Override
    public String parent() {
        return MAINTENANCE;
    }

    @Override
    public String title(Locale locale) {
        return Texts.text("menu.title", locale);
    }

    @Override
    public String help(Locale locale) {
        return Texts.text("menu.help", locale);
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String target() {
        return "/backup/";
    }

    @Override
    public Optional<String> notice(Locale locale) {
        return plus == null ? Optional.of(Texts.text("menu.notice", locale)) : Optional.empty();
    }
}

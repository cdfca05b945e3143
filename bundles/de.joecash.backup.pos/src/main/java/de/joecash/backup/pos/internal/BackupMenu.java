package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupService;
import de.joecash.backup.Safety;
import de.joecash.pos.menu.MenuContribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;

/**
 * Wartung › Datensicherung. It stays when +Backup goes, and says what went with it; and it says what is overdue or
 * wrong to whoever does not open the page.
 */
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

    /** Comes and goes as well. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile BackupService backups;

    private final SafetyLately lately;

    /** Creates the entry. */
    @Activate
    public BackupMenu() {
        this(System::nanoTime);
    }

    BackupMenu(LongSupplier nanos) {
        lately = new SafetyLately(nanos);
    }

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
        List<String> said = new ArrayList<>();
        BackupService there = backups;
        Safety safety = there == null ? Safety.SAFE : lately.of(there);
        if (safety != Safety.SAFE) {
            said.add(Texts.text("menu." + safety, locale));
        }
        if (plus == null) {
            said.add(Texts.text("menu.notice", locale));
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", said));
    }
}

package de.joecash.pos.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Says what is still missing of a host that is up. What an administrator stopped is not missing. */
final class Readiness {
    private static final String SPI = "(objectClass=de.joecash.backup.spi.";

    /** A service that a bundle registers once it works. */
    private record Expected(String bundle, String filter) {}

    private static final List<Expected> SERVICES = List.of(
            new Expected("org.apache.felix.gogo.runtime", "(objectClass=" + Script.COMMAND_PROCESSOR + ")"),
            new Expected("de.joecash.pos.reference", "(osgi.condition.id=de.joecash.pos.ready)"),
            new Expected("de.joecash.pos.reference", "(osgi.command.scope=pos)"),
            new Expected("de.joecash.backup.core", "(objectClass=de.joecash.backup.BackupService)"),
            new Expected("de.joecash.backup.destination.file", SPI + "DestinationProvider)"),
            new Expected("de.joecash.backup.destination.ftp", SPI + "DestinationProvider)"),
            new Expected("de.joecash.backup.pos", "(objectClass=de.joecash.pos.settings.SettingsProvider)"),
            new Expected("de.joecash.backup.shell", "(osgi.command.scope=backup)"),
            new Expected("de.joecash.backup.update", "(osgi.command.scope=backup)"));

    private final BundleContext context;

    Readiness(BundleContext context) {
        this.context = context;
    }

    /** Lists, for the user, what is missing at this instant. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (shouldRun(bundle) && bundle.getState() != Bundle.ACTIVE) {
                missing.add(Texts.text("ready.bundle", bundle.getSymbolicName()));
            }
        }
        List<Expected> services = new ArrayList<>(SERVICES);
        kind().ifPresent(kind -> services.add(new Expected("de.joecash.backup.source." + kind, SPI + "Source)")));
        for (Expected expected : services) {
            Stream.of(context.getBundles())
                    .filter(bundle -> expected.bundle().equals(bundle.getSymbolicName()))
                    .filter(Readiness::shouldRun)
                    .filter(bundle -> !registers(bundle, expected.filter()))
                    .forEach(bundle ->
                            missing.add(Texts.text("ready.service", bundle.getSymbolicName(), expected.filter())));
        }
        return missing;
    }

    /** Says what database the till is on, once it is ready. */
    private Optional<Object> kind() {
        return Optional.ofNullable(context.getServiceReference("de.joecash.pos.database.PosDatabase"))
                .map(till -> till.getProperty("database.kind"));
    }

    private static boolean shouldRun(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private boolean registers(Bundle bundle, String filter) {
        try {
            ServiceReference<?>[] services = context.getAllServiceReferences(null, filter);
            return services != null && Stream.of(services).anyMatch(service -> bundle.equals(service.getBundle()));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package de.joecash.pos.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * What at a place is signed by the till that was confirmed. By reflection: the service's package lies in a bundle, the
 * launcher outside of all of them.
 */
final class ConfirmedBackups {
    private static final String SERVICE = "de.joecash.backup.BackupService";

    private ConfirmedBackups() {}

    /** The names, newest first; empty where the place does not answer any more. */
    static Optional<List<String>> at(RemotePlace place, BundleContext context) {
        ServiceReference<?> reference = context.getServiceReference(SERVICE);
        Object service = reference == null ? null : context.getService(reference);
        if (service == null) {
            return Optional.empty();
        }
        try {
            ClassLoader loader = service.getClass().getClassLoader();
            Class<?> type = loader.loadClass("de.joecash.backup.Place");
            Object there =
                    type.getConstructor(String.class, String.class).newInstance(place.destination(), place.directory());
            List<String> confirmed = new ArrayList<>();
            for (Object backup : (List<?>)
                    loader.loadClass(SERVICE).getMethod("listAt", type).invoke(service, there)) {
                Class<?> found = backup.getClass();
                if (((Optional<?>) found.getMethod("problem").invoke(backup)).isEmpty()) {
                    Object id = found.getMethod("id").invoke(backup);
                    confirmed.add((String) id.getClass().getMethod("value").invoke(id));
                }
            }
            return Optional.of(confirmed);
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        } finally {
            context.ungetService(reference);
        }
    }
}

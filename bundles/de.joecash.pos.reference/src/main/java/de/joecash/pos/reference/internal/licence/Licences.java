package de.joecash.pos.reference.internal.licence;

import de.joecash.pos.entitlement.Entitlement;
import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Grants and withdraws features: keeps the grant on disk first, then registers or unregisters its service. */
@Component(service = Licences.class, immediate = true)
public final class Licences {
    /** The feature that the demo's switch is for. */
    public static final String PLUS_BACKUP = "+Backup";

    /** Framework property: the features of a new till, separated by commas; +Backup where it is missing. */
    private static final String AT_FIRST = "de.joecash.features";

    private final BundleContext context;
    private final LicenceFile file;
    /** Held while a grant changes, so that changes come one after the other; nobody calls back into here meanwhile. */
    private final ReentrantLock change = new ReentrantLock();

    private volatile Map<String, Grant> grants;
    private final Map<String, ServiceRegistration<Entitlement>> registrations = new LinkedHashMap<>();

    /**
     * Grants what was granted before the last stop.
     *
     * @param context of this bundle
     * @throws IOException if the grants cannot be read
     */
    @Activate
    public Licences(BundleContext context) throws IOException {
        this.context = context;
        this.file = new LicenceFile(DataDirectory.of(context).directory("").resolve("licences"));
        Map<String, Grant> kept = new LinkedHashMap<>();
        for (Grant grant : file.read().orElseGet(() -> atFirst(context.getProperty(AT_FIRST)))) {
            kept.put(grant.feature(), grant);
            register(grant);
        }
        grants = Map.copyOf(kept);
    }

    static List<Grant> atFirst(String features) {
        String wanted = features == null ? PLUS_BACKUP : features;
        return List.of(wanted.split(",", -1)).stream()
                .map(String::strip)
                .filter(feature -> !feature.isEmpty())
                .map(feature -> new Grant(feature, Optional.empty()))
                .toList();
    }

    /**
     * Looks a grant up.
     *
     * @param feature its name
     * @return empty where it is not granted; a grant whose end has passed is still given
     */
    public Optional<Grant> grant(String feature) {
        return Optional.ofNullable(grants.get(feature));
    }

    /**
     * Grants a feature, also in place of an earlier grant.
     *
     * @param grant what is granted
     * @throws IOException if it cannot be kept; nothing was changed
     */
    public void grant(Grant grant) throws IOException {
        change(grant.feature(), Optional.of(grant));
    }

    /**
     * Withdraws a feature; one that is not granted is no error.
     *
     * @param feature its name
     * @throws IOException if it cannot be kept; nothing was changed
     */
    public void withdraw(String feature) throws IOException {
        change(feature, Optional.empty());
    }

    private void change(String feature, Optional<Grant> next) throws IOException {
        change.lock();
        try {
            Map<String, Grant> changed = new LinkedHashMap<>(grants);
            changed.remove(feature);
            next.ifPresent(grant -> changed.put(feature, grant));
            file.write(changed.values());
            grants = Map.copyOf(changed);
            ServiceRegistration<Entitlement> old = registrations.remove(feature);
            // The new one first: a longer grant must not look like a withdrawal in between.
            next.ifPresent(this::register);
            if (old != null) {
                old.unregister();
            }
        } finally {
            change.unlock();
        }
    }

    private void register(Grant grant) {
        registrations.put(grant.feature(), context.registerService(Entitlement.class, grant, null));
    }

    /** Takes every grant back, for as long as the bundle is stopped. */
    @Deactivate
    public void stop() {
        change.lock();
        try {
            registrations.values().forEach(ServiceRegistration::unregister);
            registrations.clear();
        } finally {
            change.unlock();
        }
    }
}

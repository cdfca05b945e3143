package de.joecash.backup.update.internal.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Whether what was installed is up. Bundles that ran have to run; components that were satisfied have to be satisfied
 * again, and so have new ones, but for those that nobody has configured. What was not up before, such as the source of
 * another database, need not be now.
 */
public final class Health {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Comparator<Ill> CAUSES_FIRST = Comparator.<Ill, Boolean>comparing(
                    ill -> ill.kind() != Ill.Kind.COMPONENT_FAILED)
            .thenComparing(Ill::onlyWaits);
    private static final String CAUSED_BY = "Caused by: ";
    private static final int UP = ComponentConfigurationDTO.SATISFIED | ComponentConfigurationDTO.ACTIVE;

    private final Bundles bundles;
    private final ServiceComponentRuntime components;

    /** Looks at these bundles and these components. */
    public Health(Bundles bundles, ServiceComponentRuntime components) {
        this.bundles = bundles;
        this.components = components;
    }

    /** How these are now. */
    List<Journal.Before> now(Collection<Bundle> watched) {
        List<Journal.Before> now = new ArrayList<>();
        for (Bundle bundle : watched) {
            List<String> up = new ArrayList<>();
            List<String> waiting = new ArrayList<>();
            for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
                (configurations(component).stream().anyMatch(Health::isUp) ? up : waiting).add(component.name);
            }
            now.add(new Journal.Before(bundle.getLocation(), bundle.getSymbolicName(), runs(bundle), up, waiting));
        }
        return now;
    }

    /** Waits until all is up, and gives what is not at the limit: what fails before what waits for it. */
    Optional<Ill> await(List<Journal.Before> before, Duration limit, Stopping stopping) throws StoppedException {
        long begun = System.nanoTime();
        Set<Bundle> used = new HashSet<>();
        Optional<Ill> ill = look(before, used);
        while (ill.isPresent() && System.nanoTime() - begun < limit.toNanos()) {
            stopping.pause(BETWEEN_LOOKS);
            ill = look(before, used);
        }
        return ill;
    }

    private Optional<Ill> look(List<Journal.Before> before, Set<Bundle> used) {
        return before.stream()
                .filter(Journal.Before::active)
                .map(one -> look(one, used))
                .flatMap(Optional::stream)
                .min(CAUSES_FIRST);
    }

    private Optional<Ill> look(Journal.Before before, Set<Bundle> used) {
        try {
            return lookAt(before, used);
        } catch (RuntimeException e) {
            // Such as that it was uninstalled in this instant.
            return Optional.of(Ill.of(Ill.Kind.BUNDLE_DOWN, before.symbolicName(), e.toString()));
        }
    }

    private Optional<Ill> lookAt(Journal.Before before, Set<Bundle> used) {
        Optional<Bundle> bundle = bundles.at(before.location());
        if (bundle.isEmpty() || !runs(bundle.get())) {
            String state = bundle.map(one -> state(one.getState())).orElse("UNINSTALLED");
            return Optional.of(Ill.of(Ill.Kind.BUNDLE_DOWN, before.symbolicName(), state));
        }
        return components(bundle.get(), before).or(() -> {
            // A component that nobody has used yet may still fail when somebody does.
            if (!used.contains(bundle.get())) {
                use(bundle.get());
                used.add(bundle.get());
            }
            return components(bundle.get(), before);
        });
    }

    private Optional<Ill> components(Bundle bundle, Journal.Before before) {
        Collection<ComponentDescriptionDTO> described = components.getComponentDescriptionDTOs(bundle);
        if (described.isEmpty() && !before.up().isEmpty()) {
            return Optional.of(Ill.of(Ill.Kind.COMPONENTS_GONE, before.symbolicName()));
        }
        return described.stream()
                .filter(component -> !before.waiting().contains(component.name))
                .map(component -> look(bundle, component, before.up().contains(component.name)))
                .flatMap(Optional::stream)
                .min(CAUSES_FIRST);
    }

    private Optional<Ill> look(Bundle bundle, ComponentDescriptionDTO component, boolean wasUp) {
        List<ComponentConfigurationDTO> found = configurations(component);
        Optional<ComponentConfigurationDTO> failed = found.stream()
                .filter(one -> one.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of(Ill.of(
                    Ill.Kind.COMPONENT_FAILED,
                    component.name,
                    bundle.getSymbolicName(),
                    cause(String.valueOf(failed.get().failure))));
        }
        Optional<Ill> unloadable = unloadable(bundle, component);
        if (unloadable.isPresent()) {
            return unloadable;
        }
        boolean unconfigured =
                found.stream().allMatch(one -> (one.state & ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) != 0);
        boolean excused = component.factory != null
                || !components.isComponentEnabled(component)
                || (unconfigured && !wasUp && component.configurationPolicy.equals("require"));
        return excused || found.stream().anyMatch(Health::isUp)
                ? Optional.empty()
                : Optional.of(
                        Ill.of(Ill.Kind.COMPONENT_WAITS, component.name, bundle.getSymbolicName(), missing(found)));
    }

    /** Declarative Services call a component satisfied, whether or not there is a class for it. */
    private static Optional<Ill> unloadable(Bundle bundle, ComponentDescriptionDTO component) {
        if (bundle.getState() != Bundle.ACTIVE) {
            return Optional.empty();
        }
        try {
            bundle.loadClass(component.implementationClass);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(
                    Ill.of(Ill.Kind.COMPONENT_FAILED, component.name, bundle.getSymbolicName(), e.toString()));
        }
    }

    /** The innermost cause's line of a stack trace. */
    private static String cause(String trace) {
        return trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((outer, inner) -> inner)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElse(trace);
    }

    private static String missing(List<ComponentConfigurationDTO> found) {
        return found.stream()
                .flatMap(one -> Stream.of(one.unsatisfiedReferences))
                .map(reference -> reference.target == null ? reference.name : reference.name + " " + reference.target)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private List<ComponentConfigurationDTO> configurations(ComponentDescriptionDTO component) {
        return List.copyOf(components.getComponentConfigurationDTOs(component));
    }

    private static boolean isUp(ComponentConfigurationDTO configuration) {
        return (configuration.state & UP) != 0;
    }

    private static boolean runs(Bundle bundle) {
        // With a lazy activation policy it is not further than that until somebody needs it.
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    private void use(Bundle bundle) {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        for (ServiceReference<?> service : registered == null ? new ServiceReference<?>[0] : registered) {
            if (service.getProperty("component.name") != null
                    && bundles.context().getService(service) != null) {
                bundles.context().ungetService(service);
            }
        }
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STOPPING -> "STOPPING";
            default -> Integer.toString(state);
        };
    }
}

package de.joecash.pos.runtime;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Components that took no configuration, as Declarative Services tells it ({@code ComponentConfigurationDTO.failure},
 * OSGi Compendium 8, 112.9.5). By reflection: its packages lie in bundles, the launcher outside of all of them.
 */
final class FailedComponents {
    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";

    /** What our components throw where a configuration is not a possible one, in the trace that the failure is. */
    private static final Pattern REFUSED =
            Pattern.compile("(?m)^(?:Caused by: )?java\\.lang\\.IllegalArgumentException: (.+)$");

    private FailedComponents() {}

    /** The words with which a configuration was refused, if one was. */
    static Optional<String> words(BundleContext context) {
        ServiceReference<?> reference = context.getServiceReference(RUNTIME);
        if (reference == null) {
            return Optional.empty();
        }
        Object runtime = context.getService(reference);
        if (runtime == null) {
            return Optional.empty();
        }
        try {
            return words(runtime);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            context.ungetService(reference);
        }
    }

    private static Optional<String> words(Object runtime) throws ReflectiveOperationException {
        Class<?> type = runtime.getClass().getClassLoader().loadClass(RUNTIME);
        ClassLoader loader = type.getClassLoader();
        Class<?> description = loader.loadClass("org.osgi.service.component.runtime.dto.ComponentDescriptionDTO");
        Object all = type.getMethod("getComponentDescriptionDTOs", Bundle[].class)
                .invoke(runtime, Array.newInstance(Bundle.class, 0));
        for (Object component : (Collection<?>) all) {
            Object configurations =
                    type.getMethod("getComponentConfigurationDTOs", description).invoke(runtime, component);
            for (Object configuration : (Collection<?>) configurations) {
                Optional<String> words = failure(configuration);
                if (words.isPresent()) {
                    return words;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> failure(Object configuration) throws ReflectiveOperationException {
        Object failure = configuration.getClass().getField("failure").get(configuration);
        Matcher refused = REFUSED.matcher(failure == null ? "" : (String) failure);
        return refused.find() ? Optional.of(refused.group(1)) : Optional.empty();
    }
}

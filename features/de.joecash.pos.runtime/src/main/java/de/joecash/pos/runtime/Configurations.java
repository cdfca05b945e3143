package de.joecash.pos.runtime;

import java.lang.reflect.InvocationTargetException;
import java.util.Dictionary;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Tells Config Admin. By reflection: its package lives in a bundle, the launcher outside of all of them. */
final class Configurations {
    private static final String ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final String ANY_BUNDLE = "?";

    private final BundleContext context;

    Configurations(BundleContext context) {
        this.context = context;
    }

    /** Configures a component that there is one of. */
    void put(String pid, Dictionary<String, Object> settings) {
        update("getConfiguration", pid, settings);
    }

    /** Configures one more component of a kind. */
    void add(String factory, Dictionary<String, Object> settings) {
        update("createFactoryConfiguration", factory, settings);
    }

    private void update(String method, String pid, Dictionary<String, Object> settings) {
        ServiceReference<?> reference = context.getServiceReference(ADMIN);
        try {
            Object admin = context.getService(reference);
            Class<?> type = admin.getClass().getClassLoader().loadClass(ADMIN);
            Object configuration =
                    type.getMethod(method, String.class, String.class).invoke(admin, pid, ANY_BUNDLE);
            type.getClassLoader()
                    .loadClass("org.osgi.service.cm.Configuration")
                    .getMethod("update", Dictionary.class)
                    .invoke(configuration, settings);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

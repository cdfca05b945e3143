package de.joecash.backup.pos.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Config Admin that holds one configuration in memory, and tells nobody of its changes. */
final class StoredConfiguration {
    /** What is stored; empty for a configuration that was never made. */
    final Map<String, Object> stored = new HashMap<>();

    /** Whether storing fails. */
    boolean full;

    private final Configuration configuration = (Configuration) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Configuration.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getProperties" -> stored.isEmpty() ? null : FrameworkUtil.asDictionary(new HashMap<>(stored));
                case "update" -> update((Dictionary<?, ?>) arguments[0]);
                default -> throw new UnsupportedOperationException(method.toString());
            });

    ConfigurationAdmin admin() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConfiguration")
                            || !arguments[0].equals("de.joecash.backup.pos")
                            || !arguments[1].equals("?")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return configuration;
                });
    }

    LocalBackupSettings settings() throws IOException {
        return new LocalBackupSettings(admin());
    }

    private Object update(Dictionary<?, ?> properties) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        stored.clear();
        FrameworkUtil.asMap(properties).forEach((key, value) -> stored.put((String) key, value));
        return null;
    }
}

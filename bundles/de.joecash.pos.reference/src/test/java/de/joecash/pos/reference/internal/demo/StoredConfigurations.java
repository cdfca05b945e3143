package de.joecash.pos.reference.internal.demo;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Config Admin in memory that outlives what uses it, and tells nobody of changes. */
final class StoredConfigurations {
    /** By PID; a factory's PIDs as Config Admin makes them: {@code factory~name}. */
    final Map<String, Map<String, Object>> stored = new HashMap<>();

    ConfigurationAdmin admin() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConfiguration" -> configuration((String) arguments[0]);
                    case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private Configuration configuration(String pid) {
        return (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperties" ->
                        stored.containsKey(pid) ? FrameworkUtil.asDictionary(new HashMap<>(stored.get(pid))) : null;
                    case "update" -> update(pid, (Dictionary<?, ?>) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private Object update(String pid, Dictionary<?, ?> properties) {
        Map<String, Object> values = new HashMap<>();
        FrameworkUtil.asMap(properties).forEach((key, value) -> values.put((String) key, value));
        stored.put(pid, values);
        return null;
    }
}

package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Config Admin that holds one configuration, which is bound to no bundle, and tells nobody of its changes. */
public final class InMemoryConfiguration {
    private final String pid;
    private final Map<String, Object> stored = new HashMap<>();
    private final Configuration configuration = proxy(Configuration.class, (method, arguments) -> switch (method) {
        case "getProperties" -> properties();
        case "update" -> update((Dictionary<?, ?>) arguments[0]);
        default -> throw new UnsupportedOperationException(method);
    });
    private boolean full;

    /**
     * Creates one that was never made.
     *
     * @param pid the only one that may be asked for
     */
    public InMemoryConfiguration(String pid) {
        this.pid = pid;
    }

    /**
     * Gives what is stored, to be changed as well.
     *
     * @return empty for a configuration that was never made
     */
    public Map<String, Object> stored() {
        return stored;
    }

    /** From now on storing fails. */
    public void fill() {
        full = true;
    }

    /**
     * Gives the service.
     *
     * @return one that knows {@code getConfiguration} with any location alone
     */
    public ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> {
            assertThat(method).isEqualTo("getConfiguration");
            assertThat(arguments).containsExactly(pid, "?");
            return configuration;
        });
    }

    private Dictionary<String, Object> properties() {
        return stored.isEmpty() ? null : FrameworkUtil.asDictionary(new HashMap<>(stored));
    }

    private Object update(Dictionary<?, ?> properties) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        stored.clear();
        FrameworkUtil.asMap(properties).forEach((key, value) -> stored.put((String) key, value));
        return null;
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}

package de.joecash.backup.source.h2.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A data source that asks another one, which may change. */
final class Switching {
    private Switching() {}

    static DataSource to(Supplier<? extends DataSource> target) {
        return (DataSource) Proxy.newProxyInstance(
                Switching.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(target.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package de.joecash.pos.jakarta.internal;

import java.util.Collection;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Keeps the server's own modules, where it says where they are, from taking what comes beside us. */
@Component(service = ResolverHookFactory.class, immediate = true)
public final class FolderApart implements ResolverHookFactory {
    /** Where GlassFish is installed, as an address that ends in a slash. */
    private static final String INSTALLED = "com.sun.aas.installRootURI";

    private final ResolverHook hook;

    /**
     * Asks the framework where the server is.
     *
     * @param context the bundle's own
     */
    @Activate
    public FolderApart(BundleContext context) {
        String installed = context.getProperty(INSTALLED);
        hook = installed == null ? null : new ServersModules(installed + "modules/");
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return hook;
    }
}

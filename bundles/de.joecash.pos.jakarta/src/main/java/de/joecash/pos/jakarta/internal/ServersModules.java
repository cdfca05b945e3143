package de.joecash.pos.jakarta.internal;

import java.util.Collection;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The modules of the server itself, many of which are resolved only when they are needed. One that took a library of
 * the folder would be stopped and refreshed with it when that file goes, and an application would find SLF4J there that
 * is none of its own. So none of them takes anything of the folder, but for our own packages: through a module of the
 * server, applications see those.
 */
final class ServersModules implements ResolverHook {
    private static final String OURS = "de.joecash.";

    private final String modules;

    /**
     * Knows them by where they come from.
     *
     * @param modules where the server has its modules, as an address that ends in a slash
     */
    ServersModules(String modules) {
        this.modules = modules;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (isServers(requirement.getRevision())) {
            candidates.removeIf(candidate -> !isServers(candidate.getRevision()) && !isOurs(candidate));
        }
    }

    /** Its framework itself is the server's, too. */
    private boolean isServers(BundleRevision revision) {
        return revision.getBundle().getBundleId() == 0
                || revision.getBundle().getLocation().contains(modules);
    }

    private static boolean isOurs(BundleCapability capability) {
        return capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE) instanceof String name
                && name.startsWith(OURS);
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // Whatever there is may be resolved.
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // Nothing of ours is there in two versions.
    }

    @Override
    public void end() {
        // Holds nothing.
    }
}

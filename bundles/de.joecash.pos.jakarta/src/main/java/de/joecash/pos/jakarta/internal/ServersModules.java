package de.joecash.pos.jakarta.internal;

import java.util.Collection;
import java.util.List;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The modules of the server itself, many of which are resolved only when they are needed. One that took a library of
 * the folder would be stopped and refreshed with it when that file goes, and an application would find SLF4J there that
 * is none of its own. So none of them takes a library of the folder. Our own packages they take, and what others put
 * there: through a module of the server, applications see those.
 */
final class ServersModules implements ResolverHook {
    private static final String OURS = "de.joecash.";

    /** The libraries that come in the folder, by the beginnings of their bundles' names. */
    private static final List<String> LIBRARIES =
            List.of("org.apache.commons.", "org.apache.felix.", "com.google.gson", "de.joecash.pos.jakarta.platform");

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
            candidates.removeIf(candidate ->
                    !isServers(candidate.getRevision()) && isLibrary(candidate.getRevision()) && !isOurs(candidate));
        }
    }

    /** Its framework itself is the server's, too. */
    private boolean isServers(BundleRevision revision) {
        return revision.getBundle().getBundleId() == 0
                || revision.getBundle().getLocation().contains(modules);
    }

    /** Bundles that an administrator put there for others are not ours to hide. */
    private static boolean isLibrary(BundleRevision revision) {
        return LIBRARIES.stream().anyMatch(revision.getSymbolicName()::startsWith);
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

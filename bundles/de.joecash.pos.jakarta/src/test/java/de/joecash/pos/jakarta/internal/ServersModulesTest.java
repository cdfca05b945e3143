package de.joecash.pos.jakarta.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

class ServersModulesTest {
    private static final String MODULES = "file:/opt/glassfish/modules/";
    private static final String SERVERS = "reference:" + MODULES + "autostart/codec.jar";
    private static final String FOLDERS = "file:/opt/glassfish/domains/till/autodeploy/bundles/codec.jar";

    private final BundleCapability frameworks = capability(bundle(0, "System Bundle"), "org.osgi.framework");
    private final BundleCapability servers = capability(bundle(7, SERVERS), "org.apache.commons.codec");
    private final BundleCapability folders = capability(bundle(300, FOLDERS), "org.apache.commons.codec");
    private final BundleCapability ours =
            capability(bundle(301, FOLDERS, "de.joecash.backup.api"), "de.joecash.backup");
    private final BundleCapability somebodyElses = capability(bundle(303, FOLDERS, "com.example.api"), "com.example");

    @Test
    void modulesOfTheServerTakeNoLibraryOfTheFolderButOurPackagesAndSomebodyElses() {
        assertThat(left(bundle(8, SERVERS))).containsExactly(frameworks, servers, ours, somebodyElses);
    }

    @Test
    void bundlesOfTheFolderTakeWhatTheyWant() {
        assertThat(left(bundle(302, FOLDERS))).containsExactly(frameworks, servers, folders, ours, somebodyElses);
    }

    @Test
    void otherThingsThanPackagesAreNotTakenEither() {
        BundleCapability contract = fake(
                BundleCapability.class,
                Map.of("getRevision", revision(bundle(300, FOLDERS)), "getAttributes", Map.of("osgi.contract", "A")));
        List<BundleCapability> candidates = new ArrayList<>(List.of(contract));

        new ServersModules(MODULES).filterMatches(requirement(bundle(8, SERVERS)), candidates);

        assertThat(candidates).isEmpty();
    }

    private List<BundleCapability> left(Bundle requirer) {
        List<BundleCapability> candidates = new ArrayList<>(List.of(frameworks, servers, folders, ours, somebodyElses));
        new ServersModules(MODULES).filterMatches(requirement(requirer), candidates);
        return candidates;
    }

    private static BundleRequirement requirement(Bundle bundle) {
        return fake(BundleRequirement.class, Map.of("getRevision", revision(bundle)));
    }

    private static BundleCapability capability(Bundle bundle, String name) {
        return fake(
                BundleCapability.class,
                Map.of(
                        "getRevision",
                        revision(bundle),
                        "getAttributes",
                        Map.of(PackageNamespace.PACKAGE_NAMESPACE, name)));
    }

    private static BundleRevision revision(Bundle bundle) {
        return fake(BundleRevision.class, Map.of("getBundle", bundle, "getSymbolicName", bundle.getSymbolicName()));
    }

    private static Bundle bundle(long id, String location) {
        return bundle(id, location, "org.apache.commons.commons-codec");
    }

    private static Bundle bundle(long id, String location, String name) {
        return fake(Bundle.class, Map.of("getBundleId", id, "getLocation", location, "getSymbolicName", name));
    }

    /** Answers what is asked of it here; is equal to itself alone. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> type.getSimpleName() + answers;
                    default -> answers.get(method.getName());
                }));
    }
}

package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.joecash.backup.BackupService;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.Source;
import de.joecash.pos.entitlement.Entitlement;
import de.joecash.pos.menu.MenuContribution;
import de.joecash.pos.settings.Setting;
import de.joecash.pos.settings.SettingsProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What is shipped comes up whole. */
public class ShippedBundlesIT extends TillContainer {
    private record Granted(String feature, String holder, Optional<Instant> validUntil) implements Entitlement {}

    @Test
    public void everyBundleIsActive() {
        assertThat(context.getBundles()).allSatisfy(bundle -> {
            if (bundle.getHeaders("").get("Fragment-Host") == null) {
                assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
            }
        });
        assertThat(ours())
                .extracting(Bundle::getSymbolicName)
                .contains(
                        "de.joecash.pos.api",
                        "de.joecash.pos.reference",
                        "de.joecash.backup.api",
                        "de.joecash.backup.core",
                        "de.joecash.backup.source.h2",
                        "de.joecash.backup.source.postgresql",
                        "de.joecash.backup.source.mariadb",
                        "de.joecash.backup.destination.file",
                        "de.joecash.backup.destination.ftp",
                        "de.joecash.backup.destination.s3",
                        "de.joecash.backup.destination.sftp",
                        "de.joecash.backup.pos",
                        "de.joecash.backup.schedule",
                        "de.joecash.backup.web",
                        "de.joecash.backup.shell",
                        "de.joecash.backup.update");
    }

    @Test
    public void everyBundleWithWorkToDoHasComponents() {
        ServiceComponentRuntime components = service(ServiceComponentRuntime.class);

        assertThat(ours()).filteredOn(bundle -> !isApi(bundle)).allSatisfy(bundle -> assertThat(
                        components.getComponentDescriptionDTOs(bundle))
                .as(bundle.getSymbolicName())
                .isNotEmpty());
    }

    @Test
    public void everyComponentIsSatisfiedOnceBackupIsBooked() throws Exception {
        ServiceComponentRuntime components = service(ServiceComponentRuntime.class);
        Configuration store = objectStore("https://127.0.0.1:1");
        Configuration sftp = serverForSftp();
        ServiceRegistration<Entitlement> booked = context.registerService(
                Entitlement.class, new Granted("+Backup", "Salon Test", Optional.empty()), null);
        try {
            Await.asserted(
                    PATIENCE, () -> assertThat(components.getComponentDescriptionDTOs(ours().toArray(Bundle[]::new)))
                            .filteredOn(component -> !isSourceOfAnotherDatabase(component))
                            .allSatisfy(component -> assertThat(components.getComponentConfigurationDTOs(component))
                                    .as(component.bundle.symbolicName + " " + component.name
                                            + " is satisfied; missing: " + missing(components, component))
                                    .anyMatch(ShippedBundlesIT::isSatisfied)));
        } finally {
            booked.unregister();
            store.delete();
            sftp.delete();
        }
    }

    /** What the bundle has embedded finds its way about in a framework, too. */
    @Test
    public void anObjectStoreIsSpokenTo() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tills", ShippedBundlesIT::answer);
        server.start();
        Configuration store =
                objectStore("http://127.0.0.1:" + server.getAddress().getPort());
        try {
            ServiceReference<?> reference = Await.nonNull(PATIENCE, "the destination", () -> providers().stream()
                    .filter(provider -> ((DestinationProvider) context.getService(provider))
                            .id()
                            .equals("object-store"))
                    .findFirst()
                    .orElse(null));
            DestinationProvider provider = (DestinationProvider) context.getService(reference);
            try (Destination destination = provider.connect("kasse1", List.of(), new Cancellation())) {
                assertThat(destination.list()).containsExactly(new Destination.StoredFile("a.gz", 5));
                assertThat(new String(destination.open("a.gz").readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("hello");
            }
        } finally {
            store.delete();
            server.stop(0);
        }
    }

    private List<ServiceReference<?>> providers() {
        return services("(objectClass=" + DestinationProvider.class.getName() + ")");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean list = exchange.getRequestURI().getPath().matches("/tills/?");
        String body = list
                ? "<ListBucketResult><Name>tills</Name><IsTruncated>false</IsTruncated><Contents><Key>kasse1/a.gz</Key>"
                        + "<Size>5</Size></Contents></ListBucketResult>"
                : "hello";
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
        exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (!head) {
                out.write(bytes);
            }
        }
    }

    private Configuration objectStore(String endpoint) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class)
                .getFactoryConfiguration("de.joecash.backup.destination.s3", "object-store", "?");
        configuration.update(FrameworkUtil.asDictionary(Map.of(
                "id",
                "object-store",
                "endpoint",
                endpoint,
                "allowCleartext",
                true,
                "bucket",
                "tills",
                "accessKey",
                "till",
                ".secretKey",
                "secret")));
        return configuration;
    }

    private Configuration serverForSftp() throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class)
                .getFactoryConfiguration("de.joecash.backup.destination.sftp", "second-centre", "?");
        configuration.update(FrameworkUtil.asDictionary(
                Map.of("id", "second-centre", "host", "127.0.0.1", "port", 1, "user", "till", ".password", "secret")));
        return configuration;
    }

    @Test
    public void menuSettingsAndServiceAreRegistered() {
        // What a slot that was missed brought about while +Backup was booked may be there already.
        assertThat(service(BackupService.class).status().obstacle()).isEmpty();
        assertThat(service(Source.class)).isNotNull();

        MenuContribution entry = service(MenuContribution.class);
        assertThat(entry.parent()).isEqualTo(MenuContribution.MAINTENANCE);
        assertThat(entry.title(Locale.GERMAN)).isEqualTo("Datensicherung");
        assertThat(entry.target()).isEqualTo("/backup/");

        SettingsProvider settings = service(SettingsProvider.class);
        assertThat(settings.parent()).isEqualTo(SettingsProvider.POS_HARDWARE);
        assertThat(settings.title(Locale.GERMAN)).isEqualTo("lokales Backup");
        assertThat(settings.settings()).extracting(Setting::key).containsExactly("01.1", "01.2");
    }

    private static boolean isApi(Bundle bundle) {
        return Stream.of("de.joecash.pos.api", "de.joecash.backup.api").anyMatch(bundle.getSymbolicName()::equals);
    }

    /** The till of these tests is on H2. */
    private static boolean isSourceOfAnotherDatabase(ComponentDescriptionDTO component) {
        return Stream.of(component.references)
                .anyMatch(reference -> reference.target != null
                        && reference.target.matches("\\(database\\.kind=(postgresql|mariadb)\\)"));
    }

    private static boolean isSatisfied(ComponentConfigurationDTO configuration) {
        return configuration.state == ComponentConfigurationDTO.SATISFIED
                || configuration.state == ComponentConfigurationDTO.ACTIVE;
    }

    private static String missing(ServiceComponentRuntime components, ComponentDescriptionDTO component) {
        return components.getComponentConfigurationDTOs(component).stream()
                .flatMap(configuration -> Stream.concat(
                        Stream.ofNullable(configuration.failure),
                        Stream.of(configuration.unsatisfiedReferences)
                                .map(reference -> reference.name + " " + reference.target)))
                .toList()
                .toString();
    }
}

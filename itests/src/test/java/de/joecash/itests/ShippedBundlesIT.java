package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupService;
import de.joecash.backup.spi.Source;
import de.joecash.pos.entitlement.Entitlement;
import de.joecash.pos.menu.MenuContribution;
import de.joecash.pos.settings.Setting;
import de.joecash.pos.settings.SettingsProvider;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
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
                        "de.joecash.backup.pos",
                        "de.joecash.backup.schedule",
                        "de.joecash.backup.web",
                        "de.joecash.backup.shell");
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
    public void everyComponentIsSatisfiedOnceBackupIsBooked() {
        ServiceComponentRuntime components = service(ServiceComponentRuntime.class);
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
        }
    }

    @Test
    public void menuSettingsAndServiceAreRegistered() {
        assertThat(service(BackupService.class).list()).isEmpty();
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

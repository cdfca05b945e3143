package de.joecash.backup.core.internal;

import de.joecash.backup.BackupService;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.HostActivity;
import de.joecash.backup.spi.KeptFolders;
import de.joecash.backup.spi.KnownPlace;
import de.joecash.backup.spi.Source;
import de.joecash.backup.spi.TransferRoute;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The core in the framework: tracks what comes and goes around it. Whoever is about to replace bundles gets from it,
 * without seeing any package of ours, what lets no run begin until it is closed, and nothing while a run is under way.
 */
@Component(
        service = {BackupService.class, Supplier.class},
        immediate = true,
        property = "de.joecash.backup.hold=runs",
        configurationPid = "de.joecash.backup.core",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CoreConfig.class)
public final class CoreComponent extends PatientCore implements Supplier<Optional<AutoCloseable>> {
    private static final long RETRY_SECONDS = 5;

    private final Optional<ScheduledExecutorService> opener;

    /** Opens the backup folder, now or as soon as it can be used; a configuration that cannot work throws. */
    @Activate
    public CoreComponent(BundleContext context, CoreConfig config, @Reference StoredRetention retention) {
        this(context, CoreSettings.of(config, retention::present));
    }

    private CoreComponent(BundleContext context, CoreSettings settings) {
        super(settings, context.getBundle().getVersion().toString(), Clock.system(settings.zone()));
        opener = open() ? Optional.empty() : Optional.of(keepOpening());
    }

    private ScheduledExecutorService keepOpening() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, Threads.named("joecash-backup-opening"));
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                () -> {
                    if (open()) {
                        executor.shutdown();
                    }
                },
                RETRY_SECONDS,
                RETRY_SECONDS,
                TimeUnit.SECONDS);
        return executor;
    }

    @Override
    public Optional<AutoCloseable> get() {
        return hold();
    }

    @Deactivate
    void stop() {
        opener.ifPresent(ScheduledExecutorService::shutdown);
        close();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSource(ServiceReference<Source> reference, Source source) {
        ports().sources().add(reference, source);
    }

    void removeSource(ServiceReference<Source> reference) {
        ports().sources().remove(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addDestination(ServiceReference<DestinationProvider> reference, DestinationProvider provider) {
        ports().destinations().add(reference, provider);
    }

    void removeDestination(ServiceReference<DestinationProvider> reference) {
        ports().destinations().remove(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addRoute(ServiceReference<TransferRoute> reference, TransferRoute route) {
        ports().routes().add(reference, route);
    }

    void removeRoute(ServiceReference<TransferRoute> reference) {
        ports().routes().remove(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addKnownPlace(ServiceReference<KnownPlace> reference, KnownPlace place) {
        ports().knownPlaces().add(reference, place);
    }

    void removeKnownPlace(ServiceReference<KnownPlace> reference) {
        ports().knownPlaces().remove(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addActivity(ServiceReference<HostActivity> reference, HostActivity activity) {
        ports().activities().add(reference, activity);
    }

    void removeActivity(ServiceReference<HostActivity> reference) {
        ports().activities().remove(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addKeptFolders(ServiceReference<KeptFolders> reference, KeptFolders folders) {
        ports().keptFolders().add(reference, folders);
    }

    void removeKeptFolders(ServiceReference<KeptFolders> reference) {
        ports().keptFolders().remove(reference);
    }
}

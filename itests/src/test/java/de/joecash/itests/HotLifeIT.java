package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.Transfer;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.entitlement.Entitlement;
import de.joecash.pos.menu.MenuContribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** What an administrator does to a running till: book, lapse, stop, start and update, in the middle of things. */
public class HotLifeIT extends TillContainer {
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    private record Granted(String feature, String holder, Optional<Instant> validUntil) implements Entitlement {}

    @Override
    protected int receipts() {
        return 20_000;
    }

    @Test
    public void scheduleAndDataCentreComeAndGoWithTheEntitlementAndTheMenuSaysWhy() {
        String centre = "(&(objectClass=" + TransferRoute.class.getName() + ")(component.name=*datacentre))";
        withdrawDemoGrant();
        assertThat(menu().notice(Locale.GERMAN)).isPresent();

        ServiceRegistration<Entitlement> booked = book(Optional.empty());
        Await.asserted(PATIENCE, () -> {
            assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                    .hasSize(1);
            assertThat(services(centre)).hasSize(1);
            assertThat(menu().notice(Locale.GERMAN)).isEmpty();
        });

        booked.unregister();
        Await.asserted(PATIENCE, () -> {
            assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                    .isEmpty();
            assertThat(services(centre)).isEmpty();
        });
        assertThat(menu().notice(Locale.GERMAN)).isPresent();
        awaitIdle();
    }

    @Test
    public void anExpiryDatePassesWithoutAnybodysDoing() {
        withdrawDemoGrant();
        ServiceRegistration<Entitlement> booked = book(Optional.of(Instant.now().plusSeconds(3)));
        try {
            Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                    .hasSize(1));
            Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                    .isEmpty());
        } finally {
            booked.unregister();
        }
        awaitIdle();
    }

    @Test
    public void stoppingTheCoreInMidDumpEndsInTimeLeavesNothingHalfAndTheTillSells() throws Exception {
        withdrawDemoGrant();
        awaitIdle();
        Run run = inMidDump();
        Bundle core = bundle("de.joecash.backup.core");

        Duration took = timed(core::stop);

        assertThat(took).isLessThan(FOUR_SECONDS);
        assertThat(outcome(run)).isEqualTo(new Outcome.Failed(new Problem.Stopping()));
        assertThat(filesInBackupFolder()).noneMatch(name -> name.endsWith(".part"));
        assertSellsOn();
        core.start();
        assertThat(outcome(service(BackupService.class).create(CreateRequest.manual("test"))))
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    public void stoppingTheSourceInMidDumpEndsInTimeAndTheTillSells() throws Exception {
        withdrawDemoGrant();
        awaitIdle();
        Run run = inMidDump();
        Bundle source = bundle("de.joecash.backup.source.h2");

        Duration took = timed(source::stop);

        assertThat(took).isLessThan(FOUR_SECONDS);
        assertThat(outcome(run)).isInstanceOf(Outcome.Failed.class);
        assertSellsOn();
        source.start();
        Await.asserted(PATIENCE, () -> assertThat(outcome(backups().create(CreateRequest.manual("test"))))
                .isInstanceOf(Outcome.Succeeded.class));
    }

    @Test
    public void stoppingTheCoreInMidUploadEndsInTimeAndTheNextStartSends() throws Exception {
        withdrawDemoGrant();
        awaitIdle();
        outcome(backups().create(CreateRequest.manual("test")));
        HeldDestination held = new HeldDestination();
        ServiceRegistration<DestinationProvider> destination =
                context.registerService(DestinationProvider.class, held, null);
        ServiceRegistration<TransferRoute> route = context.registerService(
                TransferRoute.class,
                new HeldDestination.Route(),
                FrameworkUtil.asDictionary(Map.of("service.ranking", 1000)));
        try {
            Run run = backups().send(Optional.empty());
            held.awaitHeld();
            Bundle core = bundle("de.joecash.backup.core");

            Duration took = timed(core::stop);

            assertThat(took).isLessThan(FOUR_SECONDS);
            assertThat(outcome(run)).isEqualTo(new Outcome.Failed(new Problem.Stopping()));
            assertThat(held.published()).isEmpty();
            held.release();
            core.start();
            // The database, the kept files, the note of delivery and the manifest.
            Await.asserted(PATIENCE, () -> assertThat(held.published()).hasSize(4));
            Await.asserted(PATIENCE, () -> assertThat(backups().transfers()).isEmpty());
        } finally {
            route.unregister();
            destination.unregister();
        }
    }

    @Test
    public void updatingTheCoreToANewVersionInMidRunKeepsTheCatalogueAndGoesOn() throws Exception {
        withdrawDemoGrant();
        awaitIdle();
        outcome(backups().create(CreateRequest.manual("test")));
        List<Backup> before = backups().list();
        Run run = inMidDump();
        Bundle core = bundle("de.joecash.backup.core");
        Version version = core.getVersion();

        core.update(NewerBundle.of(core));

        assertThat(outcome(run)).isInstanceOf(Outcome.Failed.class);
        assertThat(core.getVersion()).isGreaterThan(version);
        assertThat(service(BackupService.class).list()).isEqualTo(before);
        assertThat(outcome(service(BackupService.class).create(CreateRequest.manual("test"))))
                .isInstanceOf(Outcome.Succeeded.class);
        assertSellsOn();
    }

    @Test
    public void aHundredStopsAndStartsLeaveThreadsAndHeapFlat() throws Exception {
        withdrawDemoGrant();
        awaitIdle();
        List<Bundle> backup = ours().stream()
                .filter(bundle -> bundle.getSymbolicName().startsWith("de.joecash.backup."))
                .filter(bundle -> !bundle.getSymbolicName().endsWith(".api"))
                .toList();
        for (int round = 0; round < 10; round++) {
            restart(backup);
        }
        long threads = ourThreads();
        long heap = heapAfterCollection();
        for (int round = 0; round < 100; round++) {
            restart(backup);
        }
        long grown = heapAfterCollection() - heap;
        System.out.println("100 rounds: heap " + heap / 1024 + " KiB, grown by " + grown / 1024 + " KiB; threads "
                + threads + " -> " + ourThreads());
        assertThat(ourThreads()).isEqualTo(threads);
        assertThat(grown).isLessThan(8 << 20);
    }

    private void restart(List<Bundle> bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            bundle.stop(Bundle.STOP_TRANSIENT);
        }
        for (Bundle bundle : bundles) {
            bundle.start(Bundle.START_TRANSIENT);
        }
        assertThat(service(BackupService.class)).isNotNull();
    }

    private static long heapAfterCollection() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("joecash-backup"))
                .count();
    }

    /** The demo host may have booked +Backup for whoever looks at it; these tests book for themselves. */
    private void withdrawDemoGrant() {
        DemoShell.run(context, "pos:entitle +Backup off");
        Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                .isEmpty());
    }

    private ServiceRegistration<Entitlement> book(Optional<Instant> until) {
        return context.registerService(Entitlement.class, new Granted("+Backup", "Salon Test", until), null);
    }

    private void awaitIdle() {
        Await.asserted(PATIENCE, () -> {
            assertThat(backups().current()).isEmpty();
            assertThat(backups().transfers()).noneMatch(transfer -> transfer.state() == Transfer.State.SENDING);
        });
    }

    private Run inMidDump() {
        Run run = backups().create(CreateRequest.manual("test"));
        Await.nonNull(
                PATIENCE,
                "a dump under way",
                () -> run.progress().phase() == Phase.DUMPING && run.progress().bytes() > 0 ? run : null);
        return run;
    }

    private BackupService backups() {
        return service(BackupService.class);
    }

    private MenuContribution menu() {
        return service(MenuContribution.class);
    }

    private static Outcome outcome(Run run) {
        return run.outcome()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private Bundle bundle(String symbolicName) {
        return ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    private interface Step {
        void perform() throws BundleException;
    }

    private static Duration timed(Step step) throws BundleException {
        long begun = System.nanoTime();
        step.perform();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private List<String> filesInBackupFolder() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(context.getProperty("de.joecash.data"), "backups"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void assertSellsOn() {
        long sold = receiptsSold();
        Await.asserted(PATIENCE, () -> assertThat(receiptsSold()).isGreaterThan(sold));
    }

    private long receiptsSold() {
        try (Connection connection = service(PosDatabase.class).dataSource().getConnection();
                ResultSet count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM RECEIPT")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError("The host's database does not answer", e);
        }
    }
}

package de.joecash.itests;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupService;
import de.joecash.backup.Copy;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** What an administrator does to a running till: book, lapse, stop, start and update, in the middle of things. */
public class HotLifeIT extends TillContainer {
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    /** The first wait of a transfer that failed is at most 72 seconds long. */
    private static final Duration A_RETRY = Duration.ofMinutes(2);

    private static final int TOGGLES = 20;

    private record Granted(String feature, String holder, Optional<Instant> validUntil) implements Entitlement {}

    @Override
    protected int receipts() {
        return 20_000;
    }

    @Test
    public void scheduleAndDataCentreComeAndGoWithTheEntitlementAndTheMenuSaysWhy() {
        String centre = "(&(objectClass=" + TransferRoute.class.getName() + ")(component.name=*datacentre))";
        Await.asserted(PATIENCE, () -> assertThat(notice()).contains("nicht gebucht"));

        ServiceRegistration<Entitlement> booked = book(Optional.empty());
        Await.asserted(PATIENCE, () -> {
            assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                    .hasSize(1);
            assertThat(services(centre)).hasSize(1);
            assertThat(notice()).doesNotContain("nicht gebucht");
        });

        booked.unregister();
        Await.asserted(PATIENCE, () -> {
            assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                    .isEmpty();
            assertThat(services(centre)).isEmpty();
            assertThat(notice()).contains("nicht gebucht");
        });
        awaitIdle();
    }

    /** Until automatic backups come, or go; an automatic backup that begins is none of it. */
    @Test
    public void bookingPlusAndItsEndTakeEffectAtOnce() {
        awaitIdle();
        AtomicLong came = new AtomicLong();
        AtomicLong went = new AtomicLong();
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                came.set(System.nanoTime());
            } else if (event.getType() == ServiceEvent.UNREGISTERING) {
                went.set(System.nanoTime());
            }
        };
        Await.asserted(PATIENCE, () -> assertThat(services("(objectClass=" + AutomaticRuns.class.getName() + ")"))
                .isEmpty());
        List<Long> micros = new ArrayList<>();
        try {
            context.addServiceListener(listener, "(objectClass=" + AutomaticRuns.class.getName() + ")");
            for (int i = 0; i < TOGGLES; i++) {
                long begun = System.nanoTime();
                ServiceRegistration<Entitlement> booked = book(Optional.empty());
                micros.add(microsUntil(came, begun));
                begun = System.nanoTime();
                booked.unregister();
                micros.add(microsUntil(went, begun));
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        } finally {
            context.removeServiceListener(listener);
        }
        Collections.sort(micros);
        long median = micros.get(micros.size() / 2);
        System.out.printf(
                "+Backup booked and ended %d times: took effect after %.1f ms (median), %.1f ms at most%n",
                TOGGLES, median / 1000.0, micros.get(micros.size() - 1) / 1000.0);
        // Not 100 ms: others may use the machine meanwhile.
        assertThat(median).isLessThan(TimeUnit.SECONDS.toMicros(2));
        awaitIdle();
    }

    private static long microsUntil(AtomicLong changed, long begun) {
        Await.asserted(PATIENCE, () -> assertThat(changed.get()).isGreaterThan(begun));
        return TimeUnit.NANOSECONDS.toMicros(changed.get() - begun);
    }

    @Test
    public void anExpiryDatePassesWithoutAnybodysDoing() throws Exception {
        // What comes and goes within seconds may be missed by whoever looks now and then.
        List<Integer> told = new CopyOnWriteArrayList<>();
        ServiceListener listener = event -> told.add(event.getType());
        context.addServiceListener(listener, "(objectClass=" + AutomaticRuns.class.getName() + ")");
        ServiceRegistration<Entitlement> booked = book(Optional.of(Instant.now().plusSeconds(10)));
        try {
            Await.asserted(PATIENCE, () -> assertThat(told)
                    .containsExactly(ServiceEvent.REGISTERED, ServiceEvent.UNREGISTERING));
        } finally {
            booked.unregister();
            context.removeServiceListener(listener);
        }
        awaitIdle();
    }

    @Test
    public void stoppingTheCoreInMidDumpEndsInTimeLeavesNothingHalfAndTheTillSells() throws Exception {
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
        awaitIdle();
        Backup backup = made(backups().create(CreateRequest.manual("test")));
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
            // An automatic backup of another test may wait for +Backup beside it.
            Await.asserted(A_RETRY, () -> assertThat(backups().transfers())
                    .extracting(Transfer::backup)
                    .as("what is sent yet")
                    .doesNotContain(backup.id()));
            Copy copy = backups().find(backup.id()).orElseThrow().copies().get(0);
            assertThat(copy.place().destination()).isEqualTo(HeldDestination.ID);
            assertThat(held.published()).contains(copy.name(), backup.manifest().manifestName());
        } finally {
            route.unregister();
            destination.unregister();
        }
    }

    @Test
    public void updatingTheCoreToANewVersionInMidRunKeepsTheCatalogueAndGoesOn() throws Exception {
        awaitIdle();
        outcome(backups().create(CreateRequest.manual("test")));
        Run run = inMidDump();
        List<Backup> before = backups().list();
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
        // One that has ended its work may still be on its way out, then and now.
        Await.asserted(PATIENCE, () -> assertThat(ourThreads()).isLessThanOrEqualTo(threads));
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

    @Test
    public void aPageThatListensComesBackWhenItsBundleIsUpdatedDuringARun() throws Exception {
        awaitIdle();
        Listener page = new Listener(backOffice());
        Run run = inMidDump();
        assertThat(backups().pause(run.id())).isTrue();
        Bundle web = bundle("de.joecash.backup.web");
        try (BufferedReader events = page.listen()) {
            assertThat(events.readLine()).startsWith("data: ").contains('"' + run.id() + '"');
            InputStream newer = NewerBundle.of(web);

            Duration took = timed(() -> web.update(newer));

            assertThat(took).isLessThan(FOUR_SECONDS);
            assertThat(ends(events)).isTrue();
        }
        Await.asserted(PATIENCE, () -> assertThat(page.first()).contains('"' + run.id() + '"'));
        assertThat(backups().resume(run.id())).isTrue();
        assertThat(outcome(run)).isInstanceOf(Outcome.Succeeded.class);
    }

    private static boolean ends(BufferedReader events) {
        try {
            while (events.readLine() != null) {
                // What was still told before.
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    private URI backOffice() {
        String[] endpoints =
                (String[]) services("(osgi.http.endpoint=*)").get(0).getProperty("osgi.http.endpoint");
        return Stream.of(endpoints)
                .filter(endpoint -> endpoint.startsWith("http://127.0.0.1:"))
                .map(URI::create)
                .findFirst()
                .orElseThrow();
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
        return Await.nonNull(PATIENCE, "a dump under way", () -> {
            // Joins the one under way; where that is over already, another begins.
            Run run = backups().create(CreateRequest.manual("test"));
            return run.progress().phase() == Phase.DUMPING && run.progress().bytes() > 0 ? run : null;
        });
    }

    private BackupService backups() {
        return service(BackupService.class);
    }

    private String notice() {
        return service(MenuContribution.class).notice(Locale.GERMAN).orElse("");
    }

    private static Outcome outcome(Run run) {
        return run.outcome()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Backup made(Run run) {
        return ((Outcome.Succeeded) outcome(run)).backup();
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

    /** How long it takes, but for what the machine keeps it from running. */
    private static Duration timed(Step step) throws BundleException {
        try (Stalls stalls = new Stalls()) {
            long begun = System.nanoTime();
            step.perform();
            return Duration.ofNanos(System.nanoTime() - begun).minus(stalls.soFar());
        }
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

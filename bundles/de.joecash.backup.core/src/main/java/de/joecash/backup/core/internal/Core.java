package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Keys;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Problem;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.Remark;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.SavedDay;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.drill.Drills;
import de.joecash.backup.core.internal.pace.Pacing;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.Creation;
import de.joecash.backup.core.internal.run.Drill;
import de.joecash.backup.core.internal.run.Loading;
import de.joecash.backup.core.internal.run.Restoration;
import de.joecash.backup.core.internal.run.RunLine;
import de.joecash.backup.core.internal.run.Unpacking;
import de.joecash.backup.core.internal.run.Verification;
import de.joecash.backup.core.internal.seal.KeyDesk;
import de.joecash.backup.core.internal.seal.Keyring;
import de.joecash.backup.core.internal.transfer.Delivery;
import de.joecash.backup.core.internal.transfer.Fetch;
import de.joecash.backup.core.internal.transfer.Ports;
import de.joecash.backup.core.internal.transfer.TransferLine;
import de.joecash.backup.core.internal.transfer.TransferQueue;
import de.joecash.backup.core.internal.transfer.TransferTerms;
import de.joecash.backup.core.internal.transfer.Trial;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.Secret;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backup service over one backup folder, from opening it to closing it. Plain Java; the framework's part is
 * {@link CoreComponent}.
 */
final class Core implements BackupService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);

    private final CoreSettings settings;
    private final Ports ports;
    private final BackupFolder folder;
    private final KeyDesk keys;
    private final Catalogue catalogue;
    private final Standing standing;
    private final LossWatch losses;
    private final Creation creation;
    private final Verification verification;
    private final Restoration restoration;
    private final Drill drill;
    private final Drills drills;
    private final Fetch fetch;
    private final Trial trial;
    private final TransferLine transfers;
    private final RunLine runs;
    private final Threads threads;

    /** Of what is asked by others' threads. */
    private final Cancellation stopping = new Cancellation();

    /**
     * Opens the backup folder.
     *
     * @param ports what comes and goes around the core
     * @throws BackupException {@code FolderUnusable} if it cannot be used
     */
    Core(CoreSettings settings, Ports ports, String productVersion, Clock clock) throws BackupException {
        this.settings = settings;
        this.ports = ports;
        folder = BackupFolder.open(settings.folder(), settings.reserve());
        threads = new Threads();
        try {
            Unpacking.recover(folder);
            Keyring keyring = Keyring.open(folder.keys());
            keys = new KeyDesk(keyring, settings.sealing(), clock);
            catalogue = Catalogue.open(folder, keyring);
            losses = new LossWatch(catalogue);
            standing = new Standing(catalogue, settings.overdue(), settings.offServerOverdue(), clock);
            verification = new Verification(catalogue, folder, keyring, threads.workers(), settings.codec(), clock);
            creation = new Creation(
                    catalogue,
                    folder,
                    verification,
                    new Compression(threads.workers(), settings.codec(), settings.effort()),
                    clock,
                    productVersion);
            Loading loading = new Loading(catalogue, folder, settings.reserve());
            Unpacking unpacking = new Unpacking(folder, settings.reserve());
            restoration = new Restoration(verification, creation, loading, unpacking);
            drill = new Drill(verification, loading, unpacking, catalogue, clock);
            TransferQueue queue = TransferQueue.open(folder.path().resolve("queue"));
            trial = new Trial(ports, folder.path(), keyring);
            fetch = new Fetch(catalogue, folder, ports, queue.ledgers(), verification, clock);
            transfers = new TransferLine(
                    queue,
                    new Delivery(catalogue, folder, ports, queue, new TransferTerms(settings.transfers(), keys), clock),
                    catalogue,
                    ports,
                    settings.transfers(),
                    clock);
        } catch (BackupException | RuntimeException e) {
            threads.close();
            folder.close();
            throw e;
        }
        runs = new RunLine(threads.runs(), new Pacing(settings.pace(), ports::activity));
        transfers.start(threads.transfers());
        drills = new Drills(settings.drills(), catalogue::list, id -> drill(id, false), clock);
        threads.everySecond(transfers::tick);
        threads.everySecond(drills::tick);
        CreateRequest showing = new CreateRequest(BackupKind.AUTOMATIC, "first-look", Optional.empty());
        FirstLook look = new FirstLook(ports, losses, () -> create(showing), threads.transfers(), stopping);
        threads.everySecond(look::tick);
    }

    @Override
    public Run create(CreateRequest request) {
        Run made = runs.create(request.kind() == BackupKind.MANUAL, run -> {
            Backup backup = creation.perform(request, ports.requireSubject(), run, Phase.DUMPING, losses::about);
            retain();
            return new Outcome.Succeeded(backup, EnumSet.of(Outcome.Proof.SYNCED, Outcome.Proof.READ_BACK));
        });
        if (request.send()) {
            // Not within the run: it may be another request's that this one joined.
            made.outcome().thenAccept(this::sendGood);
        }
        return made;
    }

    private void sendGood(Outcome made) {
        if (made instanceof Outcome.Succeeded good) {
            send(Optional.of(good.backup().id()));
        }
    }

    @Override
    public List<Backup> list() {
        return catalogue.list();
    }

    @Override
    public Optional<Backup> find(BackupId id) {
        return catalogue.find(id);
    }

    @Override
    public List<BackupId> goingNext(List<Backup> listed) {
        return settings.retention().get().goingNext(listed);
    }

    @Override
    public void nothingLost(BackupId shown) throws BackupException {
        losses.nothingLost(catalogue.require(shown));
    }

    @Override
    public Backup remark(BackupId id, Remark remark) throws BackupException {
        return catalogue.remarked(id, remark);
    }

    @Override
    public InputStream archive(BackupId id) throws BackupException {
        Backup backup = catalogue.require(id);
        if (backup.damage().isPresent()) {
            throw new BackupException(backup.damage().get());
        }
        return folder.read(backup.manifest());
    }

    @Override
    public Run verify(BackupId id) {
        return runs.start(Run.Kind.VERIFY, Optional.of(id), run -> verification.perform(catalogue.require(id), run));
    }

    @Override
    public Run restore(BackupId id, Optional<String> into) {
        return restore(id, new Restoration.Wanted(into, false, true));
    }

    private Run restore(BackupId id, Restoration.Wanted wanted) {
        return runs.start(
                Run.Kind.RESTORE,
                Optional.of(id),
                run -> restoration.perform(catalogue.require(id), wanted, ports.requireSubject(), run, losses));
    }

    @Override
    public Run adopt(BackupId id) {
        return restore(id, new Restoration.Wanted(Optional.empty(), true, true));
    }

    @Override
    public Run restoreDatabase(BackupId id, Optional<String> into, boolean anyTills) {
        return restore(id, new Restoration.Wanted(into, anyTills, false));
    }

    @Override
    public Run drill(Optional<BackupId> id) {
        Optional<BackupId> meant = id.or(() -> standing.newestGood().map(Backup::id));
        return meant.isPresent()
                ? drill(meant.get(), true)
                : ActiveRun.refused(Run.Kind.DRILL, id, new Problem.NothingToDrill());
    }

    private Run drill(BackupId id, boolean manual) {
        return runs.drill(manual, id, run -> drill.perform(catalogue.require(id), ports.requireSource(), run));
    }

    @Override
    public Run send(Optional<BackupId> id) {
        return send(id, false);
    }

    @Override
    public Run sendFull(Optional<BackupId> id) {
        return send(id, true);
    }

    private Run send(Optional<BackupId> id, boolean full) {
        try {
            Backup backup = id.isPresent() ? catalogue.require(id.get()) : newestManual();
            if (backup.damage().isPresent()) {
                throw new BackupException(backup.damage().get());
            }
            Place place = ports.route(BackupKind.MANUAL).orElseThrow(() -> new BackupException(new Problem.NoRoute()));
            return transfers.send(backup.id(), place, full);
        } catch (BackupException e) {
            return ActiveRun.refused(Run.Kind.SEND, id, e.problem());
        }
    }

    private Backup newestManual() throws BackupException {
        return catalogue
                .newestGood(BackupKind.MANUAL)
                .orElseThrow(() -> new BackupException(new Problem.NothingToSend()));
    }

    @Override
    public List<Transfer> transfers() {
        return transfers.list();
    }

    @Override
    public List<Place> places() {
        List<Place> places = new ArrayList<>(ports.places());
        catalogue.list().forEach(backup -> backup.copies().forEach(copy -> places.add(copy.place())));
        return places.stream().distinct().toList();
    }

    @Override
    public List<RemoteBackup> listAt(Place place) throws BackupException {
        return fetch.list(place, stopping);
    }

    @Override
    public PlaceTrial tryPlace(Place place) {
        return trial.of(place);
    }

    @Override
    public boolean cancelTrial(Place place) {
        return trial.cancel(place);
    }

    @Override
    public Run fetch(Place place, BackupId id, Optional<Secret> key) {
        return runs.start(Run.Kind.FETCH, Optional.of(id), run -> fetch.perform(place, id, key, true, run));
    }

    @Override
    public Run fetchDatabase(Place place, BackupId id, Optional<Secret> key) {
        return runs.start(Run.Kind.FETCH, Optional.of(id), run -> fetch.perform(place, id, key, false, run));
    }

    @Override
    public Optional<Run> current() {
        return runs.current().map(run -> run);
    }

    @Override
    public boolean cancel(String id) {
        Optional<ActiveRun> meant = runs.find(id);
        meant.ifPresent(ActiveRun::cancel);
        return meant.isPresent() || transfers.cancel(id);
    }

    @Override
    public boolean pause(String id) {
        return runs.find(id).map(ActiveRun::pause).orElseGet(() -> transfers.pause(id));
    }

    @Override
    public boolean resume(String id) {
        return runs.find(id).map(ActiveRun::resume).orElseGet(() -> transfers.resume(id));
    }

    @Override
    public Keys keys() throws BackupException {
        return keys.keys();
    }

    @Override
    public RecoverySheet makeRecoverySheet() throws BackupException {
        return keys.makeSheet(ports.addresses());
    }

    @Override
    public boolean opens(Secret key) throws BackupException {
        return keys.opens(key);
    }

    @Override
    public void trust(String fingerprint) throws BackupException {
        keys.trust(fingerprint);
    }

    @Override
    public Status status() {
        List<Backup> all = catalogue.list();
        List<Transfer> queued = transfers.list();
        boolean stopped = queued.stream().anyMatch(entry -> isStopped(entry, all));
        return standing.status(all, queued.size(), stopped, folder.obstacle(), drills.status(all));
    }

    /**
     * Of a medium whoever asked for it has heard; where no route leads any more, or a newer one has arrived since,
     * nobody misses it.
     */
    private boolean isStopped(Transfer entry, List<Backup> all) {
        String destination = entry.place().destination();
        return entry.state() == Transfer.State.STOPPED
                && !destination.equals(DestinationProvider.MEDIUM)
                && ports.closed(destination).isEmpty()
                && all.stream()
                        .filter(backup -> backup.id().compareTo(entry.backup()) > 0)
                        .flatMap(backup -> backup.copies().stream())
                        .noneMatch(copy -> copy.place().equals(entry.place()));
    }

    @Override
    public List<SavedDay> lastDays(int days) {
        return standing.lastDays(days, settings.zone());
    }

    /** Makes room; that it failed harms no backup. */
    private void retain() {
        for (BackupId id : settings.retention().get().removable(catalogue.list())) {
            try {
                if (transfers.forget(id)) {
                    catalogue.removeUnlessKept(id);
                }
            } catch (BackupException e) {
                LOG.warn("{} could not be removed: {}", id, e.getMessage());
            }
        }
    }

    /** Lets no run begin, as {@link RunLine#hold} says. */
    Optional<AutoCloseable> hold() {
        return runs.hold();
    }

    /** Ends everything under way within four seconds, without an interrupt, and lets the folder go. */
    @Override
    public void close() {
        stopping.cancel(new Problem.Stopping());
        trial.stop();
        runs.stop();
        transfers.stop();
        threads.close();
        folder.close();
    }
}

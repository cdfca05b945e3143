package de.joecash.backup.testkit;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Keys;
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
import de.joecash.backup.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A backup service of which a test decides what it holds and how its runs end. Fields are the test's to fill and read.
 */
public final class FakeBackupService implements BackupService {
    /** What the catalogue holds, in any order. */
    public final List<Backup> backups = new CopyOnWriteArrayList<>();

    /** What was asked to be created, in order. */
    public final List<CreateRequest> requests = new CopyOnWriteArrayList<>();

    /** Every run started, in order; a test ends them. */
    public final List<FakeRun> runs = new CopyOnWriteArrayList<>();

    /** The queue. */
    public final List<Transfer> transfers = new CopyOnWriteArrayList<>();

    /** The places. */
    public final List<Place> places = new CopyOnWriteArrayList<>();

    /** What {@link #listAt} finds, anywhere. */
    public final List<RemoteBackup> remote = new CopyOnWriteArrayList<>();

    /** What {@link #tryPlace} shows, anywhere. */
    public volatile PlaceTrial trial = new PlaceTrial(List.of(PlaceTrial.Step.values()), Optional.empty());

    /** The places that are being tried until {@link #cancelTrial} is asked for. */
    public final List<Place> trialsUnderWay = new CopyOnWriteArrayList<>();

    /** What {@link #cancel} was asked for. */
    public final List<String> cancelled = new CopyOnWriteArrayList<>();

    /** What {@link #adopt} was asked for, in order. */
    public final List<BackupId> adopted = new CopyOnWriteArrayList<>();

    /** Where {@link #restore} was asked to restore into, in order. */
    public final List<Optional<String>> restoredInto = new CopyOnWriteArrayList<>();

    /** What {@link #restoreDatabase} and {@link #fetchDatabase} were asked for, in order. */
    public final List<BackupId> databasesAlone = new CopyOnWriteArrayList<>();

    /** What {@link #sendFull} was asked for, in order. */
    public final List<Optional<BackupId>> sentFull = new CopyOnWriteArrayList<>();

    /** The key that each {@link #fetch} was given, in order. */
    public final List<Optional<Secret>> fetchedWith = new CopyOnWriteArrayList<>();

    /** What {@link #status} answers. */
    public volatile Status status = new Status(
            Instant.EPOCH,
            Optional.empty(),
            true,
            Optional.empty(),
            true,
            0,
            Optional.empty(),
            Optional.empty(),
            DrillStatus.none());

    /** What {@link #keys} answers. */
    public volatile Keys keys = new Keys("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", true, List.of(), List.of());

    /** What {@link #makeRecoverySheet} gives; none is a folder that cannot be used. */
    public volatile Optional<RecoverySheet> sheet = Optional.empty();

    /** The keys that open what is encrypted. */
    public final List<Secret> opening = new CopyOnWriteArrayList<>();

    /** What {@link #trust} was asked for, in order; what is empty is refused. */
    public final List<String> trusted = new CopyOnWriteArrayList<>();

    /** What {@link #goingNext} answers. */
    public final List<BackupId> goingNext = new CopyOnWriteArrayList<>();

    /** What {@link #lastDays} answers. */
    public final List<SavedDay> days = new CopyOnWriteArrayList<>();

    /** What {@link #archive} gives of every backup that is there. */
    public volatile byte[] archive = {};

    /** Creates an empty one. */
    public FakeBackupService() {}

    @Override
    public Run create(CreateRequest request) {
        requests.add(request);
        return current()
                .filter(run -> run.kind() == Run.Kind.CREATE)
                .orElseGet(() -> start(Run.Kind.CREATE, Optional.empty()));
    }

    @Override
    public List<Backup> list() {
        List<Backup> newestFirst = new ArrayList<>(backups);
        newestFirst.sort(Comparator.comparing(Backup::id).reversed());
        return newestFirst;
    }

    @Override
    public Optional<Backup> find(BackupId id) {
        return backups.stream().filter(backup -> backup.id().equals(id)).findFirst();
    }

    @Override
    public List<BackupId> goingNext(List<Backup> listed) {
        return List.copyOf(goingNext);
    }

    @Override
    public void nothingLost(BackupId shown) {
        backups.replaceAll(backup -> backup.id().equals(shown) ? backup.withLoss(Optional.empty()) : backup);
    }

    @Override
    public Backup remark(BackupId id, Remark remark) throws BackupException {
        Backup backup = find(id).orElseThrow(() -> new BackupException(new Problem.UnknownBackup(id.value())));
        Backup said = Samples.remarked(backup, remark);
        backups.set(backups.indexOf(backup), said);
        return said;
    }

    @Override
    public List<SavedDay> lastDays(int most) {
        return List.copyOf(days);
    }

    @Override
    public InputStream archive(BackupId id) throws BackupException {
        if (find(id).isEmpty()) {
            throw new BackupException(new Problem.UnknownBackup(id.value()));
        }
        return new ByteArrayInputStream(archive);
    }

    @Override
    public Run verify(BackupId id) {
        return start(Run.Kind.VERIFY, Optional.of(id));
    }

    @Override
    public Run restore(BackupId id, Optional<String> into) {
        restoredInto.add(into);
        return start(Run.Kind.RESTORE, Optional.of(id));
    }

    @Override
    public Run adopt(BackupId id) {
        adopted.add(id);
        return start(Run.Kind.RESTORE, Optional.of(id));
    }

    @Override
    public Run drill(Optional<BackupId> id) {
        return start(Run.Kind.DRILL, id);
    }

    @Override
    public Run send(Optional<BackupId> id) {
        return start(Run.Kind.SEND, id);
    }

    @Override
    public Run sendFull(Optional<BackupId> id) {
        sentFull.add(id);
        return send(id);
    }

    @Override
    public List<Transfer> transfers() {
        return List.copyOf(transfers);
    }

    @Override
    public List<Place> places() {
        return List.copyOf(places);
    }

    @Override
    public List<RemoteBackup> listAt(Place place) throws BackupException {
        return List.copyOf(remote);
    }

    @Override
    public PlaceTrial tryPlace(Place place) {
        return trial;
    }

    @Override
    public boolean cancelTrial(Place place) {
        return trialsUnderWay.remove(place);
    }

    @Override
    public Run fetch(Place place, BackupId id, Optional<Secret> key) {
        fetchedWith.add(key);
        return start(Run.Kind.FETCH, Optional.of(id));
    }

    @Override
    public Run fetchDatabase(Place place, BackupId id, Optional<Secret> key) {
        databasesAlone.add(id);
        return fetch(place, id, key);
    }

    @Override
    public Run restoreDatabase(BackupId id, Optional<String> into, boolean anyTills) {
        databasesAlone.add(id);
        return anyTills ? adopt(id) : restore(id, into);
    }

    @Override
    public Optional<Run> current() {
        return runs.stream()
                .filter(run -> run.kind() != Run.Kind.SEND)
                .filter(run -> !run.outcome().toCompletableFuture().isDone())
                .<Run>map(run -> run)
                .findFirst();
    }

    @Override
    public boolean cancel(String id) {
        cancelled.add(id);
        return runs.stream()
                        .filter(run -> run.id().equals(id))
                        .peek(FakeRun::cancel)
                        .count()
                > 0;
    }

    @Override
    public boolean pause(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).anyMatch(FakeRun::pause);
    }

    @Override
    public boolean resume(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).anyMatch(FakeRun::resume);
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public RecoverySheet makeRecoverySheet() throws BackupException {
        return sheet.orElseThrow(
                () -> new BackupException(new Problem.FolderUnusable("/backups/keys", "not-writable")));
    }

    @Override
    public boolean opens(Secret key) {
        return opening.contains(key);
    }

    @Override
    public void trust(String fingerprint) throws BackupException {
        if (fingerprint.isEmpty()) {
            throw new BackupException(new Problem.InvalidInput("fingerprint"));
        }
        trusted.add(fingerprint);
    }

    @Override
    public Status status() {
        return status;
    }

    private FakeRun start(Run.Kind kind, Optional<BackupId> id) {
        FakeRun run = new FakeRun("run-" + (runs.size() + 1), kind, id);
        runs.add(run);
        return run;
    }
}

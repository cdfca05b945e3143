package de.joecash.backup.core.internal;

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
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.spi.Secret;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The backup service while its folder cannot be opened: whoever asks for anything is told why. */
record UnusableFolder(BackupException why, Clock clock) implements BackupService {
    private Problem problem() {
        return why.problem();
    }

    @Override
    public Run create(CreateRequest request) {
        return ActiveRun.refused(Run.Kind.CREATE, Optional.empty(), problem());
    }

    @Override
    public List<Backup> list() {
        return List.of();
    }

    @Override
    public Optional<Backup> find(BackupId id) {
        return Optional.empty();
    }

    @Override
    public List<BackupId> goingNext(List<Backup> listed) {
        return List.of();
    }

    @Override
    public void nothingLost(BackupId shown) throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public Backup remark(BackupId id, Remark remark) throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public List<SavedDay> lastDays(int days) {
        return List.of();
    }

    @Override
    public InputStream archive(BackupId id) throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public Run verify(BackupId id) {
        return ActiveRun.refused(Run.Kind.VERIFY, Optional.of(id), problem());
    }

    @Override
    public Run restore(BackupId id, Optional<String> into) {
        return ActiveRun.refused(Run.Kind.RESTORE, Optional.of(id), problem());
    }

    @Override
    public Run adopt(BackupId id) {
        return ActiveRun.refused(Run.Kind.RESTORE, Optional.of(id), problem());
    }

    @Override
    public Run restoreDatabase(BackupId id, Optional<String> into, boolean anyTills) {
        return ActiveRun.refused(Run.Kind.RESTORE, Optional.of(id), problem());
    }

    @Override
    public Run fetchDatabase(Place place, BackupId id, Optional<Secret> key) {
        return ActiveRun.refused(Run.Kind.FETCH, Optional.of(id), problem());
    }

    @Override
    public Run drill(Optional<BackupId> id) {
        return ActiveRun.refused(Run.Kind.DRILL, id, problem());
    }

    @Override
    public Run send(Optional<BackupId> id) {
        return ActiveRun.refused(Run.Kind.SEND, id, problem());
    }

    @Override
    public Run sendFull(Optional<BackupId> id) {
        return send(id);
    }

    @Override
    public List<Transfer> transfers() {
        return List.of();
    }

    @Override
    public List<Place> places() {
        return List.of();
    }

    @Override
    public List<RemoteBackup> listAt(Place place) throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public PlaceTrial tryPlace(Place place) {
        return new PlaceTrial(List.of(), Optional.of(problem()));
    }

    @Override
    public boolean cancelTrial(Place place) {
        return false;
    }

    @Override
    public Run fetch(Place place, BackupId id, Optional<Secret> key) {
        return ActiveRun.refused(Run.Kind.FETCH, Optional.of(id), problem());
    }

    @Override
    public Optional<Run> current() {
        return Optional.empty();
    }

    @Override
    public boolean cancel(String id) {
        return false;
    }

    @Override
    public boolean pause(String id) {
        return false;
    }

    @Override
    public boolean resume(String id) {
        return false;
    }

    @Override
    public Keys keys() throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public RecoverySheet makeRecoverySheet() throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public boolean opens(Secret key) throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public void trust(String fingerprint) throws BackupException {
        throw new BackupException(problem());
    }

    @Override
    public Status status() {
        return new Status(
                clock.instant(),
                Optional.empty(),
                true,
                Optional.empty(),
                true,
                0,
                Optional.of(problem()),
                Optional.empty(),
                DrillStatus.none());
    }
}

package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Keys;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.Remark;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.SavedDay;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.transfer.Ports;
import de.joecash.backup.spi.Secret;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backup service from the first moment on: while its folder cannot be opened, it says so to whoever asks, and
 * {@link #open} tries again. Not being there at all would tell nobody what is wrong.
 */
class PatientCore implements BackupService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatientCore.class);

    private final CoreSettings settings;
    private final String productVersion;
    private final Clock clock;
    private final Ports ports = new Ports();
    private Optional<Core> opened = Optional.empty();
    private boolean closed;
    private volatile BackupService now;

    PatientCore(CoreSettings settings, String productVersion, Clock clock) {
        this.settings = settings;
        this.productVersion = productVersion;
        this.clock = clock;
        try {
            now = opened();
        } catch (BackupException e) {
            LOG.error("{} It is tried again and again.", e.getMessage());
            now = new UnusableFolder(e, clock);
        }
    }

    private Core opened() throws BackupException {
        Core core = new Core(settings, ports, productVersion, clock);
        opened = Optional.of(core);
        return core;
    }

    /** What comes and goes around the core. */
    final Ports ports() {
        return ports;
    }

    /** Opens the folder where that failed before; says whether there is nothing left to try. */
    final synchronized boolean open() {
        if (opened.isEmpty() && !closed) {
            try {
                now = opened();
                LOG.info("The backup folder {} can be used now", settings.folder());
            } catch (BackupException e) {
                now = new UnusableFolder(e, clock);
            }
        }
        return opened.isPresent() || closed;
    }

    @Override
    public final Run create(CreateRequest request) {
        return now.create(request);
    }

    @Override
    public final List<Backup> list() {
        return now.list();
    }

    @Override
    public final Optional<Backup> find(BackupId id) {
        return now.find(id);
    }

    @Override
    public final List<BackupId> goingNext(List<Backup> listed) {
        return now.goingNext(listed);
    }

    @Override
    public final void nothingLost(BackupId shown) throws BackupException {
        now.nothingLost(shown);
    }

    @Override
    public final Backup remark(BackupId id, Remark remark) throws BackupException {
        return now.remark(id, remark);
    }

    @Override
    public final List<SavedDay> lastDays(int days) {
        return now.lastDays(days);
    }

    @Override
    public final InputStream archive(BackupId id) throws BackupException {
        return now.archive(id);
    }

    @Override
    public final Run verify(BackupId id) {
        return now.verify(id);
    }

    @Override
    public final Run restore(BackupId id, Optional<String> into) {
        return now.restore(id, into);
    }

    @Override
    public final Run adopt(BackupId id) {
        return now.adopt(id);
    }

    @Override
    public final Run restoreDatabase(BackupId id, Optional<String> into, boolean anyTills) {
        return now.restoreDatabase(id, into, anyTills);
    }

    @Override
    public final Run fetchDatabase(Place place, BackupId id, Optional<Secret> key) {
        return now.fetchDatabase(place, id, key);
    }

    @Override
    public final Run drill(Optional<BackupId> id) {
        return now.drill(id);
    }

    @Override
    public final Run send(Optional<BackupId> id) {
        return now.send(id);
    }

    @Override
    public final Run sendFull(Optional<BackupId> id) {
        return now.sendFull(id);
    }

    @Override
    public final List<Transfer> transfers() {
        return now.transfers();
    }

    @Override
    public final List<Place> places() {
        return now.places();
    }

    @Override
    public final List<RemoteBackup> listAt(Place place) throws BackupException {
        return now.listAt(place);
    }

    @Override
    public final PlaceTrial tryPlace(Place place) {
        return now.tryPlace(place);
    }

    @Override
    public final boolean cancelTrial(Place place) {
        return now.cancelTrial(place);
    }

    @Override
    public final Run fetch(Place place, BackupId id, Optional<Secret> key) {
        return now.fetch(place, id, key);
    }

    @Override
    public final Optional<Run> current() {
        return now.current();
    }

    @Override
    public final boolean cancel(String id) {
        return now.cancel(id);
    }

    @Override
    public final boolean pause(String id) {
        return now.pause(id);
    }

    @Override
    public final boolean resume(String id) {
        return now.resume(id);
    }

    @Override
    public final Keys keys() throws BackupException {
        return now.keys();
    }

    @Override
    public final RecoverySheet makeRecoverySheet() throws BackupException {
        return now.makeRecoverySheet();
    }

    @Override
    public final boolean opens(Secret key) throws BackupException {
        return now.opens(key);
    }

    @Override
    public final void trust(String fingerprint) throws BackupException {
        now.trust(fingerprint);
    }

    @Override
    public final Status status() {
        return now.status();
    }

    /**
     * Lets no run begin, if none is under way, until what is given is closed.
     *
     * @return empty while a run is under way; something that does nothing while there is no folder to run in
     */
    final synchronized Optional<AutoCloseable> hold() {
        return opened.isPresent() ? opened.get().hold() : Optional.of(() -> {});
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.ifPresent(Core::close);
    }
}

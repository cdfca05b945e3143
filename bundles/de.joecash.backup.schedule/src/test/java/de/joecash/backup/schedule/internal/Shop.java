package de.joecash.backup.schedule.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRun;
import de.joecash.backup.testkit.MutableClock;
import de.joecash.backup.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A shop with a till whose time a test lets pass: its clock, its core, and the schedule while that is there. */
final class Shop {
    final ZoneId zone;
    final MutableClock clock;
    final FakeBackupService core = new FakeBackupService();

    /** What was run, as {@code <clock's time with offset> <slot, or the trigger of a backup without one>}. */
    final List<String> ran = new ArrayList<>();

    /** How many backups the core keeps. */
    int kept = 30;

    /** How often the schedule looks. */
    Duration step = Duration.ofMinutes(1);

    /** How many steps a backup takes. */
    int stepsPerRun = 2;

    /** Why backups fail at present. */
    Optional<Problem> trouble = Optional.empty();

    /** Whether the core loses the slot it was asked for. */
    boolean forgetful;

    private final Timetable timetable;
    private Optional<SlotRuns> schedule = Optional.empty();
    private FakeRun underWay;
    private CreateRequest request;
    private int stepsLeft;
    private long sequence;

    Shop(String zone, String now, String... times) throws Exception {
        this.zone = ZoneId.of(zone);
        timetable = Timetable.of(times, zone);
        clock = new MutableClock(at(now));
    }

    /** A shop of which the schedule runs and has served everything so far. */
    static Shop served(String zone, String now, String... times) throws Exception {
        Shop shop = new Shop(zone, now, times);
        shop.keep(
                BackupKind.AUTOMATIC,
                Optional.of(shop.timetable.newest(shop.clock.instant()).local()));
        return shop.on();
    }

    Instant at(String local) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    /** Starts the schedule, or a new one in its place. */
    Shop on() {
        schedule = Optional.of(new SlotRuns(timetable, core, clock));
        return this;
    }

    void off() {
        schedule = Optional.empty();
    }

    ZonedDateTime next() {
        return schedule.orElseThrow().next().withZoneSameInstant(zone);
    }

    /** Lets time pass until the clock shows a local time, that one included. */
    Shop until(String local) {
        Instant end = at(local);
        while (clock.instant().isBefore(end)) {
            clock.advance(step);
            step();
        }
        return this;
    }

    /** Puts the clock to another time, at which the schedule then looks. */
    Shop clockTo(String local) {
        clock.set(at(local));
        step();
        return this;
    }

    /** Somebody else makes a backup. */
    void backUp(CreateRequest other) {
        core.create(other);
        begun();
    }

    private void step() {
        if (underWay != null && --stepsLeft == 0) {
            end();
        }
        int before = core.runs.size();
        schedule.ifPresent(SlotRuns::tick);
        if (core.runs.size() > before) {
            begun();
        }
    }

    private void begun() {
        underWay = core.runs.get(core.runs.size() - 1);
        request = core.requests.get(core.requests.size() - 1);
        stepsLeft = stepsPerRun;
        ran.add(local().toOffsetDateTime().truncatedTo(ChronoUnit.MINUTES) + " "
                + request.slot().map(Object::toString).orElse(request.trigger()));
    }

    private void end() {
        FakeRun ended = underWay;
        underWay = null;
        ended.end(trouble.<Outcome>map(Outcome.Failed::new)
                .orElseGet(() -> new Outcome.Succeeded(
                        keep(request.kind(), forgetful ? Optional.empty() : request.slot()),
                        Set.of(Outcome.Proof.READ_BACK))));
    }

    private Backup keep(BackupKind kind, Optional<LocalDateTime> slot) {
        Backup backup = backup(++sequence, kind, slot, local());
        core.backups.add(backup);
        if (core.backups.size() > kept) {
            core.backups.remove(0);
        }
        return backup;
    }

    static Backup backup(long sequence, BackupKind kind, Optional<LocalDateTime> slot, ZonedDateTime started) {
        Manifest sample = Samples.manifest(sequence, kind, started);
        Manifest manifest = new Manifest(
                sample.format(),
                sample.id(),
                kind,
                "schedule",
                slot,
                started,
                sample.finished(),
                sample.source(),
                sample.contentBytes(),
                sample.contentSha256(),
                sample.archiveBytes(),
                sample.archiveSha256(),
                sample.tables(),
                sample.productVersion());
        return new Backup(manifest, sample.finished().toInstant(), Optional.empty(), List.of());
    }

    private ZonedDateTime local() {
        return clock.instant().atZone(zone);
    }
}

package de.joecash.backup.update.internal.apply;

import de.joecash.backup.update.internal.apply.LastUpdate.Result;
import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetFile;
import de.joecash.backup.update.internal.set.SetRefused;
import de.joecash.backup.update.internal.set.VendorKey;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One update from the file to its proven end, or back to where it began. Belongs to one thread.
 *
 * <p>Before anything is changed, what is installed is kept in the updater's folder and a journal says so; the journal
 * goes last. So whatever is cut off is put back at the next start.
 */
public final class Updater {
    private static final Logger LOG = LoggerFactory.getLogger(Updater.class);
    private static final String UPDATER = "updater.jar";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** For what was up before; there is nothing else that could be put in its place. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** For what waits for others. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private final Bundles bundles;
    private final Health health;
    private final UpdateFolder folder;
    private final UpdateSettings settings;
    private final Supplier<Optional<AutoCloseable>> hold;
    private final Stopping stopping;
    private final Swap swap;

    /** What replaces the updater itself once everything else is well. */
    private Optional<Plan.Replacement> updater = Optional.empty();

    /**
     * Makes one.
     *
     * @param hold gives what lets no run of the backup begin until it is closed; nothing while one is under way
     */
    public Updater(
            Bundles bundles,
            Health health,
            UpdateFolder folder,
            UpdateSettings settings,
            Supplier<Optional<AutoCloseable>> hold,
            Stopping stopping) {
        this.bundles = bundles;
        this.health = health;
        this.folder = folder;
        this.settings = settings;
        this.hold = hold;
        this.stopping = stopping;
        swap = new Swap(bundles, folder, stopping);
    }

    /**
     * Installs a set.
     *
     * @throws SetRefused if nothing was changed
     * @throws StoppedException if the updater is being stopped
     */
    public LastUpdate update(Path file, Progress progress) throws SetRefused, StoppedException {
        finishEarlier(progress);
        List<VendorKey> keys = VendorKey.configured(settings.keys().toArray(String[]::new));
        progress.tell("checking", file);
        Plan plan = staged(file, keys);
        if (plan.isEmpty()) {
            return ended(plan.list().name(), plan.list().version(), Result.NOTHING_TO_DO, null, null);
        }
        AutoCloseable held = awaitEndOfRuns(progress);
        try {
            LastUpdate end = replace(plan, progress);
            updater = end.result() == Result.INSTALLED ? plan.updater() : Optional.empty();
            return end;
        } finally {
            letGo(held);
        }
    }

    private static void letGo(AutoCloseable held) {
        try {
            held.close();
        } catch (Exception e) {
            // It belonged to a core that may have been replaced meanwhile.
            LOG.debug("What held runs up is gone", e);
        }
    }

    private void finishEarlier(Progress progress) throws SetRefused, StoppedException {
        Optional<LastUpdate> earlier = recover(progress);
        if (earlier.isPresent() && earlier.get().result() != Result.TAKEN_BACK) {
            throw new SetRefused(
                    Refusal.UNFINISHED, String.join(" ", earlier.get().left().words()));
        }
        if (folder.waits()) {
            // Nobody knows what has to be put back, or the next start is going to; what was kept must not be emptied.
            throw new SetRefused(Refusal.UNFINISHED, UpdateFolder.JOURNAL);
        }
    }

    private Plan staged(Path file, List<VendorKey> keys) throws SetRefused {
        try (SetFile set = SetFile.open(file, keys)) {
            Path staged = folder.staged();
            Plan plan = Plan.of(set.list(), bundles, staged);
            plan.stage(set, staged);
            return plan;
        } catch (IOException e) {
            throw new SetRefused(e, Refusal.NOT_KEPT, String.valueOf(e.getMessage()));
        }
    }

    private AutoCloseable awaitEndOfRuns(Progress progress) throws SetRefused, StoppedException {
        Optional<AutoCloseable> held = hold.get();
        if (held.isEmpty()) {
            progress.tell("waiting", settings.patience().toMinutes());
            held = heldWithin(settings.patience());
        }
        return held.orElseThrow(
                () -> new SetRefused(Refusal.RUN_UNDER_WAY, settings.patience().toMinutes()));
    }

    private Optional<AutoCloseable> heldWithin(Duration patience) throws StoppedException {
        long begun = System.nanoTime();
        Optional<AutoCloseable> held = hold.get();
        while (held.isEmpty() && System.nanoTime() - begun < patience.toNanos()) {
            stopping.pause(BETWEEN_LOOKS);
            held = hold.get();
        }
        return held;
    }

    private LastUpdate replace(Plan plan, Progress progress) throws SetRefused, StoppedException {
        FileTime since = FileTime.from(Instant.now());
        progress.tell("keeping");
        Journal journal = keep(plan);
        progress.tell("replacing", plan.replacements().size(), plan.additions().size());
        Optional<Ill> ill = swap.forward(plan, journal);
        if (ill.isEmpty()) {
            progress.tell("health", settings.health().toSeconds());
            ill = health.await(withAdditions(plan, journal), settings.health(), stopping);
        }
        if (ill.isPresent()) {
            return takeBack(journal, ill.get(), progress);
        }
        return conclude(journal, since, progress);
    }

    private LastUpdate conclude(Journal journal, FileTime since, Progress progress) throws StoppedException {
        LastUpdate end = ended(journal.set(), journal.version(), Result.INSTALLED, null, null);
        try {
            syncFramework(since);
            folder.end(end);
            return end;
        } catch (IOException e) {
            // Better now than by surprise at the next start, where the journal says so.
            LOG.error("The update cannot be concluded", e);
            beginAgain(journal);
            return takeBack(journal, Ill.of(Ill.Kind.NOT_CONCLUDED, String.valueOf(e.getMessage())), progress);
        }
    }

    /** The journal may have gone before it failed, and the way back may be cut off like the way there. */
    private void beginAgain(Journal journal) {
        try {
            folder.begin(journal);
        } catch (IOException e) {
            LOG.error("That the update is taken back cannot be written down", e);
        }
    }

    private Journal keep(Plan plan) throws SetRefused {
        try {
            Path directory = folder.emptyRollback();
            List<Journal.Replaced> replaced = new ArrayList<>();
            for (Plan.Replacement one : plan.replacements()) {
                String name = replaced.size() + ".jar";
                Repacking.write(one.bundle(), directory.resolve(name));
                replaced.add(new Journal.Replaced(one.bundle().getLocation(), name));
            }
            if (plan.updater().isPresent()) {
                Repacking.write(bundles.self(), directory.resolve(UPDATER));
            }
            Journal journal = new Journal(
                    plan.list().name(),
                    plan.list().version(),
                    replaced,
                    plan.additions().stream().map(Plan.Addition::location).toList(),
                    health.now(plan.touched(bundles)));
            folder.begin(journal);
            return journal;
        } catch (IOException | RuntimeException e) {
            throw new SetRefused(e, Refusal.NOT_KEPT, String.valueOf(e.getMessage()));
        }
    }

    /** What is new has to come up as well. */
    private static List<Journal.Before> withAdditions(Plan plan, Journal journal) {
        List<Journal.Before> all = new ArrayList<>(journal.before());
        plan.additions()
                .forEach(addition -> all.add(new Journal.Before(
                        addition.location(), addition.listed().symbolicName(), true, List.of(), List.of())));
        return all;
    }

    private LastUpdate takeBack(Journal journal, Ill why, Progress progress) throws StoppedException {
        progress.tell("takingBack", why);
        makeRoom();
        FileTime since = FileTime.from(Instant.now());
        Optional<Ill> left = back(journal);
        Result result = left.isEmpty() ? Result.TAKEN_BACK : Result.NOT_TAKEN_BACK;
        LastUpdate end = ended(journal.set(), journal.version(), result, why, left.orElse(null));
        try {
            if (left.isPresent()) {
                folder.say(end);
            } else {
                syncFramework(since);
                folder.end(end);
            }
        } catch (IOException e) {
            LOG.error("What became of the update cannot be written down", e);
        }
        return end;
    }

    private Optional<Ill> back(Journal journal) throws StoppedException {
        Optional<Ill> left = swap.back(journal);
        if (left.isPresent()) {
            return left;
        }
        Optional<Ill> ill = health.await(journal.before(), SETTLED, stopping);
        if (ill.isPresent() && !ill.get().onlyWaits()) {
            ill = health.await(journal.before(), PATIENCE, stopping);
        }
        // It may wait for what was taken from the host since, such as +Backup: the old version is back all the same.
        ill.filter(Ill::onlyWaits)
                .ifPresent(waits -> LOG.warn("The old version is back; not all of it is up: {}", waits));
        return ill.filter(one -> !one.onlyWaits());
    }

    /** What is put back needs room; the set's bundles do not any more. */
    private void makeRoom() {
        try {
            folder.clearStaged();
        } catch (IOException e) {
            LOG.warn("The set's bundles cannot be removed", e);
        }
    }

    private void syncFramework(FileTime since) throws IOException {
        Optional<Path> storage = bundles.storage();
        if (storage.isPresent()) {
            UpdateFolder.sync(storage.get(), since);
        }
    }

    private static LastUpdate ended(String set, String version, Result result, Ill why, Ill left) {
        return new LastUpdate(
                set, version, ZonedDateTime.now(ZoneId.systemDefault()).toString(), result, why, left);
    }

    /**
     * Puts back what an update left that was cut off.
     *
     * @return what became of it; empty where nothing was left
     */
    public Optional<LastUpdate> recover(Progress progress) throws StoppedException {
        Optional<Journal> journal;
        try {
            journal = folder.journal();
        } catch (IOException e) {
            LOG.error("What an earlier update left cannot be read", e);
            return Optional.empty();
        }
        if (journal.isEmpty()) {
            return Optional.empty();
        }
        bundles.awaitStarted(stopping);
        Optional<AutoCloseable> held = heldWithin(settings.patience());
        try {
            return Optional.of(takeBack(journal.get(), Ill.of(Ill.Kind.CUT_OFF), progress));
        } finally {
            held.ifPresent(Updater::letGo);
        }
    }

    /**
     * Replaces the updater itself, where the last set had a newer one, and removes what nobody needs any more. The
     * caller ends by this: its bundle may have been stopped.
     */
    public void finish() {
        updater.ifPresent(this::replaceItself);
        try {
            if (!folder.waits()) {
                folder.clear();
            }
        } catch (IOException e) {
            LOG.warn("What the update needed cannot be removed", e);
        }
    }

    private void replaceItself(Plan.Replacement newer) {
        Bundle self = bundles.self();
        List<Journal.Before> before = health.now(List.of(self));
        FileTime since = FileTime.from(Instant.now());
        Optional<Ill> ill = renew(self, newer.jar(), before);
        if (ill.isPresent()) {
            LOG.error("The new updater does not come up, and the old one is put back: {}", ill.get());
            renew(self, folder.rollback().resolve(UPDATER), before)
                    .ifPresent(left -> LOG.error("The old updater does not come up: {}", left));
        }
        try {
            syncFramework(since);
        } catch (IOException e) {
            LOG.warn("What the framework wrote for the new updater may not be on the disk yet", e);
        }
        bundles.refreshLater(self);
    }

    private Optional<Ill> renew(Bundle self, Path jar, List<Journal.Before> before) {
        try {
            bundles.update(self, jar);
            return health.await(before, settings.health(), new Stopping());
        } catch (BundleException | IOException | StoppedException | RuntimeException e) {
            return Optional.of(Ill.notStarted(self, e));
        }
    }
}

package de.joecash.backup.shell.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.spi.Secret;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The commands of the scope {@code backup}. Each prints what it did and throws with one line where it could not. What
 * takes long is waited for on the caller's thread, which does nothing but wait.
 */
@Component(
        service = BackupCommands.class,
        property = {
            "osgi.command.scope=backup",
            "osgi.command.function=create",
            "osgi.command.function=list",
            "osgi.command.function=verify",
            "osgi.command.function=restore",
            "osgi.command.function=drill",
            "osgi.command.function=send",
            "osgi.command.function=status",
            "osgi.command.function=nothingLost",
            "osgi.command.function=remote",
            "osgi.command.function=fetch",
            "osgi.command.function=queue",
            "osgi.command.function=cancel",
            "osgi.command.function=pause",
            "osgi.command.function=resume"
        })
public final class BackupCommands {
    private static final String INTO = "--into";
    private static final String FULL = "--full";
    private static final String KEY = "--key";
    private static final String OTHER_TILL = "--other-till";
    private static final String WITHOUT_FILES = "--without-files";

    private final BackupService backups;
    private final Selection selection;
    private final Waiting waiting;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final Collection<AutomaticRuns> automaticRuns = new CopyOnWriteArrayList<>();

    @Activate
    public BackupCommands(@Reference BackupService backups) {
        this(backups, new Waiting(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    BackupCommands(BackupService backups, Waiting waiting) {
        this.backups = backups;
        this.selection = new Selection(backups);
        this.waiting = waiting;
    }

    @Descriptor("create: makes a backup of the live database, now")
    public void create(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 0, "create");
        finish(session, "created", backups.create(CreateRequest.manual("shell")));
    }

    @Descriptor("list: lists the backups, newest first")
    public void list(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 0, "list");
        reports(session).backups(backups.list());
    }

    @Descriptor("verify ID: reads a backup back whole and compares it; ID is a name, its number, or last")
    public void verify(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 1, 1, "verify");
        finish(session, "verified", backups.verify(selection.backup(arguments[0])));
    }

    @Descriptor("restore ID [--into PATH | --other-till] [--without-files]: restores a backup in the live database's"
            + " place, also another till's, or into another, empty one; without files, folders stay as they are")
    public void restore(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 1, 4, "restore");
        Words words = new Words(arguments);
        boolean adopting = words.take(OTHER_TILL);
        boolean alone = words.take(WITHOUT_FILES);
        Optional<String> into = words.takeValue(INTO);
        if (words.rest().size() != 1 || words.rest().get(0).startsWith("--") || (adopting && into.isPresent())) {
            throw usage("restore");
        }
        BackupId id = into.isPresent()
                ? selection.backup(words.rest().get(0))
                : selection.toRestore(words.rest().get(0));
        String key = into.isPresent() ? "restoredInto" : "restored";
        if (alone) {
            finish(session, key, backups.restoreDatabase(id, into, adopting));
        } else {
            finish(session, key, adopting ? backups.adopt(id) : backups.restore(id, into));
        }
    }

    @Descriptor(
            "drill [ID]: restores a backup, or the newest good one, into a scratch database, checks it, throws it away")
    public void drill(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 1, "drill");
        Optional<BackupId> id = arguments.length == 0 ? Optional.empty() : Optional.of(selection.backup(arguments[0]));
        Outcome end = waiting.await(backups.drill(id), session.getConsole(), Texts.current());
        if (end instanceof Outcome.Failed failed) {
            reports(session).notPassed(failed.problem());
        }
        conclude(session, "drilled", end);
    }

    @Descriptor("send [--full] [ID]: sends a backup, or the newest good manual one, out of the shop (Backup an FTP);"
            + " with --full all of it, not only what is not there yet")
    public void send(CommandSession session, String... arguments) throws CommandFailed {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean full = words.remove(FULL);
        if (words.size() > 1 || words.contains(FULL)) {
            throw usage("send");
        }
        Optional<BackupId> id = words.isEmpty() ? Optional.empty() : Optional.of(selection.backup(words.get(0)));
        Run run = full ? backups.sendFull(id) : backups.send(id);
        Outcome end = waiting.await(run, session.getConsole(), Texts.current());
        if (end instanceof Outcome.Failed failed) {
            reports(session).waits(failed.problem());
        }
        conclude(session, "sent", end);
    }

    @Descriptor("status: says how safe the data is")
    public void status(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 0, "status");
        reports(session)
                .status(backups.status(), automaticRuns.stream().findFirst().map(AutomaticRuns::next));
    }

    @Descriptor("nothingLost ID: says that nothing is missing in the live database, though a backup holds much more;"
            + " that one is kept for ever")
    public void nothingLost(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 1, 1, "nothingLost");
        try {
            backups.nothingLost(selection.backup(arguments[0]));
        } catch (BackupException e) {
            throw new CommandFailed(e.problem());
        }
        status(session);
    }

    @Descriptor("remote [PLACE]: lists the places that have copies, or the backups at one of them")
    public void remote(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 1, "remote");
        if (arguments.length == 0) {
            reports(session).places(backups.places());
        } else {
            reports(session).remote(listAt(selection.place(arguments[0])));
        }
    }

    @Descriptor(
            "fetch PLACE ID [--key FILE] [--without-files]: fetches a backup from a place; ID is a name, its number,"
                    + " or last; the key in the file, or typed for -, opens what is encrypted")
    public void fetch(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 2, 5, "fetch");
        Words words = new Words(arguments);
        boolean alone = words.take(WITHOUT_FILES);
        Optional<String> file = words.takeValue(KEY);
        if (words.rest().size() != 2 || words.rest().get(1).startsWith("--")) {
            throw usage("fetch");
        }
        Optional<Secret> key = file.isPresent()
                ? Optional.of(KeyFile.read(file.get(), session.getKeyboard(), Texts.current()))
                : Optional.empty();
        Place place = selection.place(words.rest().get(0));
        String wanted = words.rest().get(1);
        List<RemoteBackup> there = listAt(place);
        BackupId id = wanted.equals("last")
                ? newest(session, there)
                : Selection.among(there.stream().map(RemoteBackup::id).toList(), wanted);
        finish(session, "fetched", alone ? backups.fetchDatabase(place, id, key) : backups.fetch(place, id, key));
    }

    @Descriptor("queue: lists what is on its way out, and why it waits")
    public void queue(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 0, "queue");
        ZoneId zone = backups.list().stream()
                .findFirst()
                .map(newest -> newest.manifest().started().getZone())
                .orElseGet(ZoneId::systemDefault);
        reports(session).queue(backups.transfers(), zone);
    }

    @Descriptor("cancel ID: cancels a run, or takes an entry out of the queue")
    public void cancel(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 1, 1, "cancel");
        Texts texts = Texts.current();
        if (!backups.cancel(arguments[0])) {
            throw new CommandFailed(texts.get("cancel.unknown", arguments[0]));
        }
        session.getConsole().println(texts.get("cancelled", arguments[0]));
    }

    @Descriptor("pause [ID]: holds the run under way up, for ten minutes at most")
    public void pause(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 1, "pause");
        String id = runNamed(arguments);
        Texts texts = Texts.current();
        if (!backups.pause(id)) {
            throw new CommandFailed(texts.get("pause.refused"));
        }
        session.getConsole().println(texts.get("paused", id));
    }

    @Descriptor("resume [ID]: lets a run go on that was paused")
    public void resume(CommandSession session, String... arguments) throws CommandFailed {
        expect(arguments, 0, 1, "resume");
        String id = runNamed(arguments);
        Texts texts = Texts.current();
        if (!backups.resume(id)) {
            throw new CommandFailed(texts.get("resume.refused"));
        }
        session.getConsole().println(texts.get("resumed", id));
    }

    /** The run that was named, or the one under way. */
    private String runNamed(String... arguments) {
        return arguments.length == 1
                ? arguments[0]
                : backups.current().map(Run::id).orElse("");
    }

    private void finish(CommandSession session, String key, Run run) throws CommandFailed {
        conclude(session, key, waiting.await(run, session.getConsole(), Texts.current()));
    }

    private static void conclude(CommandSession session, String key, Outcome end) throws CommandFailed {
        if (end instanceof Outcome.Succeeded succeeded) {
            reports(session).succeeded(key, succeeded);
        } else if (end instanceof Outcome.Failed failed) {
            throw new CommandFailed(failed.problem());
        }
    }

    /**
     * One of a confirmed till goes before one that somebody has to confirm first: a new machine may have sent into the
     * lost till's directory. Of what is newer and not taken, it is said why.
     */
    private static BackupId newest(CommandSession session, List<RemoteBackup> newestFirst) throws CommandFailed {
        if (newestFirst.isEmpty()) {
            throw new CommandFailed(Texts.current().get("remote.empty"));
        }
        Optional<RemoteBackup> newest = newestFirst.stream()
                .filter(backup -> backup.problem().isEmpty())
                .findFirst()
                .or(() -> newestFirst.stream().filter(RemoteBackup::usable).findFirst());
        reports(session)
                .leftOut(newestFirst.stream()
                        .filter(backup -> newest.map(taken -> isNewer(backup, taken, newestFirst))
                                .orElse(true))
                        .toList());
        return newest.map(RemoteBackup::id).orElseThrow(() -> new CommandFailed(new Problem.UnknownBackup("last")));
    }

    /** By its number or by its time: tills number their backups each by itself, and a till's clock may be wrong. */
    private static boolean isNewer(RemoteBackup backup, RemoteBackup taken, List<RemoteBackup> newestFirst) {
        return newestFirst.indexOf(backup) < newestFirst.indexOf(taken)
                || (backup.manifest().isPresent()
                        && taken.manifest().isPresent()
                        && backup.manifest()
                                .get()
                                .started()
                                .isAfter(taken.manifest().get().started()));
    }

    private List<RemoteBackup> listAt(Place place) throws CommandFailed {
        try {
            return backups.listAt(place);
        } catch (BackupException e) {
            throw new CommandFailed(e.problem());
        }
    }

    private static Reports reports(CommandSession session) {
        return new Reports(Texts.current(), session.getConsole());
    }

    private static void expect(String[] arguments, int least, int most, String command) throws CommandFailed {
        if (arguments.length < least || arguments.length > most) {
            throw usage(command);
        }
    }

    private static CommandFailed usage(String command) {
        Texts texts = Texts.current();
        return new CommandFailed(texts.get("usage", texts.get("usage." + command)));
    }
}

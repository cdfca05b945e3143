package de.joecash.pos.runtime;

import de.joecash.backup.features.Feature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Gets backups back without a till: lists what is at a place, or fetches, opens and verifies one and leaves its
 * archives as plain {@code .gz} files. A framework of only the bundles that this needs runs in a directory of its own
 * beside them, which is gone afterwards.
 */
final class FetchCommand {
    /** No longer than that until the bundles are up, on a slow machine. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);

    private static final long POLL_MILLIS = 20;

    /** So many backups that bear a fingerprint are named. */
    private static final int MOST_NAMED = 5;

    private static final String CORE = "de.joecash.backup.core";

    /** The bundles lie there while they run; what is fetched comes beside them. */
    private static final long ROOM = 60_000_000;

    /** What a new machine's disk keeps free: it has nothing else to do. */
    private static final int RESERVE_MEGABYTES = 50;

    private final Asking asking;
    private final PrintStream out;
    private final PrintStream err;

    FetchCommand(Asking asking, PrintStream out, PrintStream err) {
        this.asking = asking;
        this.out = out;
        this.err = err;
    }

    void run(FetchOptions options) throws Refusal, IOException, InterruptedException {
        RemotePlace place = RemotePlace.of(options);
        FetchedFiles fetched = FetchedFiles.into(options.into(), place);
        Commands commands = commands(options, place);
        Optional<Secret> password = Optional.empty();
        if (place.secret().isPresent()) {
            password = Optional.of(
                    asking.password(options.option(FetchOptions.PASSWORD_FILE), Texts.text("fetch.password")));
            if (password.get().isEmpty()) {
                throw new Refusal(Refusal.FAILED, Texts.text("fetch.noPassword"));
            }
        }
        boolean typed = options.option(FetchOptions.KEY).equals(Optional.of(FetchOptions.TYPED));
        Secret key = typed ? asking.key(Texts.text("fetch.key")) : new Secret("");
        try (DataDirectory data = DataDirectory.open(fetched.work(), "fetch")) {
            try {
                fetched.clear(data);
                FetchedFiles.requireRoom(options.into(), ROOM);
                perform(data, fetched, place, password, key, commands);
            } finally {
                // While it is held: another process may take it then.
                fetched.remove();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Says it to somebody who has no till, and no more than this command line. */
    private static Refusal explained(Refusal refusal, RemotePlace place, Commands commands, BundleContext context) {
        Optional<FetchProblem> problem = FetchProblem.of(refusal);
        if (problem.isEmpty()) {
            return refusal;
        }
        String words = problem.get().words(place);
        if (problem.get().isOfAnotherTill()) {
            Optional<List<String>> confirmed =
                    commands.fingerprint().isPresent() ? ConfirmedBackups.at(place, context) : Optional.of(List.of());
            words += confirmed
                    .map(names -> "\n" + fingerprintHint(commands.fingerprint(), names))
                    .orElse("");
        }
        return new Refusal(refusal.exitCode(), words, refusal);
    }

    /** @param confirmed the names of what bears the given fingerprint, newest first */
    static String fingerprintHint(Optional<String> given, List<String> confirmed) {
        if (given.isEmpty()) {
            return Texts.text("fetch.fingerprintHint");
        }
        return confirmed.isEmpty()
                ? Texts.text("fetch.fingerprintOther", given.get())
                : Texts.text(
                        "fetch.fingerprintFits",
                        given.get(),
                        String.join(", ", confirmed.subList(0, Math.min(MOST_NAMED, confirmed.size()))));
    }

    /**
     * What is run.
     *
     * @param fingerprint of a till that is confirmed for this process alone: what that says of later is not told
     * @param last is what was asked for
     */
    private record Commands(Optional<String> fingerprint, String last) {}

    private void perform(
            DataDirectory data,
            FetchedFiles fetched,
            RemotePlace place,
            Optional<Secret> password,
            Secret key,
            Commands commands)
            throws Refusal, IOException, InterruptedException {
        // Configurations are in memory alone: one of them holds the password.
        Map<String, String> properties = Map.of("felix.cm.pm", "memory");
        // What fails is said once, in words for whoever asked; the log is for whoever looks into it.
        System.setProperty("de.joecash.console", "OFF");
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        // Nothing that was opened is left where somebody presses Ctrl-C.
        Host.Ending ending =
                new Host.Ending(Host.TERMINATED, () -> err.println(Texts.text("fetch.ended")), fetched::remove);
        try (Host host = start(properties, data, ending, quiet)) {
            BundleContext context = host.context();
            await(context, "(objectClass=org.osgi.service.cm.ConfigurationAdmin)");
            Configurations configurations = new Configurations(context);
            if (place.settings().containsKey("id")) {
                configurations.add(place.pid(), place.configuration(password));
            } else {
                configurations.put(place.pid(), place.configuration(password));
            }
            await(
                    context,
                    "(&(objectClass=de.joecash.backup.spi.DestinationProvider)(|(service.pid=" + place.pid()
                            + ")(service.factoryPid=" + place.pid() + ")))");
            // Only now: what is there when the core starts is bound before it answers anybody.
            configurations.put(CORE, core(fetched.backups()));
            await(context, "(objectClass=" + Script.COMMAND_PROCESSOR + ")");
            await(context, "(osgi.command.scope=backup)");
            byte[] typed = key.use(characters -> new String(characters).getBytes(StandardCharsets.UTF_8));
            try {
                new GogoSession(context, InputStream.nullInputStream(), quiet, err)
                        .run(commands.fingerprint().stream()
                                .map(fingerprint -> "backup:trust '" + fingerprint + "'")
                                .toList());
                new GogoSession(context, new ByteArrayInputStream(typed), out, err).run(List.of(commands.last()));
            } catch (Refusal e) {
                refuseWhatWasRefused(context);
                throw explained(e, place, commands, context);
            } finally {
                Arrays.fill(typed, (byte) 0);
            }
            fetched.publish(out);
        }
    }

    private static Host start(Map<String, String> properties, DataDirectory data, Host.Ending ending, PrintStream quiet)
            throws Refusal {
        try {
            return Host.start(properties, data, ending, quiet, Feature.FETCH);
        } catch (Refusal e) {
            throw new Refusal(e.exitCode(), Texts.text("fetch.failed", Host.words(e.getCause())), e);
        }
    }

    private static Dictionary<String, Object> core(Path backups) {
        return FrameworkUtil.asDictionary(
                Map.of("folder", backups.toString(), "reserveMegabytes", RESERVE_MEGABYTES, "drill", "off"));
    }

    private static Commands commands(FetchOptions options, RemotePlace place) throws Refusal {
        Optional<String> fingerprint = options.option(FetchOptions.FINGERPRINT);
        if (options.backup().isEmpty()) {
            return new Commands(fingerprint, "backup:remote " + place.word());
        }
        String key = "";
        if (options.option(FetchOptions.KEY).isPresent()) {
            String file = options.option(FetchOptions.KEY).get();
            if (file.indexOf('\'') >= 0) {
                throw Options.usage("option.notAPath", "--" + FetchOptions.KEY, file);
            }
            key = " --key '" + file + "'";
        }
        String files = options.withoutFiles() ? " --without-files" : "";
        return new Commands(
                fingerprint,
                "backup:fetch " + place.word() + " '" + options.backup().get() + "'" + key + files);
    }

    private static void refuseWhatWasRefused(BundleContext context) throws Refusal {
        Optional<String> refused = FailedComponents.words(context);
        if (refused.isPresent()) {
            throw new Refusal(Refusal.FAILED, Texts.text("fetch.settings", refused.get()));
        }
    }

    private static void await(BundleContext context, String filter) throws Refusal, InterruptedException {
        long start = System.nanoTime();
        try {
            while (context.getAllServiceReferences(null, filter) == null) {
                refuseWhatWasRefused(context);
                if (System.nanoTime() - start > READY_LIMIT.toNanos()) {
                    throw new Refusal(Refusal.FAILED, Texts.text("ready.not", READY_LIMIT.toSeconds(), filter));
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

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
    private static final String CORE = "de.joecash.backup.core";

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
        }
        boolean typed = options.option(FetchOptions.KEY).equals(Optional.of(FetchOptions.TYPED));
        Secret key = typed ? asking.key(Texts.text("fetch.key")) : new Secret("");
        try (DataDirectory data = DataDirectory.open(fetched.work(), "fetch")) {
            try {
                fetched.clear(data);
                perform(data, fetched, place, password, key, commands);
            } finally {
                // While it is held: another process may take it then.
                fetched.remove();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Refusal e) {
            throw GogoSession.unknownSigner(e).isPresent()
                    ? new Refusal(e.exitCode(), e.getMessage() + "\n" + fingerprintHint(options), e)
                    : e;
        }
    }

    private static String fingerprintHint(FetchOptions options) {
        return options.option(FetchOptions.FINGERPRINT)
                .map(other -> Texts.text("fetch.fingerprintOther", other))
                .orElseGet(() -> Texts.text("fetch.fingerprintHint"));
    }

    /**
     * What is run.
     *
     * @param trust confirms a till, for this process alone: what it says of later is not told
     * @param last is what was asked for
     */
    private record Commands(Optional<String> trust, String last) {}

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
        Host.Ending ending = new Host.Ending(Host.TERMINATED, fetched::remove);
        try (Host host = Host.start(properties, data, ending, quiet, Feature.FETCH)) {
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
                        .run(commands.trust().stream().toList());
                new GogoSession(context, new ByteArrayInputStream(typed), out, err).run(List.of(commands.last()));
            } catch (Refusal e) {
                refuseWhatWasRefused(context);
                throw e;
            } finally {
                Arrays.fill(typed, (byte) 0);
            }
            fetched.publish(out);
        }
    }

    private static Dictionary<String, Object> core(Path backups) {
        return FrameworkUtil.asDictionary(
                Map.of("folder", backups.toString(), "reserveMegabytes", RESERVE_MEGABYTES, "drill", "off"));
    }

    private static Commands commands(FetchOptions options, RemotePlace place) throws Refusal {
        Optional<String> trust =
                options.option(FetchOptions.FINGERPRINT).map(fingerprint -> "backup:trust '" + fingerprint + "'");
        if (options.backup().isEmpty()) {
            return new Commands(trust, "backup:remote " + place.word());
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
                trust, "backup:fetch " + place.word() + " '" + options.backup().get() + "'" + key + files);
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

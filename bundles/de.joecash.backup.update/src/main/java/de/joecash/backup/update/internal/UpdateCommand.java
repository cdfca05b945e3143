package de.joecash.backup.update.internal;

import de.joecash.backup.update.internal.apply.Bundles;
import de.joecash.backup.update.internal.apply.Health;
import de.joecash.backup.update.internal.apply.LastUpdate;
import de.joecash.backup.update.internal.apply.StoppedException;
import de.joecash.backup.update.internal.apply.Stopping;
import de.joecash.backup.update.internal.apply.UpdateFolder;
import de.joecash.backup.update.internal.apply.UpdateSettings;
import de.joecash.backup.update.internal.apply.Updater;
import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The command {@code backup:update}. It waits on the caller's thread; the work has one of its own, which goes on
 * whatever becomes of the caller. What an update left that was cut off is put back as soon as this is there.
 */
@Component(
        service = UpdateCommand.class,
        immediate = true,
        configurationPid = "de.joecash.backup.update",
        property = {"osgi.command.scope=backup", "osgi.command.function=update"})
@Designate(ocd = UpdateConfig.class)
public final class UpdateCommand {
    private final UpdateFolder folder;
    private final Updater updater;
    private final UpdateThread thread;

    /** What lets no run begin, of each core; a host has one, or none at the moment. */
    @Reference(
            service = Supplier.class,
            target = "(de.joecash.backup.hold=runs)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    private final Collection<Supplier<Optional<AutoCloseable>>> holds = new CopyOnWriteArrayList<>();

    /** Begins by putting back what was cut off. */
    @Activate
    public UpdateCommand(BundleContext context, UpdateConfig config, @Reference ServiceComponentRuntime components) {
        Stopping stopping = new Stopping();
        Bundles bundles = new Bundles(context);
        UpdateSettings settings = new UpdateSettings(
                List.of(config.keys()),
                Duration.ofSeconds(config.healthSeconds()),
                Duration.ofMinutes(config.waitMinutes()));
        folder = new UpdateFolder(context.getDataFile("update").toPath());
        updater = new Updater(bundles, new Health(bundles, components), folder, settings, this::hold, stopping);
        thread = new UpdateThread(updater, stopping);
        if (folder.waits()) {
            thread.recover();
        }
    }

    private Optional<AutoCloseable> hold() {
        return holds.stream().findFirst().map(Supplier::get).orElseGet(() -> Optional.of(() -> {}));
    }

    /** Ends the thread, which leaves what it had begun to the next start. */
    @Deactivate
    public void stop() {
        thread.stop();
    }

    @Descriptor("update [FILE]: installs a bundle set that the vendor signed, and takes it back by itself where it does"
            + " not come up; without a file, says what became of the last one")
    public void update(CommandSession session, String... arguments) throws CommandFailed {
        Texts texts = Texts.current();
        PrintStream out = session.getConsole();
        if (arguments.length > 1) {
            throw new CommandFailed(texts.get("usage"));
        }
        if (arguments.length == 0) {
            report(out, texts);
            return;
        }
        CompletableFuture<LastUpdate> end = thread.update(Path.of(arguments[0]), (key, words) -> {
            out.println(texts.get(key, words));
            out.flush();
        });
        try {
            LastUpdate last = end.get();
            String words = texts.ended(last);
            if (last.why() != null) {
                throw new CommandFailed(words);
            }
            out.println(words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(texts.get("goesOn"));
        } catch (ExecutionException e) {
            throw failed(texts, e.getCause());
        }
    }

    private static CommandFailed failed(Texts texts, Throwable cause) {
        if (cause instanceof SetRefused refused) {
            return new CommandFailed(texts.refused(refused));
        }
        return new CommandFailed(
                cause instanceof StoppedException ? texts.get("stopped") : texts.get("broken", cause.toString()));
    }

    private void report(PrintStream out, Texts texts) throws CommandFailed {
        try {
            if (thread.isBusy()) {
                out.println(texts.get("underWay"));
            } else if (folder.waits()) {
                out.println(texts.get("waits"));
            }
            Optional<LastUpdate> last = folder.last();
            out.println(
                    last.isPresent()
                            ? texts.get("last", texts.time(last.get()), texts.ended(last.get()))
                            : texts.get("last.none"));
        } catch (IOException e) {
            throw new CommandFailed(texts.refused(new SetRefused(e, Refusal.NOT_KEPT, String.valueOf(e.getMessage()))));
        }
    }
}

package de.joecash.pos.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The launcher's command line. */
final class Main {
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 20;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Exits with 0, with 1 where something failed, with 2 where the command line was not understood. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(err);
        System.exit(new Main(out, err).run(arguments));
    }

    int run(String... arguments) {
        try {
            if (FetchOptions.areMeant(arguments)) {
                fetch(FetchOptions.parse(arguments));
                return 0;
            }
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.println(Texts.text("help"));
            } else {
                launch(options);
            }
            return 0;
        } catch (Refusal e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println(e);
            return Refusal.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.FAILED;
        }
    }

    private void fetch(FetchOptions options) throws Refusal, IOException, InterruptedException {
        if (options.help()) {
            out.println(Texts.text("fetch.help"));
        } else {
            Asking asking = new Asking(Optional.ofNullable(System.console()), System.in, err);
            new FetchCommand(asking, out, err).run(options);
        }
    }

    private void launch(Options options) throws Refusal, IOException, InterruptedException {
        try (DataDirectory data = DataDirectory.open(options.data());
                Host host = Host.start(options, data, err)) {
            new TillStart(host.context()).await(ANSWER_LIMIT);
            if (options.script().isPresent()) {
                execute(host, Script.commands(options.script().get()));
            } else {
                announce(host);
                host.awaitStop();
            }
        }
    }

    private void execute(Host host, List<String> commands) throws Refusal, InterruptedException {
        Readiness readiness = new Readiness(host.context());
        long start = System.nanoTime();
        List<String> missing = readiness.missing();
        while (!missing.isEmpty()) {
            if (System.nanoTime() - start > READY_LIMIT.toNanos()) {
                throw new Refusal(
                        Refusal.FAILED,
                        Texts.text("ready.not", READY_LIMIT.toSeconds(), String.join(System.lineSeparator(), missing)));
            }
            Thread.sleep(POLL_MILLIS);
            missing = readiness.missing();
        }
        new GogoSession(host.context(), InputStream.nullInputStream(), out, err).run(commands);
    }

    private void announce(Host host) throws InterruptedException {
        BackOffice backOffice = new BackOffice(host.context());
        long start = System.nanoTime();
        Optional<URI> address = backOffice.address();
        while (address.isEmpty() && System.nanoTime() - start < ANSWER_LIMIT.toNanos()) {
            Thread.sleep(POLL_MILLIS);
            address = backOffice.address();
        }
        // Programs read this line: it is the same in every language.
        address.ifPresentOrElse(
                answered -> out.println("Back office: " + answered),
                () -> err.println(Texts.text("backOffice.silent", ANSWER_LIMIT.toSeconds())));
    }
}

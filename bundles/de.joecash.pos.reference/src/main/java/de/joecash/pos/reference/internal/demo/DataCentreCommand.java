package de.joecash.pos.reference.internal.demo;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The shell's {@code pos:data-centre}: points the host at a real FTP server, or back at the stand-in. What was set is
 * kept over restarts. Returns once it is in force, so that the next command of a script goes to the new server.
 */
@Component(
        service = Function.class,
        property = {"osgi.command.scope=pos", "osgi.command.function=data-centre"})
public final class DataCentreCommand implements Function {
    private static final String USAGE = "Usage: pos:data-centre HOST PORT USER PASSWORD-FILE [cleartext], or"
            + " pos:data-centre stand-in. PASSWORD-FILE holds the password and is readable by its owner only.";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long LARGEST_FILE = 1024;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final StandIns standIns;
    private final Predicate<String> present;
    private final Duration patience;

    /**
     * Takes what it changes.
     *
     * @param context of this bundle
     * @param standIns one of which is replaced
     */
    @Activate
    public DataCentreCommand(BundleContext context, @Reference StandIns standIns) {
        this(standIns, filter -> present(context, filter), PATIENCE);
    }

    /** @param present whether there is a service that a filter finds */
    DataCentreCommand(StandIns standIns, Predicate<String> present, Duration patience) {
        this.standIns = standIns;
        this.present = present;
        this.patience = patience;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws IOException {
        List<String> words = arguments.stream().map(String::valueOf).toList();
        if (words.equals(List.of("stand-in"))) {
            return inForce(standIns.useStandIn(), "The data centre is the stand-in on this machine.");
        }
        boolean cleartext = words.size() == 5 && words.get(4).equals("cleartext");
        if (words.size() != 4 && !cleartext) {
            throw new IllegalArgumentException(USAGE);
        }
        FtpServer server =
                new FtpServer(words.get(0), port(words.get(1)), words.get(2), password(words.get(3)), cleartext);
        return inForce(
                standIns.use(server),
                "The data centre is " + server
                        + (cleartext ? ", in the clear." : ", by TLS; sending in the clear is refused."));
    }

    private static int port(String typed) {
        return typed.matches("[0-9]{1,5}") ? Integer.parseInt(typed) : 0;
    }

    private static String password(String file) throws IOException {
        Path path = path(file);
        if (!Files.isRegularFile(path) || Files.size(path) > LARGEST_FILE) {
            throw new IllegalArgumentException(
                    "PASSWORD-FILE " + path + " is not there, or is no file with a password.");
        }
        if (Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
            throw new IllegalArgumentException(
                    "PASSWORD-FILE " + path + " can be read or written by others. Please do: chmod 600 " + path);
        }
        try {
            return Files.readString(path).replaceFirst("\\R\\z", "");
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("PASSWORD-FILE " + path + " is not UTF-8.", e);
        }
    }

    private static Path path(String typed) {
        try {
            return Path.of(typed).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(USAGE, e);
        }
    }

    /** Config Admin tells of a change when it gets round to it. */
    private String inForce(String filter, String done) {
        long start = System.nanoTime();
        while (!present.test(filter)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return done + " Nothing installed uses it at present.";
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
        }
        return done;
    }

    private static boolean present(BundleContext context, String filter) {
        try {
            return context.getAllServiceReferences(null, filter) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

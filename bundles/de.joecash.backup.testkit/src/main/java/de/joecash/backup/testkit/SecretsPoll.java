package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the arguments and the environment of this process's children, again and again, for a canary. */
public final class SecretsPoll implements AutoCloseable {
    private final String canary;
    private final Pattern file;
    private final Set<String> tools = new ConcurrentSkipListSet<>();
    private final Set<String> leaks = new ConcurrentSkipListSet<>();
    private final Set<String> files = new ConcurrentSkipListSet<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> polling;

    /**
     * Begins to look.
     *
     * @param canary a part of the password that nothing escapes
     * @param file finds the name of the file with the password in arguments or environment, as its first group
     */
    public SecretsPoll(String canary, Pattern file) {
        this.canary = canary;
        this.file = file;
        polling = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                poll();
            }
        });
    }

    private void poll() {
        polls.incrementAndGet();
        ProcessHandle.current().descendants().forEach(child -> {
            String arguments = read(child, "cmdline");
            String all = arguments + "\0" + read(child, "environ");
            for (String argument : arguments.split("\0", -1)) {
                if (argument.startsWith("/")) {
                    tools.add(argument.substring(argument.lastIndexOf('/') + 1));
                }
            }
            if (all.contains(canary)) {
                leaks.add(arguments.replace('\0', ' '));
            }
            Matcher matcher = file.matcher(all);
            if (matcher.find()) {
                inspect(matcher.group(1));
            }
        });
    }

    private void inspect(String name) {
        files.add(name);
        try {
            Path path = Path.of(name);
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent()));
            if (!mode.equals("rw-------rwx------")) {
                leaks.add(mode);
            }
        } catch (IOException e) {
            // The run is over.
            files.add(name);
        }
    }

    private static String read(ProcessHandle process, String what) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), what)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Asserts that all tools were seen, the canary never, and that no file is left.
     *
     * @param expected the tools' names
     */
    public void assertNothingLeaked(List<String> expected) {
        close();
        assertThat(tools).containsAll(expected);
        assertThat(polls.get()).isGreaterThan(5);
        assertThat(leaks).isEmpty();
        assertThat(files).isNotEmpty().allSatisfy(name -> assertThat(Path.of(name))
                .doesNotExist());
    }

    /** Looks no more. */
    @Override
    public void close() {
        over.set(true);
        polling.join();
    }
}

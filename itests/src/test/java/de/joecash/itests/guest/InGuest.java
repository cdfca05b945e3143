package de.joecash.itests.guest;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.testkit.BytesContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What runs in a guest: the bundle's destination, on a stick of which the tests know what happens to it. */
public final class InGuest {
    static final String STICK = "/media/usb0";
    private static final String STORED = "STORED";
    private static final String STORE = "store";

    private final DestinationProvider provider;

    /**
     * Configures it.
     *
     * @param volumeMegabytes 0 as it is delivered
     */
    InGuest(int volumeMegabytes) throws ReflectiveOperationException {
        // Its configuration is a type of the bundle's own; the rest of it is left at its defaults.
        Class<?> type = Class.forName("de.joecash.backup.destination.file.internal.FolderProvider");
        var constructor = type.getConstructors()[0];
        Class<?> configuration = constructor.getParameterTypes()[0];
        provider = (DestinationProvider) constructor.newInstance(Proxy.newProxyInstance(
                configuration.getClassLoader(),
                new Class<?>[] {configuration},
                (proxy, method, arguments) ->
                        method.getName().equals("volumeMegabytes") ? volumeMegabytes : method.getDefaultValue()));
    }

    /**
     * Runs a scenario, and switches the guest off; {@code store} alone is one of a process beside it.
     *
     * @param arguments its name, and what it needs
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(STORE)) {
            System.out.print(new InGuest(0).outcome("later.gz", new BytesContent(new byte[1000])));
            return;
        }
        toTheEnd(() -> {
            InGuest guest = new InGuest(0);
            switch (arguments[0]) {
                case "copy" -> guest.copy(Path.of(Guest.HOST + arguments[1]));
                case "again" -> guest.again(Path.of(Guest.HOST + arguments[1]), Integer.parseInt(arguments[2]));
                case "volumes" ->
                    new InGuest(Integer.parseInt(arguments[2])).deliver(Path.of(Guest.HOST + arguments[1]));
                case "bad-days" -> new BadDays(guest).all();
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        });
    }

    /** What is tried in a guest. */
    @FunctionalInterface
    public interface Scenario {
        /**
         * Runs.
         *
         * @throws Exception then it has failed
         */
        void run() throws Exception;
    }

    /** Runs a scenario, says how it ended, and switches the guest off. */
    public static void toTheEnd(Scenario scenario) throws IOException {
        say("UP");
        try {
            scenario.run();
            say("END");
        } catch (Throwable e) {
            e.printStackTrace(System.out);
            say("FAILED " + e);
        } finally {
            Files.writeString(Path.of("/proc/sysrq-trigger"), "o");
        }
    }

    /** Tells the test. */
    public static void say(String what) {
        System.out.println(Guest.MARK + what);
    }

    /**
     * Copies backups to the stick, archive first as a delivery does, and takes the oldest off again, for ever. Says
     * {@code GREEN} once a backup is there, {@code GONE} before it is not any more.
     */
    private void copy(Path backups) throws Exception {
        run("mount", "/dev/ubda", STICK);
        List<Path> manifests = manifests(backups);
        while (true) {
            for (int i = 0; i < manifests.size(); i++) {
                copy(archive(manifests.get(i)), manifests.get(i));
                say("GREEN " + manifests.get(i).getFileName());
                remove(manifests.get((i + 2) % manifests.size()));
            }
        }
    }

    /**
     * Puts the same backups on sticks whose power was cut, as a delivery does: what is there and equal is left. Says
     * {@code DEVICE OUTCOME} of each, the outcome {@code WHOLE} where all of them were there after it was unplugged.
     */
    private void again(Path backups, int sticks) throws Exception {
        List<Path> files = new ArrayList<>();
        for (Path manifest : manifests(backups)) {
            files.add(archive(manifest));
            files.add(manifest);
        }
        for (int i = 0; i < sticks; i++) {
            String device = "/dev/ubd" + (char) ('a' + i);
            run("mount", device, STICK);
            String outcome = again(files);
            run("umount", STICK);
            run("mount", device, STICK);
            for (Path file : files) {
                outcome = isThere(file) ? outcome : outcome + " LOST " + file.getFileName();
            }
            run("umount", STICK);
            say(device + " " + (outcome.isEmpty() ? "WHOLE" : outcome));
        }
    }

    /** Puts what is not there yet; gives what went wrong, nothing where all is there. */
    private String again(List<Path> files) throws IOException {
        for (Path file : files) {
            String outcome = isThere(file) ? STORED : outcome(file.getFileName().toString(), content(file));
            if (!outcome.equals(STORED)) {
                return outcome + " " + file.getFileName();
            }
        }
        return "";
    }

    /** Copies a backup to the stick, its manifest last. Says what came of it. */
    private void deliver(Path backups) throws IOException {
        run("mount", "/dev/ubda", STICK);
        Path manifest = manifests(backups).get(0);
        Path archive = archive(manifest);
        Path files = archive.resolveSibling(archive.getFileName().toString().replace(".sql.gz", ".files.tar.gz"));
        String outcome = again(List.of(archive, files, manifest));
        run("umount", STICK);
        say(outcome.isEmpty() ? STORED : outcome);
    }

    private boolean isThere(Path file) throws IOException {
        try (Destination stick = connect()) {
            String name = file.getFileName().toString();
            if (stick.stat(name).isEmpty()) {
                return false;
            }
            try (InputStream in = stick.open(name)) {
                return Arrays.equals(in.readAllBytes(), Files.readAllBytes(file));
            }
        } catch (BackupException e) {
            return false;
        }
    }

    private static List<Path> manifests(Path backups) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().endsWith(".state.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path archive(Path manifest) {
        return manifest.resolveSibling(manifest.getFileName().toString().replace(".json", ".sql.gz"));
    }

    private void copy(Path... files) throws BackupException, IOException {
        try (Destination stick = connect()) {
            for (Path file : files) {
                stick.put(file.getFileName().toString(), content(file), sent -> {});
            }
        }
    }

    private void remove(Path manifest) throws BackupException, IOException {
        try (Destination stick = connect()) {
            if (stick.stat(manifest.getFileName().toString()).isPresent()) {
                say("GONE " + manifest.getFileName());
                stick.delete(manifest.getFileName().toString());
                stick.delete(archive(manifest).getFileName().toString());
            }
        }
    }

    Destination connect() throws BackupException {
        return provider.connect(STICK, List.of(), new Cancellation());
    }

    private static Destination.Content content(Path file) throws IOException {
        long bytes = Files.size(file);
        return new Destination.Content() {
            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }

    /** What came of storing something: {@code STORED}, or the problem. */
    String outcome(String name, Destination.Content content) throws IOException {
        try (Destination stick = connect()) {
            stick.put(name, content, sent -> {});
            return STORED;
        } catch (BackupException e) {
            return words(e.problem());
        }
    }

    /** What comes of storing something by a process that has none of root's powers, as a till runs. */
    static String outcomeWithoutPowers() throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        for (String word : Files.readString(Path.of("/proc/self/cmdline")).split("\0", -1)) {
            command.add(word);
            if (word.equals(InGuest.class.getName())) {
                break;
            }
        }
        command.add(STORE);
        // What logs complain of comes before it.
        return run(command.toArray(String[]::new))
                .lines()
                .reduce((one, next) -> next)
                .orElse("");
    }

    static String words(Problem problem) {
        return problem instanceof Problem.MediumRefused refused
                ? problem.code() + "." + refused.reason()
                : problem.code();
    }

    /** Runs a command of the guest, which must succeed, and gives what it said. */
    public static String run(String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(words + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

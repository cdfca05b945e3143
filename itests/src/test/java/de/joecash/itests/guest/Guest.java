package de.joecash.itests.guest;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Needed;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user-mode-linux guest that runs {@link InGuest} on the product's own bundles. Its root is in its memory; the host's
 * files are below {@link #HOST}, read-only; its stick is an image file of the host. It needs no rights on the host.
 *
 * <p>What a frozen guest has on its disk is what a power cut leaves: what its kernel has not handed to the disk yet is
 * nowhere but in its memory.
 */
public final class Guest implements AutoCloseable {
    /** Where the guest sees the host's root. */
    static final String HOST = "/host";

    /** Begins each line that is meant for a test; kernel and tools write others. */
    static final String MARK = "@@ ";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SHARED_MEMORY = "/dev/shm";
    private static final int SMALL = 320;
    private static final Path KERNEL = Path.of("/usr/bin/linux.uml");
    private static final String SOURCE = "src/test/resources/guest/whole-state.c";
    private static final Path BUNDLES = Path.of("target/bundles");

    /** One process for the modules, one for Java: each costs a good part of a second in there. */
    private static final String INIT =
            """
            #!/bin/sh
            export PATH=/usr/sbin:/usr/bin:/sbin:/bin
            mount -t tmpfs till /mnt
            cd /mnt
            mkdir host proc sys dev tmp media media/usb0 kernel kernel/lib
            ln -s /usr/lib/uml/modules kernel/lib
            ln -s host/usr host/etc .
            ln -s usr/bin usr/sbin usr/lib usr/lib64 .
            mount --bind / host
            mount -t proc proc proc
            mount -t sysfs sys sys
            mount -t devtmpfs dev dev
            modprobe -d /mnt/kernel -a vfat nls_cp437 nls_iso8859-1 dm-mod dm-flakey dm-delay ext4 fuse
            ip link set lo up
            exec chroot /mnt %s
            """;

    private final Process process;
    private final Path console;

    private Guest(Process process, Path console) {
        this.process = process;
        this.console = console;
    }

    /**
     * Boots one.
     *
     * @param directory for its files; need not be there
     * @param sticks image files, which become {@code /dev/ubda}, {@code /dev/ubdb} and so on; 16 at most
     * @param arguments of {@link InGuest}
     */
    public static Guest boot(Path directory, List<Path> sticks, String... arguments) throws IOException {
        return boot(directory, SMALL, sticks, InGuest.class, arguments);
    }

    /**
     * Boots one that runs something else.
     *
     * @param megabytes its memory, which holds its files, too
     * @param main run in the directory of the tests' module, and ends by {@link InGuest#toTheEnd}
     */
    public static Guest boot(Path directory, int megabytes, List<Path> sticks, Class<?> main, String... arguments)
            throws IOException {
        Needed.on(Files.isExecutable(KERNEL), "the Debian package user-mode-linux");
        Needed.on(Files.isExecutable(Path.of("/usr/sbin/dmsetup")), "the Debian package dmsetup");
        Needed.on(Files.isExecutable(Path.of("/usr/sbin/modprobe")), "the Debian package kmod");
        Files.createDirectories(directory);
        Path preloaded = compile(directory.resolve("whole-state.so"));
        Path init = Files.writeString(directory.resolve("init"), INIT.formatted(java(main, arguments)));
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path console = directory.resolve("console");
        List<String> command = new ArrayList<>(List.of(
                KERNEL.toString(),
                "mem=" + megabytes + "M",
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "quiet",
                "loglevel=1",
                "panic=1",
                "con0=null,fd:1",
                "con=null",
                "ssl=null",
                "uml_dir=" + directory + "/",
                "umid=guest",
                "init=" + init));
        for (int i = 0; i < sticks.size(); i++) {
            command.add("ubd" + (char) ('a' + i) + "=" + sticks.get(i));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile());
        builder.environment().put("LD_PRELOAD", preloaded.toString());
        // The guest's memory is a file there, and no disk has to keep it.
        builder.environment().put("TMPDIR", roomInMemory(megabytes) ? SHARED_MEMORY : directory.toString());
        return new Guest(builder.start(), console);
    }

    private static boolean roomInMemory(int megabytes) {
        File memory = new File(SHARED_MEMORY);
        return memory.canWrite() && memory.getUsableSpace() > (long) megabytes << 20;
    }

    /** Makes what lets the guest's kernel run on processors that have more registers than it knows. */
    private static Path compile(Path library) throws IOException {
        Needed.on(Files.isExecutable(Path.of("/usr/bin/gcc")), "the Debian package gcc");
        Needed.on(Files.exists(Path.of("/usr/include/elf.h")), "the Debian package libc6-dev");
        Process gcc = new ProcessBuilder("/usr/bin/gcc", "-O", "-shared", "-fPIC", "-o", library.toString(), SOURCE)
                .redirectErrorStream(true)
                .start();
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(gcc.onExit().join().exitValue()).as(said).isZero();
        return library.toAbsolutePath();
    }

    private static String java(Class<?> main, String... arguments) {
        String path = Stream.concat(
                        Stream.of("de.joecash.backup.api", "de.joecash.backup.destination.file")
                                .map(Guest::bundle),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(
                                        entry -> entry.matches(
                                                ".*(/itests/target/test-classes|backup\\.testkit.*|(slf4j-api|assertj-core|gson)[^/]*\\.jar)")))
                .map(entry -> HOST + Path.of(entry).toAbsolutePath().normalize())
                .collect(Collectors.joining(File.pathSeparator));
        // Without the archive of its own classes, by the first compiler alone: half the time until it runs.
        return "env -C " + HOST + Path.of("").toAbsolutePath() + " " + HOST + System.getProperty("java.home")
                + "/bin/java -Xmx48m -Xshare:off -XX:+UseSerialGC"
                + " -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp " + path + " " + main.getName() + " "
                + String.join(" ", arguments);
    }

    private static String bundle(String name) {
        try (Stream<Path> bundles = Files.list(BUNDLES)) {
            return bundles.filter(file -> file.getFileName().toString().startsWith(name + "-"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What it has said so far, line by line, without the mark. */
    public List<String> said() throws IOException {
        String all = Files.readString(console, StandardCharsets.ISO_8859_1);
        return all.substring(0, all.lastIndexOf('\n') + 1)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()))
                .toList();
    }

    /** Waits until it has said so many lines that begin like this. */
    public List<String> awaitSaid(String begin, int count) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> found =
                    said().stream().filter(line -> line.startsWith(begin)).toList();
            if (found.size() >= count) {
                return found;
            }
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("it says \"%s\" %d times and runs: %s", begin, count, Files.readString(console))
                    .isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Waits until it has switched itself off; gives what it said. */
    public List<String> awaitEnd() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends: %s", Files.readString(console))
                .isTrue();
        return said();
    }

    /** Copies a stick of its as a power cut at this instant would leave it, and gives what it had said by then. */
    public List<String> cut(Path stick, Path copy) throws IOException {
        List<ProcessHandle> kernel = kernel();
        signal("STOP", kernel);
        try {
            awaitStopped(kernel);
            Files.copy(stick, copy, StandardCopyOption.REPLACE_EXISTING);
            // Not before it stood still: it may have said since that it is about to remove something.
            return said();
        } finally {
            signal("CONT", kernel);
        }
    }

    /** A signal that was sent has not arrived yet: what is still at a write would go on with it (proc(5), status). */
    private static void awaitStopped(List<ProcessHandle> kernel) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (ProcessHandle one : kernel) {
            Path status = Path.of("/proc", Long.toString(one.pid()), "status");
            while (!Files.readString(status).contains("State:\tT")) {
                assertThat(System.nanoTime()).as("it stands still").isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    /**
     * The guest's kernel and the threads that write for it. Its processes, which it traces, take a signal for one of
     * their own; while it stands still they can do nothing.
     */
    private List<ProcessHandle> kernel() throws IOException {
        List<ProcessHandle> kernel = new ArrayList<>(List.of(process.toHandle()));
        for (ProcessHandle child : process.descendants().toList()) {
            Path status = Path.of("/proc", Long.toString(child.pid()), "status");
            if (Files.exists(status) && Files.readString(status).contains("TracerPid:\t0")) {
                kernel.add(child);
            }
        }
        return kernel;
    }

    /** Cuts the power for good. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(one -> command.add(Long.toString(one.pid())));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }
}

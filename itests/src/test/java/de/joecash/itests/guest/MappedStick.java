package de.joecash.itests.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The first stick, behind the device mapper: it does what a test says, whatever the kernel has asked it for by then.
 */
public final class MappedStick {
    /** Where it is plugged in. */
    public static final Path MOUNT_POINT = Path.of(InGuest.STICK);

    private static final String DEVICE = "/dev/dm-0";
    private static final String NAME = "stick";

    private final long sectors;

    /**
     * Makes one that is well, and not plugged in.
     *
     * @throws IOException if there is none
     */
    public MappedStick() throws IOException {
        sectors =
                Long.parseLong(Files.readString(Path.of("/sys/block/ubda/size")).strip());
        InGuest.run("dmsetup", "create", NAME, "--table", well());
    }

    /** Plugs it in. */
    public void plug() {
        InGuest.run("mount", DEVICE, MOUNT_POINT.toString());
    }

    /** Takes off whatever is plugged in, though it be in use. */
    static void unplug() {
        InGuest.run("umount", "-l", MOUNT_POINT.toString());
    }

    /** Off and on again, and well: what the kernel remembered of it is gone. */
    public void replug() {
        unplug();
        become(well());
        plug();
    }

    /** It says that it keeps what it drops. */
    void lie() {
        become("0 " + sectors + " flakey /dev/ubda 0 0 1000 1 drop_writes");
    }

    /** Each write takes so long. */
    public void slowDown(Duration write) {
        become("0 " + sectors + " delay /dev/ubda 0 0 /dev/ubda 0 " + write.toMillis());
    }

    /** It answers nothing. */
    public void freeze() {
        suspend();
    }

    /** It fails, also at what it had not answered yet. */
    public void die() {
        become("0 " + sectors + " error");
    }

    private String well() {
        return "0 " + sectors + " linear /dev/ubda 0";
    }

    private static void become(String table) {
        suspend();
        InGuest.run("dmsetup", "load", NAME, "--table", table);
        InGuest.run("dmsetup", "resume", NAME);
    }

    private static void suspend() {
        InGuest.run("dmsetup", "suspend", "--noflush", "--nolockfs", NAME);
    }

    /** Waits until something is on its way to a disk (proc(5), {@code /proc/meminfo}); nothing else writes to one. */
    public static void awaitWrites() {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        try {
            while (Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .noneMatch(line -> line.matches("Writeback: +[1-9].*"))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Nothing is written");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

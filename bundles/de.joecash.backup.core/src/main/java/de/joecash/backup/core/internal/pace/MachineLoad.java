package de.joecash.backup.core.internal.pace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/**
 * The share of the machine's processors that was busy since it was asked last, everybody's work and ours. From the
 * first line of Linux' {@code /proc/stat} (proc(5)): user, nice, system, idle, iowait, irq, softirq and steal in ticks
 * since the start. Waiting for a disk is not busy; time that a hypervisor gave to others is. Not a number where there
 * is no such file, and at the first call. Used by one thread.
 */
public final class MachineLoad implements DoubleSupplier {
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int STEAL = 8;

    private final Path stat;
    private long total;
    private long idle;

    /** Asks the kernel. */
    public MachineLoad() {
        this(Path.of("/proc/stat"));
    }

    MachineLoad(Path stat) {
        this.stat = stat;
    }

    @Override
    public double getAsDouble() {
        long totalBefore = total;
        long idleBefore = idle;
        try {
            read();
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
        long ticks = total - totalBefore;
        return totalBefore == 0 || ticks <= 0 ? Double.NaN : clamped(1 - (double) (idle - idleBefore) / ticks);
    }

    private void read() throws IOException {
        String line = Files.readString(stat, StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElse("");
        String[] words = line.split(" +", -1);
        if (words.length <= STEAL || !words[0].equals("cpu")) {
            throw new IOException("No processors in " + stat);
        }
        long sum = 0;
        for (int i = 1; i <= STEAL; i++) {
            sum += Long.parseLong(words[i]);
        }
        total = sum;
        idle = Long.parseLong(words[IDLE]) + Long.parseLong(words[IOWAIT]);
    }

    /** The kernel's idle time may step back a little. */
    private static double clamped(double share) {
        return Math.max(0, Math.min(1, share));
    }
}

package de.joecash.backup.destination.file.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted where, from {@code /proc/self/mountinfo} (proc(5)), read anew at each question. A system without that
 * file has no mounts to tell of.
 */
record Mounts(Path mountinfo) {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");

    /**
     * One mount.
     *
     * @param point where, escapes decoded
     * @param device major and minor number, e.g. {@code 8:17}
     * @param type e.g. {@code vfat}
     */
    record Mount(Path point, String device, String type) {
        /** Whether the system keeps its own scratch files there, in memory: gone with the power. */
        boolean scratch() {
            return IN_MEMORY.contains(type)
                    && (point.startsWith("/run") || point.equals(Path.of("/tmp")) || point.equals(Path.of("/dev")));
        }
    }

    /** Who may write to what is mounted. */
    enum Access {
        /** Those whom its permissions let. */
        WRITABLE,
        /** Nobody: it was mounted so, by somebody or because it is write-protected. */
        READ_ONLY,
        /** Nobody any more: mounted to be written to, its file system has found an error (mount(8), {@code errors}). */
        LOCKED
    }

    private record Line(Mount mount, Access access) {}

    static Mounts ofThisSystem() {
        return new Mounts(Path.of("/proc/self/mountinfo"));
    }

    /**
     * Finds the mount that a path lies on: of the longest mount point that contains it the newest.
     *
     * @param real absolute, without links
     * @return empty on a system that does not tell
     */
    Optional<Mount> covering(Path real) throws IOException {
        return line(real).map(Line::mount);
    }

    /** Lists all mounts, in the order they were made. */
    List<Mount> mounts() throws IOException {
        return all().stream().map(Line::mount).toList();
    }

    /** Gives who may write there at this instant, as far as the mount goes. */
    Access access(Path real) throws IOException {
        return line(real).map(Line::access).orElse(Access.WRITABLE);
    }

    private Optional<Line> line(Path real) throws IOException {
        // Of two at one point the later one covers the earlier one.
        return all().stream()
                .filter(line -> real.startsWith(line.mount().point()))
                .reduce((one, next) -> next.mount().point().getNameCount()
                                >= one.mount().point().getNameCount()
                        ? next
                        : one);
    }

    private List<Line> all() throws IOException {
        if (!Files.exists(mountinfo)) {
            return List.of();
        }
        // Byte by byte: a mount point that is not UTF-8 must not hide the others.
        return Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1).stream()
                .flatMap(line -> parse(line).stream())
                .toList();
    }

    private static Optional<Line> parse(String line) {
        String[] fields = line.split(" ", -1);
        int dash = List.of(fields).indexOf("-");
        if (dash < 6 || dash + 1 >= fields.length) {
            return Optional.empty();
        }
        try {
            Mount mount = new Mount(Path.of(unescape(fields[4])), fields[2], fields[dash + 1]);
            return Optional.of(new Line(mount, access(fields[5], fields.length > dash + 3 ? fields[dash + 3] : "")));
        } catch (InvalidPathException e) {
            // Nobody can have configured a path below it: that would not be a path either.
            return Optional.empty();
        }
    }

    /** What an error locks is the file system, not the mount. */
    private static Access access(String mountOptions, String fileSystemOptions) {
        if (List.of(mountOptions.split(",", -1)).contains("ro")) {
            return Access.READ_ONLY;
        }
        return List.of(fileSystemOptions.split(",", -1)).contains("ro") ? Access.LOCKED : Access.WRITABLE;
    }

    /** The kernel writes blank, tab, line feed and backslash as octal escapes. */
    private static String unescape(String field) {
        String bytes = OCTAL.matcher(field)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8))));
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}

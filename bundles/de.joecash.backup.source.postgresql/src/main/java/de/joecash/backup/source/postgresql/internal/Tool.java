package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tool of PostgreSQL, as it is installed.
 *
 * @param name its name
 * @param path where it is
 * @param major its major version
 * @param minor its minor version; 0 for one that is not released yet
 */
record Tool(String name, Path path, int major, int minor) {
    static final String DUMP = "pg_dump";
    static final String SHELL = "psql";

    /** What brings both. */
    static final String PACKAGE = "postgresql-client";

    /** One directory for each major version. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** The first of which {@code pg_dump} writes what {@link TextGuard} reads. */
    private static final int OLDEST = 12;

    private static final long ANSWERS_WITHIN_SECONDS = 10;
    private static final int LONGEST_ANSWER = 200;
    private static final Pattern VERSION = Pattern.compile(" (\\d{1,4})(?:\\.(\\d{1,4}))?");

    /**
     * Finds a tool, the newest that Debian has, else the first on the path.
     *
     * @param configured the only directory to look in, if there is one
     */
    static Tool find(String name, Optional<Path> configured) throws BackupException {
        for (Path directory : configured.map(List::of).orElseGet(Tool::directories)) {
            Path path = directory.resolve(name);
            if (Files.isExecutable(path) && !Files.isDirectory(path)) {
                return asked(name, path);
            }
        }
        throw new BackupException(new Problem.ToolMissing(name, PACKAGE));
    }

    private static List<Path> directories() {
        List<Path> directories = new ArrayList<>();
        try (Stream<Path> majors = Files.list(DEBIAN)) {
            majors.filter(major -> major.getFileName().toString().matches("\\d{1,4}"))
                    .sorted(Comparator.comparing((Path major) ->
                                    Integer.valueOf(major.getFileName().toString()))
                            .reversed())
                    .forEach(major -> directories.add(major.resolve("bin")));
        } catch (IOException e) {
            directories.clear();
        }
        String path = System.getenv("PATH");
        Stream.of((path == null ? "/usr/bin:/bin" : path).split(":", -1))
                .filter(entry -> entry.startsWith("/"))
                .map(Path::of)
                .forEach(directories::add);
        return directories;
    }

    private static Tool asked(String name, Path path) throws BackupException {
        ProcessBuilder builder = new ProcessBuilder(path.toString(), "--version")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("PATH", "/usr/bin:/bin");
        try {
            Process process = builder.start();
            process.onExit()
                    .completeOnTimeout(process, ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .join();
            if (process.isAlive()) {
                process.destroyForcibly();
                throw new BackupException(new Problem.ToolStalled(name));
            }
            String answer =
                    new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.ISO_8859_1);
            Matcher version = VERSION.matcher(answer);
            if (!version.find()) {
                throw new BackupException(new Problem.ToolMissing(name, PACKAGE));
            }
            int major = Integer.parseInt(version.group(1));
            int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
            Tool tool = new Tool(name, path, major, minor);
            if (major < OLDEST) {
                throw new BackupException(new Problem.ToolTooOld(name, tool.version(), PACKAGE));
            }
            return tool;
        } catch (IOException e) {
            throw new BackupException(new Problem.ToolMissing(name, PACKAGE), e);
        }
    }

    String version() {
        return major + "." + minor;
    }

    /** Says whether it knows {@code \restrict}, which the releases of August 2025 brought to all versions. */
    boolean knowsRestrict() {
        int since =
                switch (major) {
                    case 12 -> Integer.MAX_VALUE;
                    case 13 -> 22;
                    case 14 -> 19;
                    case 15 -> 14;
                    case 16 -> 10;
                    case 17 -> 6;
                    default -> 0;
                };
        return minor >= since;
    }

    /** Gives a command that runs it at low priority, where the system has the means. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        lower(command, "/usr/bin/nice", "-n", "19");
        lower(command, "/usr/bin/ionice", "-c", "3", "-t");
        command.add(path.toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static void lower(List<String> command, String program, String... options) {
        if (Files.isExecutable(Path.of(program))) {
            command.add(program);
            command.addAll(Arrays.asList(options));
        }
    }
}

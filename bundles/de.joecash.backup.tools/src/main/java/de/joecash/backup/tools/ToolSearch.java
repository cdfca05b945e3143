package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a tool of a database is found.
 *
 * @param name its name
 * @param debianPackage what brings it
 * @param version what of its answer to {@code --version} is the version: each group is a number
 * @param oldest the least value of the first of these numbers, from which on its text is what we read
 */
public record ToolSearch(String name, String debianPackage, Pattern version, int oldest) {
    private static final long ANSWERS_WITHIN_SECONDS = 10;
    private static final int LONGEST_ANSWER = 200;

    /**
     * Finds it.
     *
     * @param configured the only directory to look in, if there is one
     * @param before otherwise, directories to look in before the path's, in this order
     * @return the first
     * @throws BackupException if there is none, or it is too old
     */
    public Tool find(Optional<Path> configured, List<Path> before) throws BackupException {
        for (Path directory : configured.map(List::of).orElseGet(() -> directories(before))) {
            Path path = directory.resolve(name);
            if (Files.isExecutable(path) && !Files.isDirectory(path)) {
                return asked(path);
            }
        }
        throw new BackupException(new Problem.ToolMissing(name, debianPackage));
    }

    private static List<Path> directories(List<Path> before) {
        List<Path> directories = new ArrayList<>(before);
        String path = System.getenv("PATH");
        Stream.of((path == null ? "/usr/bin:/bin" : path).split(":", -1))
                .filter(entry -> entry.startsWith("/"))
                .map(Path::of)
                .forEach(directories::add);
        return directories;
    }

    private Tool asked(Path path) throws BackupException {
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
            Tool tool = new Tool(name, path, numbers(answer));
            if (tool.number(0) < oldest) {
                throw new BackupException(new Problem.ToolTooOld(name, tool.versionText(), debianPackage));
            }
            return tool;
        } catch (IOException e) {
            throw new BackupException(new Problem.ToolMissing(name, debianPackage), e);
        }
    }

    private List<Integer> numbers(String answer) throws BackupException {
        Matcher matcher = version.matcher(answer);
        if (!matcher.find()) {
            throw new BackupException(new Problem.ToolMissing(name, debianPackage));
        }
        List<Integer> numbers = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                numbers.add(Integer.valueOf(matcher.group(group)));
            }
        }
        return numbers;
    }
}

package de.joecash.backup.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A tool of a database, as it is installed.
 *
 * @param name its name
 * @param path where it is
 * @param version its version's numbers, the most significant first; at least one
 */
public record Tool(String name, Path path, List<Integer> version) {
    /** Keeps a copy of the list. */
    public Tool {
        version = List.copyOf(version);
    }

    /**
     * Gives one of its version's numbers.
     *
     * @param place 0 for the most significant
     * @return 0 where it has none
     */
    public int number(int place) {
        return place < version.size() ? version.get(place) : 0;
    }

    /**
     * Gives its version.
     *
     * @return e.g. {@code 15.20}
     */
    public String versionText() {
        return version.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    /**
     * Gives a command that runs it at low priority, where the system has the means.
     *
     * @param arguments the tool's
     * @return may be changed
     */
    public List<String> command(String... arguments) {
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

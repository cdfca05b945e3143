package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.SecretFile;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSearch;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tools of MariaDB: found, and started so that they reach one database. */
final class MariadbTools {
    static final String DUMP = "mariadb-dump";
    static final String SHELL = "mariadb";

    /** What brings both. */
    static final String PACKAGE = "mariadb-client";

    /** Whether one is as new as its server is seen when that has answered. */
    private static final int OLDEST = 10;

    /** {@code Distrib 10.11.19-MariaDB} or, since version 11, {@code from 11.8.2-MariaDB}. */
    private static final Pattern VERSION =
            Pattern.compile("(?:Distrib|from) (\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})-MariaDB");

    private MariadbTools() {}

    /**
     * Finds a tool, the first on the path.
     *
     * @param configured the only directory to look in, if there is one
     */
    static Tool find(String name, Optional<Path> configured) throws BackupException {
        return new ToolSearch(name, PACKAGE, VERSION, OLDEST).find(configured, List.of());
    }

    /**
     * Starts a tool that logs in. What it connects to is in its option file, and no other such file is read.
     *
     * @param stall how long it may let us wait
     * @param arguments the tool's, without the database
     * @throws IOException if it cannot be started
     */
    static ToolRun start(
            Tool tool, Login<ServerAddress> login, Cancellation cancellation, Duration stall, String... arguments)
            throws IOException {
        String user = login.credentials().user();
        SecretFile options = SecretFile.of("options.cnf", login.credentials(), password -> optionFile(login, password));
        List<String> command = new ArrayList<>(tool.command("--defaults-file=" + options.path()));
        command.addAll(Arrays.asList(arguments));
        command.add("--default-character-set=utf8mb4");
        command.add("--");
        command.add(login.address().database());
        return new ToolRun(
                tool,
                ToolRun.prepare(command),
                options,
                cancellation,
                stall,
                said -> ToolWords.problem(tool, said, user));
    }

    /** Gives the file's text (MariaDB documentation, "Configuring MariaDB with Option Files"). */
    private static Optional<CharBuffer> optionFile(Login<ServerAddress> login, char[] password) {
        StringBuilder open = new StringBuilder("[client]\n");
        login.address().options().forEach((name, value) -> open.append(name)
                .append('=')
                .append(quoted(value.toCharArray()))
                .append('\n'));
        open.append("user=").append(quoted(login.credentials().user().toCharArray()));
        CharBuffer secret = quoted(password);
        if (!holds(login.credentials().user().toCharArray()) || !holds(password)) {
            return Optional.empty();
        }
        CharBuffer text = CharBuffer.allocate(open.length() + secret.length() + "\npassword=\n".length());
        text.put(open.toString()).put("\npassword=").put(secret).put("\n");
        Arrays.fill(secret.array(), '\0');
        return Optional.of(text.flip());
    }

    private static boolean holds(char[] value) {
        for (char c : value) {
            if (c == '\n' || c == '\r' || c == '\0') {
                return false;
            }
        }
        return true;
    }

    private static CharBuffer quoted(char[] value) {
        CharBuffer quoted = CharBuffer.allocate(2 * value.length + 2);
        quoted.put('"');
        for (char c : value) {
            if (c == '"' || c == '\\') {
                quoted.put('\\');
            }
            quoted.put(c);
        }
        return quoted.put('"').flip();
    }
}

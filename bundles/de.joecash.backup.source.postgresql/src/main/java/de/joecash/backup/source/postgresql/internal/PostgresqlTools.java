package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.SecretFile;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSearch;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tools of PostgreSQL: found, and started so that they reach one database. */
final class PostgresqlTools {
    static final String DUMP = "pg_dump";
    static final String SHELL = "psql";

    /** What brings both. */
    static final String PACKAGE = "postgresql-client";

    /** One directory for each major version. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** The first of which {@code pg_dump} writes what {@link TextGuard} reads. */
    private static final int OLDEST = 12;

    private static final Pattern VERSION = Pattern.compile(" (\\d{1,4})(?:\\.(\\d{1,4}))?");

    /**
     * What text depends on and a dump does not say, so that rows are equal text on every server and day; and no limit
     * of time, because the tools lift that of the server or the database only with their second question.
     */
    private static final String OPTIONS = "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres"
            + " -c bytea_output=hex -c xmlbinary=base64 -c client_min_messages=warning"
            + " -c statement_timeout=0 -c idle_in_transaction_session_timeout=0";

    private PostgresqlTools() {}

    /**
     * Finds a tool, the newest that Debian has, else the first on the path.
     *
     * @param configured the only directory to look in, if there is one
     */
    static Tool find(String name, Optional<Path> configured) throws BackupException {
        return new ToolSearch(name, PACKAGE, VERSION, OLDEST).find(configured, debian());
    }

    private static List<Path> debian() {
        try (Stream<Path> majors = Files.list(DEBIAN)) {
            return majors.filter(major -> major.getFileName().toString().matches("\\d{1,4}"))
                    .sorted(Comparator.comparing((Path major) ->
                                    Integer.valueOf(major.getFileName().toString()))
                            .reversed())
                    .map(major -> major.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Says whether it knows {@code \restrict}, which the releases of August 2025 brought to all versions. */
    static boolean knowsRestrict(Tool tool) {
        int since =
                switch (tool.number(0)) {
                    case 12 -> Integer.MAX_VALUE;
                    case 13 -> 22;
                    case 14 -> 19;
                    case 15 -> 14;
                    case 16 -> 10;
                    case 17 -> 6;
                    default -> 0;
                };
        return tool.number(1) >= since;
    }

    /**
     * Starts a tool that logs in.
     *
     * @param stall how long it may let us wait
     * @throws IOException if it cannot be started
     */
    static ToolRun start(
            Tool tool, List<String> command, Login<ServerAddress> login, Cancellation cancellation, Duration stall)
            throws IOException {
        String user = login.credentials().user();
        SecretFile password = SecretFile.of("pgpass", login.credentials(), PostgresqlTools::passwordLine);
        ProcessBuilder builder = ToolRun.prepare(command);
        Map<String, String> environment = builder.environment();
        environment.put("PSQL_HISTORY", "/dev/null");
        environment.putAll(login.address().variables());
        environment.put("PGUSER", user);
        environment.put("PGPASSFILE", password.path().toString());
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGAPPNAME", "joecash-backup");
        environment.put("PGCLIENTENCODING", "UTF8");
        environment.put("PGOPTIONS", OPTIONS);
        return new ToolRun(tool, builder, password, cancellation, stall, said -> ToolWords.problem(tool, said, user));
    }

    /**
     * Gives the line, for any server, database and user: the one it is made for (PostgreSQL documentation, 34.16 "The
     * Password File"); nothing if it cannot be written.
     */
    private static Optional<CharBuffer> passwordLine(char[] password) {
        CharBuffer escaped = CharBuffer.allocate("*:*:*:*:".length() + 2 * password.length + 1);
        escaped.put("*:*:*:*:");
        for (char c : password) {
            if (c == '\n' || c == '\r' || c == '\0') {
                return Optional.empty();
            }
            if (c == ':' || c == '\\') {
                escaped.put('\\');
            }
            escaped.put(c);
        }
        return Optional.of(escaped.put('\n').flip());
    }

    /** Gives what could not even be started. */
    static BackupException notStarted(IOException e, boolean dump) {
        return new BackupException(
                dump ? new Problem.DumpFailed(e.getMessage()) : new Problem.RestoreFailed(e.getMessage()), e);
    }
}

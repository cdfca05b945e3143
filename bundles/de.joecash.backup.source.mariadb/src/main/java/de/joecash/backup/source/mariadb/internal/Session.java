package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Questions to the server, by the same tool and user as all else: unlike a connection of the host's, a tool can always
 * be ended. Used by one thread at a time.
 */
final class Session implements AutoCloseable {
    private static final String END = "-- end of answer --";

    private final ToolRun run;

    private Session(ToolRun run) {
        this.run = run;
    }

    static Session open(Tool tool, Login<ServerAddress> login, Cancellation cancellation, Duration stall)
            throws BackupException {
        try {
            return new Session(MariadbTools.start(
                    tool,
                    login,
                    cancellation,
                    stall,
                    "--batch",
                    "--skip-column-names",
                    "--unbuffered",
                    "--skip-auto-rehash",
                    "--skip-reconnect",
                    "--loose-skip-print-query-on-error",
                    "--loose-sandbox",
                    "--local-infile=0"));
        } catch (IOException e) {
            throw new BackupException(new Problem.DatabaseUnreachable(e.getMessage()), e);
        }
    }

    /** Asks what the server is. */
    Server server() throws BackupException {
        String version = ask("SELECT VERSION()").get(0);
        long longest = Long.parseLong(ask("SELECT @@GLOBAL.max_allowed_packet").get(0));
        return Server.of(version, longest, ask("SELECT schema_name FROM information_schema.schemata"));
    }

    /**
     * Asks.
     *
     * @param query of one column, without its semicolon
     * @return its rows
     * @throws BackupException if there is no answer
     */
    List<String> ask(String query) throws BackupException {
        byte[] text = (query + ";\nSELECT '" + END + "';\n").getBytes(StandardCharsets.UTF_8);
        run.write(text, 0, text.length);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        String end = END + "\n";
        String said = "";
        while (!said.endsWith(end)) {
            int length = run.read(part);
            if (length < 0) {
                run.finish();
                throw new BackupException(new Problem.DatabaseUnreachable("no answer"));
            }
            answer.write(part, 0, length);
            said = answer.toString(StandardCharsets.UTF_8);
        }
        return said.substring(0, said.length() - end.length()).lines().toList();
    }

    @Override
    public void close() {
        run.close();
    }
}

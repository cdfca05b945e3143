package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;

/**
 * A client that runs what was let through, until the first error.
 *
 * @param tool where it is
 * @param login into which database
 * @param settings how long it may take
 * @param cancellation ends it
 */
record Client(Tool tool, Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
    ToolRun start() throws BackupException {
        try {
            return MariadbTools.start(
                    tool,
                    login,
                    cancellation,
                    settings.loadStall(),
                    "--batch",
                    "--silent",
                    "--binary-mode",
                    "--comments",
                    "--skip-auto-rehash",
                    "--skip-reconnect",
                    "--loose-skip-print-query-on-error",
                    "--loose-sandbox",
                    "--local-infile=0",
                    "--max-allowed-packet=1G");
        } catch (IOException e) {
            throw new BackupException(new Problem.RestoreFailed(e.getMessage()), e);
        }
    }
}

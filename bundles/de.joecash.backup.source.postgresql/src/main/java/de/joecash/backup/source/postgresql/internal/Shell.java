package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A psql that runs what was let through, all in one transaction.
 *
 * @param tool where it is
 * @param login into which database
 * @param settings how long it may take
 * @param cancellation ends it
 */
record Shell(Tool tool, Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
    ToolRun start() throws BackupException {
        try {
            ToolRun run = PostgresqlTools.start(
                    tool,
                    tool.command(
                            "--no-psqlrc",
                            "--quiet",
                            "--no-password",
                            "--single-transaction",
                            "--set=ON_ERROR_STOP=1",
                            "--set=VERBOSITY=verbose",
                            "--output=/dev/null",
                            "--file=-"),
                    login,
                    cancellation,
                    settings.loadStall());
            if (PostgresqlTools.knowsRestrict(tool)) {
                byte[] restrict = ("\\restrict " + Dump.KEY + "\n").getBytes(StandardCharsets.US_ASCII);
                run.write(restrict, 0, restrict.length);
            }
            return run;
        } catch (IOException e) {
            throw PostgresqlTools.notStarted(e, false);
        }
    }
}

package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A psql that runs what was let through; started when there is something. */
final class ShellFeed implements TextGuard.Sink, AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Tool tool;
    private final Login<ServerAddress> login;
    private final ToolSettings settings;
    private final Cancellation cancellation;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER);
    private ToolRun run;

    ShellFeed(Tool tool, Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
        this.tool = tool;
        this.login = login;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
    }

    /** Hands on what was let through so far. */
    void flush() throws BackupException {
        if (buffer.size() == 0) {
            return;
        }
        if (run == null) {
            run = start();
            if (PostgresqlTools.knowsRestrict(tool)) {
                byte[] restrict = ("\\restrict " + Dump.KEY + "\n").getBytes(StandardCharsets.US_ASCII);
                run.write(restrict, 0, restrict.length);
            }
        }
        byte[] bytes = buffer.toByteArray();
        buffer.reset();
        run.write(bytes, 0, bytes.length);
    }

    private ToolRun start() throws BackupException {
        try {
            return PostgresqlTools.start(
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
        } catch (IOException e) {
            throw PostgresqlTools.notStarted(e, false);
        }
    }

    /** Has it commit. */
    void finish() throws BackupException {
        flush();
        if (run != null) {
            run.finish();
        }
    }

    /** Ends it; what was not committed is gone. */
    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
    }
}

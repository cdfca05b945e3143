package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Refusal;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * One dump by {@code pg_dump}: plain text of one snapshot, read as it flows by, so that no dump is called good that
 * would be refused when it is loaded. The text ends with a comment of ours that tells a whole dump from one that was
 * cut off.
 */
final class Dump {
    /** How a refusal of our own dump begins. */
    static final String NOT_RESTORABLE = "the database holds what a restore would refuse: ";

    /**
     * What {@code pg_dump} and psql call a key: whoever knew it beforehand could get commands past psql. One for all
     * dumps of this process, so that equal data gives equal text.
     */
    static final String KEY = new BigInteger(192, new SecureRandom()).toString(36);

    private static final int CHUNK = 64 * 1024;

    private final Login<ServerAddress> login;
    private final ToolSettings settings;
    private final Cancellation cancellation;

    Dump(Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
        this.login = login;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    /** Writes the dump, as {@link de.joecash.backup.spi.Source#dump} promises. */
    List<TableContents> to(OutputStream out) throws BackupException, IOException {
        cancellation.check();
        Tool tool = PostgresqlTools.find(PostgresqlTools.DUMP, settings.tools());
        TextGuard guard = new TextGuard((bytes, offset, length) -> {}, true);
        try (ToolRun run = start(tool)) {
            byte[] chunk = new byte[CHUNK];
            for (int length = run.read(chunk); length >= 0; length = run.read(chunk)) {
                cancellation.check();
                out.write(chunk, 0, length);
                guard.accept(chunk, 0, length);
            }
            run.finish();
        } catch (Refusal e) {
            throw new BackupException(new Problem.DumpFailed(NOT_RESTORABLE + e.getMessage()), e);
        }
        if (!guard.complete()) {
            throw new BackupException(new Problem.DumpIncomplete(tool.name()));
        }
        out.write(guard.tally().endMark().getBytes(StandardCharsets.US_ASCII));
        return guard.tally().contents();
    }

    private ToolRun start(Tool tool) throws BackupException {
        List<String> command = tool.command(
                "--format=plain",
                "--encoding=UTF8",
                "--no-password",
                "--no-owner",
                "--no-privileges",
                "--no-tablespaces",
                "--no-publications",
                "--no-subscriptions",
                "--no-security-labels",
                "--lock-wait-timeout=" + settings.lockTimeout().toMillis());
        if (PostgresqlTools.knowsRestrict(tool)) {
            command.add("--restrict-key=" + KEY);
        }
        try {
            return PostgresqlTools.start(tool, command, login, cancellation, settings.stall());
        } catch (IOException e) {
            throw PostgresqlTools.notStarted(e, true);
        }
    }
}

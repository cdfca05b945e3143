package de.joecash.backup.source.mariadb.internal;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dump by {@code mariadb-dump}: plain text of one snapshot, read as it flows by, so that no dump is called good
 * that would be refused when it is loaded. The text ends with a comment of ours that tells a whole dump from one that
 * was cut off.
 */
final class Dump {
    /** How a refusal of our own dump begins. */
    static final String NOT_RESTORABLE = "the database holds what a restore would refuse: ";

    private static final Logger LOGGER = LoggerFactory.getLogger(Dump.class);

    private static final int CHUNK = 64 * 1024;

    private final Login<ServerAddress> login;
    private final ToolSettings settings;
    private final Cancellation cancellation;
    /** Stops this dump alone: because it was cancelled, or because it is in somebody's way. */
    private final Cancellation own = new Cancellation();

    Dump(Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
        this.login = login;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    /** Writes the dump, as {@link de.joecash.backup.spi.Source#dump} promises. */
    List<TableContents> to(OutputStream out) throws BackupException, IOException {
        cancellation.check();
        Tool tool = MariadbTools.find(MariadbTools.DUMP, settings.tools());
        Tool client = MariadbTools.find(MariadbTools.SHELL, settings.tools());
        Cancellation.Registration registration = cancellation.onCancel(() -> own.cancel(new Problem.Cancelled()));
        try (Session session = Session.open(client, login, own, settings.stall())) {
            Server server = session.server();
            if (Server.series(tool.number(0), tool.number(1)) < server.series()) {
                throw new BackupException(
                        new Problem.ToolTooOld(tool.name(), tool.versionText(), MariadbTools.PACKAGE));
            }
            warnOfEvents(session);
            LockWatch watch = new LockWatch(session, own, settings.lockTimeout());
            try (ToolRun run = start(tool)) {
                return read(run, server, out);
            } finally {
                watch.close();
            }
        } catch (BackupException e) {
            // Why it was cancelled is said better than what came of it.
            cancellation.check();
            throw e;
        } finally {
            registration.close();
        }
    }

    private static void warnOfEvents(Session session) throws BackupException {
        String events = "SELECT COUNT(*) FROM information_schema.events WHERE event_schema = DATABASE()";
        String count = session.ask(events).get(0);
        if (!count.equals("0")) {
            LOGGER.warn("{} events of the database are not part of its backups", count);
        }
    }

    private List<TableContents> read(ToolRun run, Server server, OutputStream out) throws BackupException, IOException {
        DumpText text = new DumpText(login.address().database());
        TextGuard guard = new TextGuard(text, server.databases());
        try {
            byte[] chunk = new byte[CHUNK];
            for (int length = run.read(chunk); length >= 0; length = run.read(chunk)) {
                own.check();
                guard.accept(chunk, 0, length);
                text.flush(out);
            }
            run.finish();
        } catch (ForeignEngine e) {
            throw new BackupException(new Problem.NoSnapshot(e.table(), e.engine()), e);
        } catch (Refusal e) {
            throw new BackupException(new Problem.DumpFailed(NOT_RESTORABLE + e.getMessage()), e);
        }
        if (!guard.complete()) {
            throw new BackupException(new Problem.DumpIncomplete(MariadbTools.DUMP));
        }
        if (!server.takes(guard.longestRow())) {
            LOGGER.warn(
                    "A row has {} bytes of text, and the server takes statements of {}: before a restore, its"
                            + " max_allowed_packet has to be raised",
                    guard.longestRow(),
                    server.longestStatement());
        }
        out.write(guard.tally().endMark().getBytes(StandardCharsets.US_ASCII));
        return guard.tally().contents();
    }

    private ToolRun start(Tool tool) throws BackupException {
        try {
            return MariadbTools.start(
                    tool,
                    login,
                    own,
                    settings.stall(),
                    "--single-transaction",
                    "--quick",
                    "--skip-dump-date",
                    "--comments",
                    "--no-tablespaces",
                    "--order-by-primary",
                    "--extended-insert",
                    "--net-buffer-length=" + CHUNK * 16,
                    "--max-allowed-packet=1G",
                    "--routines",
                    "--triggers",
                    "--tz-utc",
                    "--skip-add-locks",
                    "--skip-add-drop-table",
                    "--skip-disable-keys",
                    "--no-autocommit",
                    "--loose-dump-history");
        } catch (IOException e) {
            throw new BackupException(new Problem.DumpFailed(e.getMessage()), e);
        }
    }
}

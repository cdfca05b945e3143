package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Refusal;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolFeed;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;
import java.io.InputStream;

/** Loads one dump into an empty database, each statement judged before the client sees it. */
final class Loader {
    private static final int CHUNK = 64 * 1024;

    private final Login<ServerAddress> login;
    private final ToolSettings settings;
    private final Cancellation cancellation;

    Loader(Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
        this.login = login;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    /** Loads the dump, as {@link de.joecash.backup.spi.RestoreTarget#load} promises. */
    void load(InputStream dump) throws BackupException, IOException {
        cancellation.check();
        Tool tool = MariadbTools.find(MariadbTools.SHELL, settings.tools());
        Server server = server(tool);
        try (ToolFeed feed = new ToolFeed(new Client(tool, login, settings, cancellation)::start)) {
            TextGuard guard = new TextGuard(new LoadText(feed), server.databases());
            byte[] chunk = new byte[CHUNK];
            for (int length = dump.read(chunk); length >= 0; length = dump.read(chunk)) {
                cancellation.check();
                guard.accept(chunk, 0, length);
                if (guard.dumpedFrom() > server.series()) {
                    String newer = guard.dumpedFrom() / 1000 + "." + guard.dumpedFrom() % 1000;
                    throw new BackupException(new Problem.NewerDatabase(newer, server.version()));
                }
                if (!server.takes(guard.longestRow())) {
                    throw new BackupException(new Problem.RestoreFailed(ToolWords.PACKET_TOO_SMALL));
                }
                feed.flush();
            }
            guard.end();
            feed.finish();
        } catch (Refusal e) {
            throw new BackupException(new Problem.DumpRefused(e.getMessage()), e);
        }
    }

    private Server server(Tool tool) throws BackupException {
        try (Session session = Session.open(tool, login, cancellation, settings.stall())) {
            return session.server();
        }
    }
}

package de.joecash.backup.source.postgresql.internal;

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

/** Loads one dump into an empty database, each statement judged before psql sees it, all in one transaction. */
final class Loader {
    private static final int CHUNK = 64 * 1024;

    private final Login<ServerAddress> login;
    private final Server server;
    private final ToolSettings settings;
    private final Cancellation cancellation;

    Loader(Login<ServerAddress> login, Server server, ToolSettings settings, Cancellation cancellation) {
        this.login = login;
        this.server = server;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    /** Loads the dump, as {@link de.joecash.backup.spi.RestoreTarget#load} promises. */
    void load(InputStream dump) throws BackupException, IOException {
        cancellation.check();
        Tool tool = PostgresqlTools.find(PostgresqlTools.SHELL, settings.tools());
        try (ToolFeed feed = new ToolFeed(new Shell(tool, login, settings, cancellation)::start)) {
            TextGuard guard = new TextGuard(feed::write, !server.powerful());
            byte[] chunk = new byte[CHUNK];
            for (int length = dump.read(chunk); length >= 0; length = dump.read(chunk)) {
                cancellation.check();
                guard.accept(chunk, 0, length);
                checkVersion(guard);
                feed.flush();
            }
            guard.end();
            feed.finish();
        } catch (Refusal e) {
            throw new BackupException(new Problem.DumpRefused(e.getMessage()), e);
        }
    }

    private void checkVersion(TextGuard guard) throws BackupException {
        int dumped = guard.dumpedFrom().orElse(0);
        if (dumped > server.major()) {
            throw new BackupException(new Problem.NewerDatabase(Integer.toString(dumped), server.version()));
        }
    }
}

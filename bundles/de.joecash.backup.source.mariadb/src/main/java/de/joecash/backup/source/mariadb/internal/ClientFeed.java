package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.source.mariadb.internal.SqlToken.Kind;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.Tool;
import de.joecash.backup.tools.ToolRun;
import de.joecash.backup.tools.ToolSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client that runs what was let through; started when there is something. What is not known to the letter goes to the
 * server as the text of one statement ({@code EXECUTE IMMEDIATE}): neither the client nor the server can find a second
 * statement in it, or a command of the client's, wherever they see its end.
 */
final class ClientFeed implements Output, AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Tool tool;
    private final Login<ServerAddress> login;
    private final ToolSettings settings;
    private final Cancellation cancellation;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER);
    private ToolRun run;

    ClientFeed(Tool tool, Login<ServerAddress> login, ToolSettings settings, Cancellation cancellation) {
        this.tool = tool;
        this.login = login;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    @Override
    public String portable(String sql, List<SqlToken> tokens) {
        return sql;
    }

    @Override
    public void comment(String text) {
        // Nobody runs it.
    }

    @Override
    public void statement(String sql, StatementGuard.Verdict verdict, List<SqlToken> tokens, int length) {
        if (verdict == StatementGuard.Verdict.AS_IT_IS) {
            head(sql);
            return;
        }
        StringBuilder alone = new StringBuilder(sql.substring(0, length));
        for (int i = tokens.size() - 1; i >= 0; i--) {
            SqlToken token = tokens.get(i);
            if (token.kind() == Kind.OPEN || token.kind() == Kind.CLOSE) {
                alone.delete(token.start(), token.end());
            }
        }
        head("EXECUTE IMMEDIATE '" + alone.toString().replace("\\", "\\\\").replace("'", "\\'") + "';\n");
    }

    @Override
    public void head(String text) {
        buffer.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void rows(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
    }

    /** Hands on what was let through so far. */
    void flush() throws BackupException {
        if (buffer.size() == 0) {
            return;
        }
        if (run == null) {
            run = start();
        }
        byte[] bytes = buffer.toByteArray();
        buffer.reset();
        run.write(bytes, 0, bytes.length);
    }

    private ToolRun start() throws BackupException {
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

    /** Lets it come to its end. */
    void finish() throws BackupException {
        flush();
        if (run != null) {
            run.finish();
        }
    }

    /** Ends it; what it did not commit is gone. */
    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
    }
}

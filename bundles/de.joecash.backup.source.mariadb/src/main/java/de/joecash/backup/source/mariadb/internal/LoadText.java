package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.source.mariadb.internal.SqlToken.Kind;
import de.joecash.backup.tools.ToolFeed;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text that a client runs. What is not known to the letter goes to the server as the text of one statement
 * ({@code EXECUTE IMMEDIATE}): neither the client nor the server can find a second statement in it, or a command of the
 * client's, wherever they see its end.
 *
 * @param feed takes it
 */
record LoadText(ToolFeed feed) implements Output {
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
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        feed.write(bytes, 0, bytes.length);
    }

    @Override
    public void rows(byte[] bytes, int offset, int length) {
        feed.write(bytes, offset, length);
    }
}

package de.joecash.backup.source.mariadb.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text that is written: what the tool wrote, but for what ties it to one server. */
final class DumpText implements Output {
    private final String database;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    /** @param database the name of the one that is dumped */
    DumpText(String database) {
        this.database = new String(database.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Hands on what is there. */
    void flush(OutputStream out) throws IOException {
        if (text.size() > 0) {
            byte[] bytes = text.toByteArray();
            text.reset();
            out.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public String portable(String sql, List<SqlToken> tokens) {
        return Portable.of(sql, tokens, database);
    }

    @Override
    public void comment(String line) {
        head(line);
    }

    @Override
    public void statement(String sql, StatementGuard.Verdict verdict, List<SqlToken> tokens, int length) {
        head(sql);
    }

    @Override
    public void head(String characters) {
        text.writeBytes(characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void rows(byte[] bytes, int offset, int length) {
        text.write(bytes, offset, length);
    }
}

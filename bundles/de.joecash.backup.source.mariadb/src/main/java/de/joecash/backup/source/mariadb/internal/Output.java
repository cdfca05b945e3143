package de.joecash.backup.source.mariadb.internal;

import java.util.List;

/** Takes what a {@link TextGuard} has read and let through, in memory, until somebody hands it on. */
interface Output {
    /** Gives a statement as it is to be judged and passed on. */
    String portable(String sql, List<SqlToken> tokens);

    /** Takes a line that is no statement. */
    void comment(String text);

    /**
     * Takes a statement.
     *
     * @param sql with its delimiter and line feed; characters are bytes
     * @param tokens its tokens
     * @param length of the statement without its delimiter
     */
    void statement(String sql, StatementGuard.Verdict verdict, List<SqlToken> tokens, int length);

    /** Takes the beginning of an INSERT; rows follow. */
    void head(String text);

    /** Takes a part of rows. */
    void rows(byte[] bytes, int offset, int length);
}

package de.joecash.backup.source.h2.internal;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.h2.jdbc.JdbcException;

/** What H2 said, without the statement it said it about and without the values in it: those are customer data. */
final class DatabaseWords {
    private static final int LONGEST = 300;
    private static final Pattern VALUES = Pattern.compile("(?s)\\s(VALUES|KEY)\\b.*|:\\s*\"?\\(.*");

    private DatabaseWords() {}

    static String of(SQLException exception) {
        String words = exception instanceof JdbcException own ? own.getOriginalMessage() : exception.getMessage();
        if (words == null || quotesData(String.valueOf(exception.getSQLState()))) {
            words = "SQLSTATE " + exception.getSQLState();
        }
        words = VALUES.matcher(words).replaceAll("");
        words = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        return words + " [" + exception.getErrorCode() + "]";
    }

    /** Data exceptions quote the value, syntax errors the statement. */
    private static boolean quotesData(String state) {
        return state.startsWith("22") || state.startsWith("4200");
    }
}

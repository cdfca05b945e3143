package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.Problem;
import de.joecash.backup.tools.Tool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tool said, as a problem. The tools speak English here; the server speaks its own language, so its most
 * frequent words are known in German, too. Values, which are customer data, are left out.
 */
final class ToolWords {
    private static final int LONGEST = 300;

    private static final Pattern LOGIN = Pattern.compile("password authentication failed|no password supplied"
            + "|Passwort-Authentifizierung|authentication failed|no pg_hba\\.conf entry|pg_hba\\.conf"
            + "|role \".*\" does not exist|Rolle ».*« existiert nicht");
    /** {@code pg_dump} waits for locks by the time limit of a statement. */
    private static final Pattern LOCK = Pattern.compile("(?s)(?:timeout|Zeitüberschreitung).*LOCK TABLE");

    private static final Pattern MISMATCH = Pattern.compile("server version: (\\d+)");
    private static final Pattern CONNECTION = Pattern.compile("connection to server|could not connect|server closed"
            + "|terminating connection|Connection refused|timeout expired|could not (?:receive|send) data|no connection"
            + "|Verbindung");
    /** How psql says an error where it is to say the SQLSTATE. */
    private static final Pattern STATE = Pattern.compile("(?:ERROR|FEHLER|FATAL|PANIC|PANIK): +([0-9A-Z]{5}): (.*)");

    private static final Pattern ERROR = Pattern.compile("(?:error|fatal|detail): (.*)");

    private ToolWords() {}

    static Problem problem(Tool tool, String said, String user) {
        if (LOGIN.matcher(said).find()) {
            return new Problem.DatabaseLoginRefused(user);
        }
        if (LOCK.matcher(said).find()) {
            return new Problem.DatabaseLocked();
        }
        Matcher mismatch = MISMATCH.matcher(said);
        if (mismatch.find()) {
            return new Problem.ToolTooOld(
                    tool.name(), tool.versionText(), PostgresqlTools.PACKAGE + "-" + mismatch.group(1));
        }
        Matcher state = STATE.matcher(said);
        if (state.find()) {
            String cause = state.group(1) + words(state.group(1), state.group(2));
            return Server.problem(state.group(1), cause, words -> failed(tool, words));
        }
        String words = firstError(said);
        return CONNECTION.matcher(said).find() ? new Problem.DatabaseUnreachable(words) : failed(tool, words);
    }

    private static Problem failed(Tool tool, String words) {
        return tool.name().equals(PostgresqlTools.DUMP)
                ? new Problem.DumpFailed(words)
                : new Problem.RestoreFailed(words);
    }

    /** Data exceptions and violated constraints quote values, syntax errors the statement (Appendix A). */
    private static String words(String state, String message) {
        boolean quotes = state.startsWith("22") || state.startsWith("23") || state.startsWith("42601");
        return quotes ? "" : " " + shortened(message);
    }

    private static String firstError(String said) {
        StringBuilder words = new StringBuilder();
        Matcher error = ERROR.matcher(said);
        while (error.find() && words.length() < LONGEST) {
            words.append(words.isEmpty() ? "" : "; ").append(error.group(1).strip());
        }
        return shortened(words.isEmpty() ? said.strip() : words.toString());
    }

    private static String shortened(String words) {
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }
}

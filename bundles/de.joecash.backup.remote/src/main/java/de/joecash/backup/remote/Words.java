package de.joecash.backup.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Pattern;

/** What may be shown of what others said. */
public final class Words {
    private static final int LONGEST = 200;

    /** Control and format characters, line and paragraph separators, halves of surrogate pairs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

    private Words() {}

    /**
     * Makes it fit for a line of a log or a page.
     *
     * @param text anything
     * @return one line without control characters or what turns the direction of writing, not too long
     */
    public static String plain(String text) {
        String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }

    /**
     * Says what broke.
     *
     * @param e what was thrown
     * @return as {@link #plain} gives it
     */
    public static String of(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
            if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
                return "no answer in time";
            }
        }
        Throwable said = e;
        // What only wraps another says that one's class, and no more.
        while (said.getCause() != null && said.getCause().toString().equals(said.getMessage())) {
            said = said.getCause();
        }
        String message = said.getMessage();
        if (message == null) {
            return said instanceof ConnectException
                    ? "connection refused"
                    : said.getClass().getSimpleName();
        }
        return plain(message);
    }
}

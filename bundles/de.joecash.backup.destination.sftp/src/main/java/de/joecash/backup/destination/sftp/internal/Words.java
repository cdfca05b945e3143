package de.joecash.backup.destination.sftp.internal;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What may be shown of what others said. */
final class Words {
    private static final int LONGEST = 200;

    private Words() {}

    /** One line without control characters, not too long. */
    static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }

    static String of(IOException e) {
        if (e instanceof UnknownHostException) {
            return "unknown host";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : plain(message);
    }
}

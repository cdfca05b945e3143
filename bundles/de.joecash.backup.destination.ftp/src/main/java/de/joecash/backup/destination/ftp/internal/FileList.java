package de.joecash.backup.destination.ftp.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What a server sends on a data connection as a list: a line for each entry (RFC 959, section 4.1.3; RFC 3659). */
final class FileList {
    /** More than a hundred thousand files of ours; what is longer does not end. */
    private static final int MOST_BYTES = 16 << 20;

    private FileList() {}

    /**
     * A file in a machine's list.
     *
     * @param bytes empty where the server does not say it
     */
    record Entry(String name, OptionalLong bytes) {}

    /**
     * Reads one to its end.
     *
     * @return empty if it has none
     */
    static Optional<List<String>> read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES
                ? Optional.empty()
                : Optional.of(new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    /**
     * Reads a line of a machine's list: facts, a blank, a name (RFC 3659, section 7.2).
     *
     * @return empty if it is none, or not of a file
     */
    static Optional<Entry> machineEntry(String line) {
        int blank = line.indexOf(' ');
        boolean file = false;
        OptionalLong bytes = OptionalLong.empty();
        for (String fact :
                line.substring(0, Math.max(blank, 0)).toLowerCase(Locale.ROOT).split(";", -1)) {
            file |= fact.equals("type=file");
            if (fact.matches("size=[0-9]{1,18}")) {
                bytes = OptionalLong.of(Long.parseLong(fact.substring("size=".length())));
            }
        }
        return file ? Optional.of(new Entry(line.substring(blank + 1), bytes)) : Optional.empty();
    }

    /** The name in a line of a list of names; some servers put the path before it. */
    static String name(String line) {
        return line.substring(line.lastIndexOf('/') + 1);
    }
}

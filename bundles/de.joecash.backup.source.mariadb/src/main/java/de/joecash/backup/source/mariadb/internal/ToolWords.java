package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.Problem;
import de.joecash.backup.tools.Tool;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tool said, as a problem. Told by the numbers of its errors (MariaDB documentation, "MariaDB Error Codes"),
 * whatever language the server speaks. Words are kept only where they cannot quote a value, which is customer data.
 */
final class ToolWords {
    static final String PACKET_TOO_SMALL = "a row is longer than the server's max_allowed_packet: please raise that";

    private static final int LONGEST = 300;

    /** {@code ERROR 1045 (28000): Access denied …}, {@code Got error: 1045: "Access denied …"} and its like. */
    private static final Pattern ERROR = Pattern.compile(
            "(?:ERROR |[Ee]rror:? |\\()(\\d{4,5})(?:\\)| \\(([0-9A-Z]{5})\\))?(?: at line \\d+)?[:)]? ?(.*)");

    private static final Set<Integer> LOGIN = Set.of(1045, 1044, 1130, 1251, 1275, 1524, 1698, 1820, 4151, 2049);
    private static final Set<Integer> LOCK = Set.of(1205, 3058);
    private static final Set<Integer> CONNECTION = Set.of(
            1040, 1053, 1077, 1129, 1152, 1158, 1159, 1160, 1161, 1203, 1226, 1927, 2002, 2003, 2005, 2006, 2013, 2026,
            2027, 2055);
    /** A disk that is full or fails, a table that its disk has no room for, no memory. */
    private static final Set<Integer> EXHAUSTED = Set.of(3, 1021, 1030, 1037, 1038, 1041, 1114);

    private static final int PACKET = 1153;
    private static final int TABLE_CHANGED = 1412;

    /** Their words are the system's, a table's name or a privilege's; those of any other error may hold a value. */
    private static final Set<Integer> QUOTE_NOTHING =
            Set.of(1005, 1021, 1030, 1050, 1114, 1142, 1143, 1146, 1227, 1370, 1418, 1419, 1449, 1356);

    private ToolWords() {}

    static Problem problem(Tool tool, String said, String user) {
        Matcher error = ERROR.matcher(said);
        if (!error.find()) {
            return failed(tool, shortened(said.strip()));
        }
        int number = Integer.parseInt(error.group(1));
        String words = shortened(error.group(3).strip());
        if (LOGIN.contains(number)) {
            return new Problem.DatabaseLoginRefused(user);
        }
        if (LOCK.contains(number)) {
            return new Problem.DatabaseLocked();
        }
        if (CONNECTION.contains(number)) {
            return new Problem.DatabaseUnreachable(number + " " + words);
        }
        if (exhausted(number)) {
            return new Problem.ServerExhausted(number + " " + words);
        }
        if (number == TABLE_CHANGED) {
            return failed(tool, "a table was changed before it was read (1412)");
        }
        if (number == PACKET) {
            return failed(tool, PACKET_TOO_SMALL);
        }
        String state = error.group(2) == null ? "" : " (" + error.group(2) + ")";
        return failed(tool, number + state + (QUOTE_NOTHING.contains(number) ? " " + words : ""));
    }

    /** Says whether an error is of the server's machine and says nothing about a dump. */
    static boolean exhausted(int number) {
        return EXHAUSTED.contains(number);
    }

    private static Problem failed(Tool tool, String words) {
        return tool.name().equals(MariadbTools.DUMP) ? new Problem.DumpFailed(words) : new Problem.RestoreFailed(words);
    }

    private static String shortened(String words) {
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }
}

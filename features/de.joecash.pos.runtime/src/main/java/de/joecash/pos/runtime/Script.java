package de.joecash.pos.runtime;

import java.util.ArrayList;
import java.util.List;

/** Cuts a Gogo script into its commands. Gogo itself runs {@code a; b} to the end and forgets that {@code a} failed. */
final class Script {
    /** Gogo's service. */
    static final String COMMAND_PROCESSOR = "org.apache.felix.service.command.CommandProcessor";

    private Script() {}

    /** Cuts at {@code ;} and at line ends, but not within quotes, brackets or after a backslash. */
    static List<String> commands(String script) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        char quote = 0;
        int depth = 0;
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < script.length()) {
                command.append(c).append(script.charAt(++i));
            } else if (quote == 0 && depth == 0 && (c == ';' || c == '\n' || c == '\r')) {
                add(commands, command);
            } else {
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else {
                    depth = Math.max(0, depth + nesting(c));
                }
                command.append(c);
            }
        }
        add(commands, command);
        return commands;
    }

    private static int nesting(char c) {
        return switch (c) {
            case '(', '[', '{' -> 1;
            case ')', ']', '}' -> -1;
            default -> 0;
        };
    }

    private static void add(List<String> commands, StringBuilder command) {
        if (!command.toString().isBlank()) {
            commands.add(command.toString().strip());
        }
        command.setLength(0);
    }
}

package de.joecash.backup.shell.internal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Lines in columns as wide as their longest cell. */
final class Columns {
    private final List<List<String>> lines = new ArrayList<>();

    Columns(String... headings) {
        lines.add(List.of(headings));
    }

    void add(String... cells) {
        lines.add(List.of(cells));
    }

    void print(PrintStream out) {
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(line.get(i))
                        .append(" ".repeat(width(i) - line.get(i).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}

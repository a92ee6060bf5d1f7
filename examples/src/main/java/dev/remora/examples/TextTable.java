package dev.remora.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Lines of cells, printed in columns that are as wide as their widest cell. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        row(titles);
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Printable::oneLine).toList());
    }

    void print(PrintStream out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(pad(row.get(column), width(column))).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

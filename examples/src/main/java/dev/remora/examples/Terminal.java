package dev.remora.examples;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the standard output is.
 *
 * @param redraws whether it understands cursor moves and colours
 * @param rows how many lines it shows
 */
record Terminal(boolean redraws, int rows) {
    static final Terminal NONE = new Terminal(false, 0);

    private static final int USUAL_ROWS = 24;

    static Terminal detect(boolean console, Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "dumb");
        if (!console || type.isEmpty() || type.equals("dumb")) {
            return NONE;
        }
        return new Terminal(true, sttyRows().orElse(USUAL_ROWS));
    }

    private static OptionalInt sttyRows() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
                int rows = Integer.parseInt(text.strip().split(" ")[0]);
                return rows > 0 ? OptionalInt.of(rows) : OptionalInt.empty();
            }
        } catch (IOException | NumberFormatException unknown) {
            return OptionalInt.empty();
        }
    }
}

package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path directory;

    /** With SIGTERM, as a build may run with SIGINT ignored; the JVM treats both alike, but for the exit code. */
    @Test
    @Timeout(120)
    void aTerminatedProcessKillsItsRunFirst() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("slow.json"), """
                {"nodes": [{"name": "slow", "type": "SHELL", "parameter": {"script": "echo pid $$; exec sleep 1000"}}]}
                """);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.remora.examples.Main",
                        "run",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(firstLineWith(lines, "RUNNING")).contains("slow");

            // why: Process.destroy would close the stream that is read below
            process.toHandle().destroy();

            assertThat(lines.lines().collect(Collectors.joining("\n")))
                    .containsPattern("slow +KILL +1 ")
                    .contains("execution 1 of slow: KILL (USER_KILL)");
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String firstLineWith(BufferedReader lines, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("no line has " + text + ":\n" + seen);
    }
}

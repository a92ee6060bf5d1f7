package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeLogTest {
    @TempDir
    Path directory;

    @Test
    void aGigabyteIsLoggedAndReadWithASmallHeap() throws Exception {
        Path output = directory.resolve("program.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeLog.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = program.waitFor(5, TimeUnit.MINUTES);
            List<String> lines = Files.readAllLines(output);
            assertThat(ended).as("ended in time; it said %s", lines).isTrue();
            assertThat(lines).last().isEqualTo("done");
        } finally {
            program.destroyForcibly().waitFor();
        }
    }
}

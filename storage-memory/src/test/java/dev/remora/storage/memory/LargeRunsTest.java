package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeRunsTest {
    private static final String MILLION = ":1000000";

    @TempDir
    Path directory;

    @Test
    void aMillionNodesFitInTwoGigabytes() throws Exception {
        run(
                "-Xmx2g",
                LargeRuns.class,
                "wide:VIRTUAL" + MILLION,
                "chain:VIRTUAL" + MILLION,
                "wide:" + LargeRuns.NO_OPERATION + MILLION,
                "chain:" + LargeRuns.NO_OPERATION + MILLION);
    }

    @Test
    void diamondsStandOnEachOtherInThreeHundredThousandLayers() throws Exception {
        run("-Xmx2g", LargeRuns.class, "diamonds:" + LargeRuns.NO_OPERATION + ":900001");
    }

    @Test
    void aWaitingNodeCostsLessThanTwoHundredBytes() throws Exception {
        run("-Xmx2g", WaitingNodes.class);
    }

    private void run(String heap, Class<?> program, String... arguments) throws Exception {
        Path output = directory.resolve("program.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            List<String> lines = Files.readAllLines(output);
            assertThat(ended).as("ended in time; it said %s", lines).isTrue();
            assertThat(lines).last().isEqualTo("done");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}

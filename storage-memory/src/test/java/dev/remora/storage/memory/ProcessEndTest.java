package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.JobId;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.testkit.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log files vanish when a process ends that did not close its storage. */
class ProcessEndTest {
    private static final int SPILLED = 42;

    @TempDir
    private Path directory;

    @Test
    void filesVanishWithTheProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(SPILLED);
        assertThat(directory).isEmptyDirectory();
    }

    /** Fills a log file and ends. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            MemoryStorage storage =
                    MemoryStorage.builder().logHeap(0).spillDirectory(directory).build();
            Lease lease = storage.engines().register("engine", Duration.ofHours(1));
            Samples.saveFor(storage, Samples.submission());
            long execId =
                    storage.executions().create(lease, Samples.submission()).execId();
            storage.logs().append(lease, new LogChunk(new JobId(execId, "a"), 1, 0, 1, new byte[] {'\n'}, 0));
            String[] left = directory.toFile().list();
            System.exit(left != null && left.length == 1 ? SPILLED : 1);
        }
    }
}

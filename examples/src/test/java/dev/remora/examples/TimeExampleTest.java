package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.JdbcStorage;
import dev.remora.storage.memory.MemoryStorage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeExampleTest {
    @TempDir
    private Path directory;

    @Test
    void showsABackfillOfAMonthBesideASchedule() throws InterruptedException {
        assertShown(MemoryStorage.create());
    }

    @Test
    void showsThemFromAFileToo() throws InterruptedException {
        assertShown(JdbcStorage.h2(directory.resolve("data")));
    }

    /** Maven's profile run has arguments of its own unless others are given; they must not become a database. */
    @Test
    void takesOneFileAtTheMost() {
        String database = directory.resolve("run").toString();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeExample.main(new String[] {database, "examples/workflows/source-statistics"}))
                .withMessageContaining("-Dexec.args=");
        assertThat(directory).isEmptyDirectory();
    }

    private static void assertShown(Storage storage) throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TimeExample.show(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                storage,
                "* * * * * ?",
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                1);

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).isEqualTo("backfill 1: 31 days, 3 at once; heartbeat: * * * * * ?");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("[###############################] 31 of 31 days, 0 active, SUCCESS | heartbeat ran ");
        assertThat(lines).noneMatch(line -> line.matches(".* ([4-9]|\\d\\d+) active, .*"));
    }
}

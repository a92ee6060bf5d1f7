package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeExampleTest {
    @Test
    void showsABackfillOfAMonthBesideASchedule() throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TimeExample.show(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
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

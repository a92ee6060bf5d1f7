package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintingTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TextTable table = new TextTable("A", "B");
        table.row("long", "two\n  lines");
        table.row("", "x");

        table.print(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("A     B", "long  two; lines", "      x");
    }

    @Test
    void noTextMovesTheCursor() {
        assertThat(Printable.line("a\u001b[2Jb\tc\r")).isEqualTo("a?[2Jb\tc?");
    }

    @Test
    void durationsAreRead() {
        assertThat(Printable.seconds(Duration.ofMillis(1_290))).isEqualTo("1.2 s");
        assertThat(Printable.seconds(Duration.ofMillis(-5))).isEqualTo("0.0 s");
        assertThat(Printable.seconds(Duration.ofMillis(125_000))).isEqualTo("2 min 05.0 s");
    }

    @Test
    void aFileNameBecomesAWorkflowName() {
        assertThat(WorkflowFile.nameOf(Path.of("x/source-statistics.json"))).isEqualTo("source_statistics");
        assertThat(WorkflowFile.nameOf(Path.of("7.json"))).isEqualTo("workflow_7");
        assertThat(WorkflowFile.nameOf(Path.of("a".repeat(100)))).hasSize(64);
    }

    @Test
    void anExitCodeStandsForEachEnd() {
        assertThat(ExitCode.of(Status.SUCCESS)).isZero();
        assertThat(ExitCode.of(Status.FAILED)).isEqualTo(1);
        assertThat(ExitCode.of(Status.KILL)).isEqualTo(3);
    }

    @Test
    void onlyAConsoleThatUnderstandsItIsRedrawn() {
        assertThat(Terminal.detect(false, Map.of("TERM", "xterm")).redraws()).isFalse();
        assertThat(Terminal.detect(true, Map.of("TERM", "dumb")).redraws()).isFalse();
        assertThat(Terminal.detect(true, Map.of()).redraws()).isFalse();
        assertThat(Terminal.detect(true, Map.of("TERM", "xterm")).redraws()).isTrue();
        assertThat(Terminal.detect(true, Map.of("TERM", "xterm")).rows()).isPositive();
    }
}

package dev.remora.job.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    private Process process;

    @BeforeEach
    void start() throws Exception {
        process = new ProcessBuilder("sleep", "300").start();
    }

    @AfterEach
    void end() throws Exception {
        process.destroyForcibly().waitFor();
    }

    private static ProcessTable table(String kind) {
        return kind.equals("portable") ? new PortableProcessTable() : ProcessTable.ofThisHost();
    }

    private ProcessEntry entry(String start) {
        return new ProcessEntry(process.pid(), 1, 1, 1, start, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "portable"})
    void whoeverCameLaterUnderThePidIsSpared(String kind) throws Exception {
        ProcessTable table = table(kind);
        Signals signals = new Signals(table);
        String start = table.startOf(process.pid()).orElseThrow();

        signals.terminate(List.of(entry(Long.toString(Long.parseLong(start) - 1))));
        signals.kill(List.of(entry(Long.toString(Long.parseLong(start) - 1))));
        assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();

        signals.kill(List.of(entry(start)));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}

package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.storage.memory.MemoryStorage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an engine reports to Micrometer. */
class MicrometerMetricsTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(remora\\.[a-z.]+)` \\| (counter|timer|sizes|gauge) \\|");

    @Test
    void everyMeterIsInTheReadmeWithItsKind() throws IOException {
        Set<String> listed = ROW.matcher(
                        Files.readString(RootDirectory.of(Path.of("")).resolve("README.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        try (Remora remora = Remora.builder()
                .storage(MemoryStorage.create())
                .metrics(new MicrometerMetrics(registry))
                .start()) {
            assertThat(remora.health().leaseHeld()).isTrue();
        }

        assertThat(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName() + " " + kind(meter))
                        .collect(Collectors.toSet()))
                .isEqualTo(listed);
        assertThat(registry.get("remora.slots").tag("engine", "remora").gauge().value())
                .as("a gauge of an engine that is closed")
                .isZero();
    }

    private static String kind(Meter meter) {
        return switch (meter.getId().getType()) {
            case COUNTER -> "counter";
            case TIMER -> "timer";
            case DISTRIBUTION_SUMMARY -> "sizes";
            case GAUGE -> "gauge";
            default -> throw new IllegalArgumentException(meter.toString());
        };
    }
}

package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.spi.Lease;
import dev.remora.testkit.Samples;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryStorage storage = MemoryStorage.builder().clock(clock).build();

    @AfterEach
    void close() {
        storage.close();
    }

    private void create(Lease lease) {
        Samples.saveFor(storage, Samples.submission());
        storage.executions().create(lease, Samples.submission());
    }

    @Test
    void standsToTheLastMillisecond() {
        Lease lease = storage.engines().register("engine", Duration.ofSeconds(10));
        clock.advance(Duration.ofMillis(9_999));
        create(lease);

        clock.advance(Duration.ofMillis(1));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> create(lease))
                .withMessageContaining("engine");
    }

    @Test
    void countsFromTheRenewal() {
        Lease lease = storage.engines().register("engine", Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(9));
        storage.engines().renew(lease, Duration.ofSeconds(5));
        clock.advance(Duration.ofMillis(4_999));
        create(lease);

        clock.advance(Duration.ofMillis(1));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> create(lease));
    }

    @Test
    void mayStandForEver() {
        Lease lease = storage.engines().register("engine", ChronoUnit.FOREVER.getDuration());
        clock.advance(Duration.ofDays(365_000));

        create(lease);
        assertThat(storage.engines().renew(lease, Duration.ofMillis(Long.MAX_VALUE)))
                .isTrue();
        create(lease);
    }
}

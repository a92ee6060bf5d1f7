package dev.remora.examples;

import dev.remora.spi.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

// begin of the example
/**
 * Reports to Micrometer.
 *
 * @param registry where the meters are
 */
public record MicrometerMetrics(MeterRegistry registry) implements Metrics {
    @Override
    public LongConsumer counter(String name, String... tags) {
        return registry.counter(name, tags)::increment;
    }

    @Override
    public LongConsumer timer(String name, String... tags) {
        var timer = registry.timer(name, tags);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public LongConsumer sizes(String name, String... tags) {
        return registry.summary(name, tags)::record;
    }

    @Override
    public void gauge(String name, LongSupplier value, String... tags) {
        Gauge.builder(name, value::getAsLong).tags(tags).register(registry);
    }
}
// end of the example

package dev.remora.spi;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Where an engine reports what it does, in numbers: a bridge to the metrics library of the application. What is reported
 * under which name is in the README.
 *
 * <p>Each meter is asked for once, when the engine starts, and used from then on: by many threads at once, at places where
 * every microsecond counts. So what is returned must be safe for use by several threads, and must not block. What it throws
 * is dropped. Names are words with dots between them; tags are keys and values in turn.
 */
public interface Metrics {
    /** Reports nothing, and costs next to nothing. */
    Metrics NONE = new Metrics() {
        private static final LongConsumer NOTHING = value -> {};

        @Override
        public LongConsumer counter(String name, String... tags) {
            return NOTHING;
        }

        @Override
        public LongConsumer timer(String name, String... tags) {
            return NOTHING;
        }

        @Override
        public LongConsumer sizes(String name, String... tags) {
            return NOTHING;
        }

        @Override
        public void gauge(String name, LongSupplier value, String... tags) {}
    };

    /**
     * Returns a meter of what happens.
     *
     * @param name its name
     * @param tags its tags
     * @return takes how many more have happened, at least 1
     */
    LongConsumer counter(String name, String... tags);

    /**
     * Returns a meter of how long something takes.
     *
     * @param name its name
     * @param tags its tags
     * @return takes a time in nanoseconds
     */
    LongConsumer timer(String name, String... tags);

    /**
     * Returns a meter of how large something is.
     *
     * @param name its name
     * @param tags its tags
     * @return takes a size
     */
    LongConsumer sizes(String name, String... tags);

    /**
     * Adds a meter of what is at a moment.
     *
     * @param name its name
     * @param value tells what is now, in little time; 0 when the engine is closed
     * @param tags its tags
     */
    void gauge(String name, LongSupplier value, String... tags);
}

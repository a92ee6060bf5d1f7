package dev.remora.internal.engine;

import java.time.Duration;

/** Durations that callers give, in nanoseconds. */
final class Nanos {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** Returns the nanoseconds; for longer than 292 years, those of 292 years. */
    static long of(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.isNegative() ? 0 : duration.toNanos();
    }
}

package dev.remora.storage.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The clock of this machine, which is that of every database in these tests. */
final class Clocks {
    private static final long SHARE = 4;

    private Clocks() {}

    /** Returns when more than a duration has passed. */
    static void await(Duration duration) {
        long end = System.currentTimeMillis() + duration.toMillis();
        while (System.currentTimeMillis() <= end) {
            LockSupport.parkNanos(duration.toNanos() / SHARE);
        }
    }
}

package dev.remora.testkit;

import dev.remora.spi.Storage;
import java.time.Duration;

/** One data set of the storage under test, empty at first, for one test. */
public interface StorageFixture extends AutoCloseable {
    /**
     * Opens a handle on the data set. The handles of one fixture share the data, as two engines do.
     *
     * @return another handle with each call; the test closes it
     */
    Storage open();

    /**
     * Lets time pass on the storage's own clock, by moving it or by waiting.
     *
     * @param duration the clock has moved on by more than this when the call returns; a few milliseconds
     */
    void passTime(Duration duration);

    /**
     * Tells whether the data outlive their last handle.
     *
     * @return true if a handle that is opened later finds them
     */
    boolean durable();

    /** Drops the data set. Every handle has been closed. */
    @Override
    void close();
}

package dev.remora.internal.resource;

import dev.remora.error.LimitExceededException;
import dev.remora.model.Limit;
import java.util.function.ToLongFunction;

/** Counts what one package unpacks to, while it does. */
final class UnpackedBytes {
    /** A small package may unpack to this whatever its ratio: zeros for a test, a generated table. */
    private static final long HARMLESS = 1 << 20;

    private final long packed;
    private final long mostTotal;
    private final long mostRatio;
    private final long mostOfOne;
    private long total;

    UnpackedBytes(long packed, ToLongFunction<Limit> limits) {
        this.packed = packed;
        mostTotal = limits.applyAsLong(Limit.PACKAGE_SIZE);
        mostRatio = limits.applyAsLong(Limit.PACKAGE_RATIO);
        mostOfOne = limits.applyAsLong(Limit.RESOURCE_SIZE);
    }

    /**
     * Counts.
     *
     * @param ofOne how many bytes this file has so far, these included
     */
    void add(String file, int count, long ofOne) {
        total += count;
        if (total > mostTotal) {
            throw new LimitExceededException(Limit.PACKAGE_SIZE, mostTotal, "the zip package unpacks to more");
        }
        if (total > HARMLESS && (total - 1) / packed >= mostRatio) {
            throw new LimitExceededException(
                    Limit.PACKAGE_RATIO, mostRatio, "the zip package of " + packed + " bytes unpacks to more");
        }
        if (ofOne > mostOfOne) {
            throw new LimitExceededException(
                    Limit.RESOURCE_SIZE, mostOfOne, "file " + file + " of the zip package is larger");
        }
    }
}

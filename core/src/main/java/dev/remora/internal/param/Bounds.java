package dev.remora.internal.param;

import dev.remora.error.LimitExceededException;
import dev.remora.model.Limit;
import java.util.function.ToLongFunction;

/**
 * How large values may be.
 *
 * @param value one of them, in characters
 * @param total all that are put into the texts of one run's parameters, or of one node, together
 */
record Bounds(long value, long total) {
    static Bounds of(ToLongFunction<Limit> limits) {
        return new Bounds(limits.applyAsLong(Limit.PARAMETER_VALUE_SIZE), limits.applyAsLong(Limit.SUBSTITUTION_SIZE));
    }

    void checkValue(long length, Object what) {
        if (length > value) {
            throw new LimitExceededException(
                    Limit.PARAMETER_VALUE_SIZE, value, what + " has at least " + length + " characters");
        }
    }

    void checkTotal(long length, Object what) {
        if (length > total) {
            throw new LimitExceededException(
                    Limit.SUBSTITUTION_SIZE, total, what + ": the values put in have together at least " + length);
        }
    }
}

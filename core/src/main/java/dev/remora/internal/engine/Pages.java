package dev.remora.internal.engine;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import java.util.ArrayList;
import java.util.List;

/** What pages of lists may be. */
final class Pages {
    private static final int LARGEST = 1000;

    private Pages() {}

    /** Throws if a bound is broken. */
    static void check(String subject, long from, int size) {
        List<Problem> problems = new ArrayList<>();
        if (from < 0) {
            problems.add(new Problem("from", "is " + from + "; it must be at least 0"));
        }
        if (size < 1 || size > LARGEST) {
            problems.add(new Problem("size", "is " + size + "; it must be 1 to " + LARGEST));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(subject, problems);
        }
    }
}

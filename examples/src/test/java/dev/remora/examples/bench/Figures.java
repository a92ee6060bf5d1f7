package dev.remora.examples.bench;

import java.util.Arrays;
import java.util.List;

/** How long one contender took for one workload, in each round. */
record Figures(List<Long> nanos) {
    double median() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    long least() {
        return Arrays.stream(nanos.stream().mapToLong(Long::longValue).toArray())
                .min()
                .orElseThrow();
    }

    long most() {
        return Arrays.stream(nanos.stream().mapToLong(Long::longValue).toArray())
                .max()
                .orElseThrow();
    }
}

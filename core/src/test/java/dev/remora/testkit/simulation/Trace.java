package dev.remora.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, step by step, if somebody wants to read it; and a fingerprint of it in any case. */
final class Trace {
    private final boolean kept;
    private final long start;
    private final List<String> lines = new ArrayList<>();
    private long fingerprint = 1;

    Trace(boolean kept, long start) {
        this.kept = kept;
        this.start = start;
    }

    void add(long now, SimulatedProcess process, Supplier<String> what) {
        if (kept) {
            lines.add(String.format(Locale.ROOT, "%9.3f %-8s %s", (now - start) / 1000.0, process.name(), what.get()));
        }
    }

    void mark(long value) {
        fingerprint = fingerprint * 31 + value;
    }

    long fingerprint() {
        return fingerprint;
    }

    List<String> lines() {
        return lines;
    }
}

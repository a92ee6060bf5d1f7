package dev.remora.examples.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs workloads by several contenders in turns, so that a noisy minute hurts all of them alike. */
final class Comparison {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final String title;
    private final List<Contender> contenders;
    private final PrintStream out;

    Comparison(String title, List<Contender> contenders, PrintStream out) {
        this.title = title;
        this.contenders = List.copyOf(contenders);
        this.out = out;
    }

    /** @param warmUp how long each contender runs a workload, at least once, before its time is taken */
    void run(List<Workload> workloads, Duration warmUp, int rounds) throws Exception {
        for (Workload workload : workloads) {
            for (Contender contender : contenders) {
                contender.prepare(workload);
                for (long left = warmUp.toNanos(); left > 0; ) {
                    left -= Math.max(1, time(contender, workload));
                }
            }
            Map<Contender, List<Long>> times = new LinkedHashMap<>();
            contenders.forEach(contender -> times.put(contender, new ArrayList<>()));
            for (int round = 0; round < rounds; round++) {
                for (Contender contender : contenders) {
                    times.get(contender).add(time(contender, workload));
                }
            }
            print(workload, times);
        }
    }

    private static long time(Contender contender, Workload workload) throws Exception {
        long began = System.nanoTime();
        contender.run(workload);
        return System.nanoTime() - began;
    }

    private void print(Workload workload, Map<Contender, List<Long>> times) {
        out.printf(Locale.ROOT, "%n%s, %s: %s%n", title, workload.name(), workload.description());
        out.printf(
                Locale.ROOT, "  %-28s %14s %12s %24s%s%n", "", "nodes/s", "µs, median", "least – most", ratioTitles());
        times.forEach((contender, nanos) -> {
            Figures figures = new Figures(nanos);
            out.printf(
                    Locale.ROOT,
                    "  %-28s %,14.0f %,12.0f %,11.0f – %,10.0f%s%n",
                    contender.name(),
                    workload.nodes() * NANOS_PER_SECOND / figures.median(),
                    figures.median() / NANOS_PER_MICRO,
                    figures.least() / NANOS_PER_MICRO,
                    figures.most() / NANOS_PER_MICRO,
                    ratios(figures, times));
        });
    }

    private String ratioTitles() {
        StringBuilder titles = new StringBuilder();
        contenders.forEach(other -> titles.append(String.format(Locale.ROOT, "  ÷ %s", other.name())));
        return titles.toString();
    }

    /** How fast it is, as a ratio to each contender. */
    private String ratios(Figures figures, Map<Contender, List<Long>> times) {
        StringBuilder ratios = new StringBuilder();
        contenders.forEach(other -> {
            double ratio = new Figures(times.get(other)).median() / figures.median();
            ratios.append(String.format(Locale.ROOT, "  %" + (other.name().length() + 2) + ".2f", ratio));
        });
        return ratios.toString();
    }
}

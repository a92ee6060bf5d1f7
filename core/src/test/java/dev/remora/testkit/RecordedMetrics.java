package dev.remora.testkit;

import dev.remora.spi.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Keeps what an engine reports, for tests to look at. Safe for use by several threads. */
public final class RecordedMetrics implements Metrics {
    private final Map<String, AtomicLong> sums = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    /** Creates an empty record. */
    public RecordedMetrics() {}

    private static String key(String name, String... tags) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < tags.length; i += 2) {
            if (!tags[i].equals("engine")) {
                shown.add(tags[i] + "=" + tags[i + 1]);
            }
        }
        return shown.isEmpty() ? name : name + shown;
    }

    private LongConsumer meter(String key) {
        AtomicLong sum = sums.computeIfAbsent(key, unknown -> new AtomicLong());
        AtomicLong count = counts.computeIfAbsent(key, unknown -> new AtomicLong());
        return value -> {
            sum.addAndGet(value);
            count.incrementAndGet();
        };
    }

    @Override
    public LongConsumer counter(String name, String... tags) {
        return meter(key(name, tags));
    }

    @Override
    public LongConsumer timer(String name, String... tags) {
        return meter(key(name, tags));
    }

    @Override
    public LongConsumer sizes(String name, String... tags) {
        return meter(key(name, tags));
    }

    @Override
    public void gauge(String name, LongSupplier value, String... tags) {
        gauges.put(key(name, tags), value);
    }

    /**
     * Returns the names of all meters.
     *
     * @return the names, without tags
     */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        sums.keySet().forEach(key -> names.add(key.replaceFirst("\\[.*", "")));
        names.addAll(gauges.keySet());
        return names;
    }

    /**
     * Returns the sum of what a meter was told.
     *
     * @param key its name, with tags as in {@code name[key=value]}, that of the engine left out
     * @return the sum
     */
    public long sum(String key) {
        return sums.get(key).get();
    }

    /**
     * Returns how often a meter was told something.
     *
     * @param key its name, with tags
     * @return how often
     */
    public long count(String key) {
        return counts.get(key).get();
    }

    /**
     * Returns what a gauge shows.
     *
     * @param key its name, with tags
     * @return the value now
     */
    public long gauge(String key) {
        return gauges.get(key).getAsLong();
    }

    /**
     * Returns the sums of all meters that were told something.
     *
     * @return the sums by name and tags
     */
    public Map<String, Long> sums() {
        Map<String, Long> told = new TreeMap<>();
        sums.forEach((key, sum) -> {
            if (sum.get() != 0) {
                told.put(key, sum.get());
            }
        });
        return told;
    }
}

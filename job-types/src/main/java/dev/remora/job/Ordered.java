package dev.remora.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep their order, so that a command is the same each time. */
final class Ordered {
    private Ordered() {}

    static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Returns both, the second winning. */
    static <K, V> Map<K, V> merged(Map<K, V> first, Map<K, V> second) {
        Map<K, V> both = new LinkedHashMap<>(first);
        both.putAll(second);
        return both;
    }
}

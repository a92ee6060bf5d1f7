package dev.remora.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What of one row cannot be read. Used by one thread. */
final class Damage {
    private final List<String> found = new ArrayList<>();

    /** Reads something; if that cannot be done, notes so and returns something else. */
    <T> T orElse(T instead, String what, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (RuntimeException unreadable) {
            found.add(what + " (" + unreadable + ")");
            return instead;
        }
    }

    boolean isNone() {
        return found.isEmpty();
    }

    Optional<String> text() {
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }
}

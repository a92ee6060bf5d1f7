package dev.remora.internal.engine;

import com.google.common.base.Throwables;

/** Stack traces for logs of jobs. */
final class StackTraces {
    private static final int MOST_CHARACTERS = 64 << 10;

    private StackTraces() {}

    static String of(Throwable thrown) {
        String text = Throwables.getStackTraceAsString(thrown).stripTrailing();
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}

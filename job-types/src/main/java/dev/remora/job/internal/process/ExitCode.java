package dev.remora.job.internal.process;

import java.util.Map;

/** Explains exit codes as shells make them: 128 and the number of the signal for a program that a signal ended. */
final class ExitCode {
    private static final int SIGNAL_BASE = 128;
    /** Those whose numbers POSIX fixes or all its systems agree on. */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"));

    private ExitCode() {}

    static String describe(int code) {
        String signal = SIGNALS.get(code - SIGNAL_BASE);
        return "exit code " + code + (signal == null ? "" : " (" + signal + ")");
    }
}

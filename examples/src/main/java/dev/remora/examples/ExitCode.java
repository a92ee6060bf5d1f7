package dev.remora.examples;

import dev.remora.model.Status;

/** What the process tells its caller by its exit code. After Ctrl-C the JVM itself says 130. */
final class ExitCode {
    static final int SUCCESS = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int KILL = 3;

    private ExitCode() {}

    static int of(Status status) {
        return switch (status) {
            case SUCCESS -> SUCCESS;
            case KILL -> KILL;
            default -> FAILED;
        };
    }
}

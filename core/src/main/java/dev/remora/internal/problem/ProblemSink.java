package dev.remora.internal.problem;

/** Takes problems as they are found. */
@FunctionalInterface
public interface ProblemSink {
    void add(String path, String message);
}

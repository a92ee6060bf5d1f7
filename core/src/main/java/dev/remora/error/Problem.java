package dev.remora.error;

import java.util.Objects;

/**
 * One thing that is wrong with an input.
 *
 * @param path where: {@code nodes[3].dep[0]}; empty for the input as a whole
 * @param message what is wrong, and the bound
 */
public record Problem(String path, String message) {
    /**
     * Creates a problem.
     *
     * @throws NullPointerException if a component is null
     */
    public Problem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Returns this problem as part of something bigger.
     *
     * @param parent the path of what this problem's path is relative to
     * @return a problem with a longer path
     */
    public Problem under(String parent) {
        if (path.isEmpty()) {
            return new Problem(parent, message);
        }
        return new Problem(path.startsWith("[") ? parent + path : parent + "." + path, message);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}

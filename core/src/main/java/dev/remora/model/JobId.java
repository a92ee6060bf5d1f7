package dev.remora.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Names one node execution, and with it its log. It stays the same over attempts, rounds, and versions of the
 * definition, and exists from the submission on, whether the node ever runs or not.
 *
 * @param execId the execution, at least 1
 * @param node the name of the node
 */
public record JobId(long execId, String node) {
    /** Nineteen digits are less than 2 to the 64th, so one that is too large shows by its sign. */
    private static final int MOST_DIGITS = 19;

    /**
     * Creates an id.
     *
     * @throws NullPointerException if the node is null
     */
    public JobId {
        Objects.requireNonNull(node, "node");
    }

    /**
     * Reads the text form.
     *
     * @param text for example {@code 1379-count}
     * @return the id; empty if the text is not of that form
     */
    public static Optional<JobId> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || dash > MOST_DIGITS || dash == text.length() - 1 || text.charAt(0) == '0') {
            return Optional.empty();
        }
        long execId = 0;
        for (int i = 0; i < dash; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            execId = execId * 10 + digit;
        }
        boolean overflowed = execId < 0;
        return overflowed ? Optional.empty() : Optional.of(new JobId(execId, text.substring(dash + 1)));
    }

    /** Returns the text form, {@code execId-node}. */
    @Override
    public String toString() {
        return execId + "-" + node;
    }
}

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
        if (dash < 1 || dash > 18 || dash == text.length() - 1) {
            return Optional.empty();
        }
        for (int i = 0; i < dash; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(new JobId(Long.parseLong(text.substring(0, dash)), text.substring(dash + 1)));
    }

    /** Returns the text form, {@code execId-node}. */
    @Override
    public String toString() {
        return execId + "-" + node;
    }
}

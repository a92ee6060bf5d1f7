package dev.remora.internal.param;

import java.util.Optional;

/** The outputs that a node may see. */
@FunctionalInterface
public interface Outputs {
    /** Nothing is known yet, as before a run. */
    Outputs NONE = (node, key) -> Optional.empty();

    /**
     * Finds an output.
     *
     * @param node a node of the definition; the answer is empty unless it is upstream of the one that asks
     * @param key the key
     * @return the value of the last round in which the node succeeded; empty if it gave none
     */
    Optional<String> output(String node, String key);
}

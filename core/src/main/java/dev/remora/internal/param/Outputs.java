package dev.remora.internal.param;

import java.util.Optional;

/** The outputs that a node may see. */
@FunctionalInterface
public interface Outputs {
    /** Nothing is known yet, as before a run. */
    Outputs NONE = (node, key, composed) -> Optional.empty();

    /**
     * Finds an output.
     *
     * @param node a node of the definition; the answer is empty unless it is upstream of the one that asks
     * @param key the key
     * @param composed whether the reference was put together while the node starts, rather than written out: then nobody
     *     has checked that the node is upstream, see {@link CompiledParameters#checkOutputs}
     * @return the value of the last round in which the node succeeded; empty if it gave none
     */
    Optional<String> output(String node, String key, boolean composed);
}

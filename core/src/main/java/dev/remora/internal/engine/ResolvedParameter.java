package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.error.RemoraException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parameter of a node with its placeholders resolved, or why that could not be done.
 *
 * @param problem empty if all is well
 */
record ResolvedParameter(JsonNode value, Optional<String> problem) {
    static ResolvedParameter of(Supplier<JsonNode> resolution) {
        try {
            return new ResolvedParameter(resolution.get(), Optional.empty());
        } catch (RemoraException refused) {
            return new ResolvedParameter(JsonNodeFactory.instance.objectNode(), Optional.of(refused.getMessage()));
        }
    }
}

package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.RemoraException;
import dev.remora.internal.param.RunParameters;
import dev.remora.internal.run.Run;
import dev.remora.internal.tree.Json;
import java.util.Optional;

/**
 * The parameter of a node with its placeholders resolved, or why that could not be done.
 *
 * @param problem empty if all is well
 */
record ResolvedParameter(JsonNode value, Optional<String> problem) {
    /** Resolves a node's parameter with what the run knows now. */
    static ResolvedParameter of(Prepared prepared, int node, RunParameters parameters, Run run) {
        try {
            JsonNode value = prepared.parameter(
                    node,
                    parameters,
                    (source, key) ->
                            Optional.ofNullable(run.row(source).outputs().get(key)));
            return new ResolvedParameter(value, Optional.empty());
        } catch (RemoraException refused) {
            return new ResolvedParameter(Json.EMPTY, Optional.of(refused.getMessage()));
        }
    }
}

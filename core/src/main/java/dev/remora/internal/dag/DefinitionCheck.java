package dev.remora.internal.dag;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.Node;
import dev.remora.model.Parameter;
import java.util.List;

/** Finds everything that is wrong with a definition as such, whatever the engine. */
public final class DefinitionCheck {
    private DefinitionCheck() {}

    /**
     * Checks a definition.
     *
     * @throws dev.remora.error.ValidationException with every problem
     */
    public static void check(List<Node> nodes, List<Parameter> userDefParams, JsonNode extras) {
        Dag.of(nodes);
    }
}

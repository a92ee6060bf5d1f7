package dev.remora.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * What a request would run, and nothing has run.
 *
 * @param project the project
 * @param workflow the workflow
 * @param version the version of the definition; 0 for an unsaved one
 * @param steps the nodes that would run, by level, then in the order of definition
 */
public record Plan(String project, String workflow, int version, List<Step> steps) {
    /**
     * Creates a plan.
     *
     * @throws NullPointerException if a component is null
     */
    public Plan {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        steps = List.copyOf(steps);
    }

    /**
     * A node that would run.
     *
     * @param level 0 for those that wait for nothing, else one more than the highest level waited for
     * @param node the name
     * @param type the job type
     * @param waitsFor the selected nodes that it waits for; a disabled one counts like any other
     * @param parameter the parameter, as far as it is known before the run; what is not known stands as written
     */
    public record Step(int level, String node, String type, List<String> waitsFor, JsonNode parameter) {
        /**
         * Creates a step.
         *
         * @throws NullPointerException if a component is null
         */
        public Step {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(type, "type");
            waitsFor = List.copyOf(waitsFor);
            Objects.requireNonNull(parameter, "parameter");
        }
    }
}

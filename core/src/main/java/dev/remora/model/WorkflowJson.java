package dev.remora.model;

import dev.remora.internal.definition.WorkflowCodec;

/**
 * Workflow definitions as JSON, both ways, lossless: a definition that is written and read again is equal, and numbers
 * in parameters and extras keep their digits. Safe for use by several threads.
 */
public final class WorkflowJson {
    private WorkflowJson() {}

    /**
     * Reads a definition that a person or a program hands in. Strict: unknown and duplicate keys, comments, trailing
     * text and values of the wrong type are problems.
     *
     * @param json the text
     * @return the definition
     * @throws dev.remora.error.ValidationException with every problem, each with its path
     * @throws dev.remora.error.LimitExceededException if the text is larger than {@link Limit#DEFINITION_SIZE}
     */
    public static Workflow parse(String json) {
        return WorkflowCodec.parse(json);
    }

    /**
     * Reads a definition that was written by {@link #write}, perhaps by a newer version of Remora: keys that this
     * version does not know are passed over, so that engines of two versions can share a storage.
     *
     * @param json the text
     * @return the definition
     * @throws dev.remora.error.ValidationException if it is not a definition all the same
     */
    public static Workflow parseStored(String json) {
        return WorkflowCodec.parseStored(json);
    }

    /**
     * Writes a definition. Values that equal their defaults are left out, except the origin's keys.
     *
     * @param workflow the definition
     * @return compact JSON
     */
    public static String write(Workflow workflow) {
        return WorkflowCodec.write(workflow);
    }
}

package dev.remora.model;

import dev.remora.internal.definition.WorkflowCodec;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;

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
     * Reads a definition that was written by {@link #write(Workflow)}, perhaps by a newer version of Remora: keys that this
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
     * Reads a definition that was written by {@link #write(Workflow, Writer)}, piece by piece, as
     * {@link #parseStored(String)} does.
     *
     * @param json the text, to its end; not closed
     * @return the definition
     * @throws IOException if the reader throws it
     * @throws dev.remora.error.ValidationException if it is not a definition all the same
     * @throws dev.remora.error.LimitExceededException if the text is larger than {@link Limit#DEFINITION_SIZE}
     */
    public static Workflow parseStored(Reader json) throws IOException {
        return WorkflowCodec.parseStored(json);
    }

    /**
     * Writes a definition. Values that equal their defaults are left out, except the origin's keys.
     *
     * @param workflow the definition
     * @return compact JSON
     * @throws dev.remora.error.LimitExceededException if the text would be larger than {@link Limit#DEFINITION_SIZE}
     */
    public static String write(Workflow workflow) {
        return WorkflowCodec.write(workflow);
    }

    /**
     * Writes a definition piece by piece, so that the text of a large one is never whole on the heap.
     *
     * @param workflow the definition
     * @param to where to; not closed
     * @throws IOException if the writer throws it
     * @throws dev.remora.error.LimitExceededException if the text would be larger than {@link Limit#DEFINITION_SIZE};
     *     then a part of it has been written
     */
    public static void write(Workflow workflow, Writer to) throws IOException {
        WorkflowCodec.write(workflow, to);
    }
}

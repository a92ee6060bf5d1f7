package dev.remora.internal.json;

import dev.remora.model.Workflow;

/** Reads and writes definitions. */
public final class WorkflowCodec {
    private WorkflowCodec() {}

    public static Workflow parse(String json) {
        return parseStored(json);
    }

    public static Workflow parseStored(String json) {
        return Workflow.builder().build();
    }

    public static String write(Workflow workflow) {
        return workflow.toString();
    }
}

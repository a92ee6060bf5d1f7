package dev.remora.storage.memory;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.util.Map;

/**
 * A program that runs large workflows and checks what the query says of them, in a JVM of its own with a heap that a
 * test chooses. Each argument is a run: {@code shape:type:nodes}. It prints a line for each, and then {@code done}.
 */
final class LargeRuns {
    static final String NO_OPERATION = "NOOP";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private LargeRuns() {}

    public static void main(String[] runs) throws InterruptedException {
        for (String run : runs) {
            String[] parts = run.split(":");
            run(parts[0], parts[1], Integer.parseInt(parts[2]));
        }
        System.out.println("done");
        System.exit(0);
    }

    private static void run(String shape, String type, int size) throws InterruptedException {
        Workflow workflow = workflow(shape, type, size);
        try (Remora remora = Remora.builder()
                .storage(MemoryStorage.create())
                .java(NO_OPERATION, context -> Map.of())
                .start()) {
            long begun = System.nanoTime();
            long execId = remora.executor().runDirect(DirectRunRequest.of("scale", shape, workflow));
            Execution end = remora.query().await(execId, PATIENCE).orElseThrow();
            long nanos = System.nanoTime() - begun;
            check(end.status() == Status.SUCCESS, "execution is " + end.status());
            checkNodes(remora.query().find(execId).orElseThrow(), workflow);
            System.out.println(shape + " " + type + " " + size + " nodes: " + nanos / size + " ns a node");
        }
    }

    static Workflow workflow(String shape, String type, int size) {
        Workflow.Builder workflow = Workflow.builder();
        for (int i = 0; i < size; i++) {
            String[] dependencies = dependencies(shape, i);
            workflow.node("n" + i, type, node -> node.after(dependencies));
        }
        return workflow.build();
    }

    /** Diamonds stand on each other: the bottom of one is the top of the next, three nodes a layer. */
    private static String[] dependencies(String shape, int node) {
        if (node == 0 || shape.equals("wide")) {
            return new String[0];
        }
        if (shape.equals("chain")) {
            return new String[] {"n" + (node - 1)};
        }
        return switch (node % 3) {
            case 1 -> new String[] {"n" + (node - 1)};
            case 2 -> new String[] {"n" + (node - 2)};
            default -> new String[] {"n" + (node - 1), "n" + (node - 2)};
        };
    }

    private static void checkNodes(ExecutionDetail detail, Workflow workflow) {
        check(detail.nodes().size() == workflow.nodes().size(), "nodes are missing");
        for (int i = 0; i < workflow.nodes().size(); i++) {
            NodeExecution node = detail.nodes().get(i);
            check(node.status() == Status.SUCCESS && node.attempt() == 1, "node is not final: " + node);
            check(node.node() == workflow.nodes().get(i), "node " + i + " is another one: " + node);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}

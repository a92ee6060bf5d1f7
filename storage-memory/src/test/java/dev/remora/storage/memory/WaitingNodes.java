package dev.remora.storage.memory;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A program that measures the heap that nodes take while they wait for another, in a JVM of its own. The definition is not
 * counted, as that is what the application has built. It prints what it found, and then {@code done}.
 */
final class WaitingNodes {
    private static final int NODES = 500_000;
    private static final long BOUND = 200;

    private WaitingNodes() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch failing = new CountDownLatch(1);
        try (Remora remora = Remora.builder()
                .storage(MemoryStorage.create())
                .java("FAILING", JavaJob.of(context -> {
                    failing.countDown();
                    throw new IllegalStateException("not yet");
                }))
                .java("WAITING", JavaJob.of(context -> {}))
                .start()) {
            Workflow workflow = workflow();
            long before = usedHeap();
            long execId = remora.executor().runDirect(DirectRunRequest.of("scale", "waiting", workflow));
            failing.await();
            long perNode = (usedHeap() - before) / NODES;
            System.out.println(perNode + " bytes for each of " + NODES + " waiting nodes");
            check(perNode < BOUND, "a waiting node takes " + perNode + " bytes");
            Status last =
                    remora.query().find(execId).orElseThrow().nodes().get(NODES).status();
            check(last == Status.WAITING_DEP, "the last node is " + last);
            check(workflow.nodes().size() == NODES + 1, "the definition is not there any more");
        }
        System.out.println("done");
        System.exit(0);
    }

    /** All nodes wait for one that fails at first, and is tried again long after the end of this program. */
    private static Workflow workflow() {
        Workflow.Builder workflow = Workflow.builder();
        workflow.node("failing", "FAILING", node -> node.retry(RetryPolicy.of(2).withBackoff(Duration.ofHours(1))));
        for (int i = 0; i < NODES; i++) {
            workflow.node("n" + i, "WAITING", node -> node.after("failing"));
        }
        return workflow.build();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}

package dev.remora.examples.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;

/** What an application writes itself: a completable future for each node; no state is kept. */
final class FuturesByHand implements Contender {
    private final ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors());

    @Override
    public String name() {
        return "futures";
    }

    @Override
    public void run(Workload workload) {
        CompletableFuture<?>[] runs = new CompletableFuture<?>[workload.runs()];
        for (int run = 0; run < runs.length; run++) {
            runs[run] = start(workload.shape(), pool, node -> {});
        }
        CompletableFuture.allOf(runs).join();
    }

    /** Runs every node of a shape after those it depends on. */
    static CompletableFuture<Void> start(Shape shape, ForkJoinPool pool, IntConsumer job) {
        CompletableFuture<?>[] nodes = new CompletableFuture<?>[shape.nodes()];
        for (int i = 0; i < nodes.length; i++) {
            int node = i;
            int[] before = shape.before()[i];
            if (before.length == 0) {
                nodes[i] = CompletableFuture.runAsync(() -> job.accept(node), pool);
            } else if (before.length == 1) {
                nodes[i] = nodes[before[0]].thenRunAsync(() -> job.accept(node), pool);
            } else {
                CompletableFuture<?>[] dependencies = new CompletableFuture<?>[before.length];
                for (int k = 0; k < before.length; k++) {
                    dependencies[k] = nodes[before[k]];
                }
                nodes[i] = CompletableFuture.allOf(dependencies).thenRunAsync(() -> job.accept(node), pool);
            }
        }
        return CompletableFuture.allOf(nodes);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

package dev.remora.examples.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The limit in memory: counters over arrays on a fork-join pool; no state is kept, nothing can fail. */
final class CounterLimit implements Contender {
    private final ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors());

    @Override
    public String name() {
        return "counters";
    }

    @Override
    public void run(Workload workload) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(workload.runs());
        for (int run = 0; run < workload.runs(); run++) {
            new Run(workload.shape(), ended).start(pool);
        }
        ended.await();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static final class Run {
        private final int[][] behind;
        private final AtomicIntegerArray missing;
        private final AtomicIntegerArray left = new AtomicIntegerArray(1);
        private final CountDownLatch ended;
        private final int[][] before;

        Run(Shape shape, CountDownLatch ended) {
            this.behind = shape.behind();
            this.before = shape.before();
            this.ended = ended;
            int[] counts = new int[before.length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = before[i].length;
            }
            missing = new AtomicIntegerArray(counts);
            left.set(0, counts.length);
        }

        void start(ForkJoinPool pool) {
            for (int node = 0; node < before.length; node++) {
                if (before[node].length == 0) {
                    pool.execute(new NodeAction(node));
                }
            }
        }

        private final class NodeAction extends RecursiveAction {
            private static final long serialVersionUID = 1L;
            private final int first;

            NodeAction(int first) {
                this.first = first;
            }

            @Override
            protected void compute() {
                int node = first;
                while (node >= 0) {
                    int next = -1;
                    for (int dependent : behind[node]) {
                        if (missing.decrementAndGet(dependent) == 0) {
                            if (next < 0) {
                                next = dependent;
                            } else {
                                new NodeAction(dependent).fork();
                            }
                        }
                    }
                    if (left.decrementAndGet(0) == 0) {
                        ended.countDown();
                    }
                    node = next;
                }
            }
        }
    }
}

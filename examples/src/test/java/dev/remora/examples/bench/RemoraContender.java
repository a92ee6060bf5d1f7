package dev.remora.examples.bench;

import dev.remora.Remora;
import dev.remora.model.Execution;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Remora on a storage, with Java nodes that do nothing; every state is kept and can be queried. */
final class RemoraContender implements Contender {
    private static final String PROJECT = "bench";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int SUBMITTERS = 16;

    /** As many as the programs by hand put into a commit: a commit holds what the nodes do that run at once. */
    private static final int SLOTS = 256;

    private final String name;
    private final Storage storage;
    private final Remora remora;
    private final ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);

    RemoraContender(String name, Storage storage) {
        this.name = name;
        this.storage = storage;
        remora = Remora.builder()
                .storage(storage)
                .maxRunningNodes(SLOTS)
                .java("NOTHING", JavaJob.of(context -> {}))
                .start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Workload workload) {
        remora.workflows().save(PROJECT, workload.name(), workload.shape().workflow("NOTHING"));
    }

    @Override
    public void run(Workload workload) throws Exception {
        if (workload.runs() == 1) {
            await(submit(workload));
            return;
        }
        List<Future<Long>> accepted = new ArrayList<>();
        for (int run = 0; run < workload.runs(); run++) {
            accepted.add(submitters.submit(() -> submit(workload)));
        }
        for (Future<Long> one : accepted) {
            await(one.get());
        }
    }

    private long submit(Workload workload) {
        return remora.executor().run(RunRequest.of(PROJECT, workload.name()));
    }

    private void await(long execId) throws InterruptedException {
        Execution ended = remora.query()
                .await(execId, LIMIT)
                .orElseThrow(() -> new IllegalStateException("execution " + execId + " did not end within " + LIMIT));
        if (ended.status() != Status.SUCCESS) {
            throw new IllegalStateException("execution " + execId + " is " + ended.status());
        }
    }

    @Override
    public void close() {
        submitters.shutdownNow();
        remora.close(Duration.ofSeconds(30));
        storage.close();
    }
}

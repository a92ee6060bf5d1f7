package dev.remora.job;

import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A job that is over already. */
final class EndedJob implements JobHandle {
    private final CompletionStage<JobResult> completion;

    EndedJob(JobResult result) {
        completion = CompletableFuture.completedStage(result);
    }

    @Override
    public CompletionStage<JobResult> completion() {
        return completion;
    }

    @Override
    public void stop(Duration grace) {
        // why: nothing of it runs
    }
}

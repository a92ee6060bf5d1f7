package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.error.StorageException;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.FailurePolicy;
import dev.remora.model.LogRequest;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The storage fails now and then, before or after the effect of a call: runs end right all the same, nothing is
 * recorded twice, and the engine goes on. The seed is {@code -Dremora.test.seed}, else random.
 */
public abstract class FaultContract extends EnginePart {
    private static final double RATE = 0.15;
    private static final int RUNS = 15;
    private static final int TRIES = 200;

    private final long seed = Long.getLong("remora.test.seed", System.nanoTime());
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private FaultyStorage faulty;

    /** Creates the part. */
    protected FaultContract() {}

    private Remora faultyEngine() {
        faulty = new FaultyStorage(fixture.open(), seed);
        return engine(
                faulty,
                jobs,
                builder -> builder.lease(Duration.ofSeconds(1)).java("COUNT", JavaJob.of(context -> {
                    attempts.merge(context.jobId().toString(), 1, Integer::sum);
                    context.log().line("attempt " + context.attempt());
                    if (context.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                })));
    }

    /** What the caller of the engine does: a call whose storage was away is made again. */
    private <T> T again(Callable<T> call) throws Exception {
        for (int i = 1; ; i++) {
            try {
                return call.call();
            } catch (StorageException away) {
                assertThat(away.isTransient()).as("seed " + seed + ": " + away).isTrue();
                assertThat(i).as("tries, seed " + seed).isLessThan(TRIES);
            }
        }
    }

    private void again(Runnable call) throws Exception {
        again(() -> {
            call.run();
            return true;
        });
    }

    private Status end(Remora remora, long execId) throws Exception {
        until("the end of execution " + execId + ", seed " + seed, () -> {
            try {
                return remora.query()
                        .find(execId)
                        .orElseThrow()
                        .execution()
                        .status()
                        .isFinal();
            } catch (StorageException away) {
                return false;
            }
        });
        return storage.executions().find(execId).orElseThrow().state().status();
    }

    private static Workflow workflow() {
        RetryPolicy retry = RetryPolicy.of(3).withBackoff(Duration.ZERO);
        return flow(builder -> builder.node("a", "COUNT", n -> n.retry(retry))
                .node("b", "OK", n -> n.after("a"))
                .node("c", "COUNT", n -> n.after("a").retry(retry))
                .node("d", "OK", n -> n.after("b", "c"))
                .node("e", "FAIL", n -> n.after("d")));
    }

    private static RunRequest request(int number) {
        return RunRequest.builder(PROJECT, FLOW)
                .idempotencyKey("run " + number)
                .failurePolicy(FailurePolicy.CONTINUE)
                .build();
    }

    @Test
    void aLineIsNotLostWithTheAnswerToTheOneBefore() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        InterceptedStorage handle = new InterceptedStorage(fixture.open(), false, (method, call) -> {
            Object answer = call.make();
            if (method.equals("append") && lost.compareAndSet(false, true)) {
                throw new StorageException("the answer gets lost", true);
            }
            return answer;
        });
        Remora remora = engine(
                handle,
                jobs,
                builder -> builder.java("TALK", JavaJob.of(context -> {
                    context.log().line("one");
                    until("an answer is lost", lost::get);
                    context.log().line("two");
                })));

        long execId = run(remora, flow(builder -> builder.node("a", "TALK")));

        assertThat(end(remora, execId)).isEqualTo(Status.SUCCESS);
        assertThat(remora.logs().read(LogRequest.of(execId + "-a")).content()).containsExactly("one", "two");
    }

    @Test
    void runsEndRightAndNothingIsRecordedTwice() throws Exception {
        Remora remora = faultyEngine();
        remora.workflows().save(PROJECT, FLOW, workflow());
        faulty.rate(RATE);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            int number = i;
            ids.add(again(() -> remora.executor().run(request(number))));
        }
        for (long execId : ids) {
            assertThat(end(remora, execId)).as("seed " + seed).isEqualTo(Status.FAILED);
        }
        faulty.rate(0);
        assertThat(faulty.faults()).isPositive();
        assertThat(ids).as("seed " + seed).doesNotHaveDuplicates();
        assertThat(total(remora)).as("executions, seed " + seed).isEqualTo(RUNS);
        for (long execId : ids) {
            assertThat(show(remora, execId))
                    .as("seed " + seed)
                    .isEqualTo("FAILED/EXCEPTION: a SUCCESS, b SUCCESS, c SUCCESS, d SUCCESS, e FAILED/EXCEPTION");
            ExecutionDetail detail = detail(remora, execId);
            for (String node : List.of("a", "c")) {
                assertThat(detail.node(node).attempt()).as("seed " + seed).isEqualTo(3);
                assertThat(attempts.get(execId + "-" + node)).as("seed " + seed).isEqualTo(3);
                List<String> log = remora.logs()
                        .read(LogRequest.builder(execId + "-" + node)
                                .text("attempt ")
                                .build())
                        .content();
                assertThat(log).as("seed " + seed).containsExactly("attempt 1", "attempt 2", "attempt 3");
            }
        }
        long next = remora.executor().run(request(RUNS));
        assertThat(end(remora, next)).as("seed " + seed).isEqualTo(Status.FAILED);
    }

    @Test
    void commandsHaveTheirEffect() throws Exception {
        Remora remora = faultyEngine();
        remora.workflows().save(PROJECT, FLOW, single());
        faulty.rate(RATE);
        for (int i = 0; i < RUNS; i++) {
            int number = i;
            long execId = again(() -> remora.executor().run(request(number)));
            ScriptedJobType.Job job = jobs.job(execId, "a", 1);
            again(() -> remora.executor().pause(execId));
            again(() -> remora.executor().resume(execId));
            if (i % 2 == 0) {
                job.fail("1");
                assertThat(end(remora, execId)).as("seed " + seed).isEqualTo(Status.FAILED);
                rerun(remora, execId);
                jobs.job(execId, "a", 2).succeed();
                assertThat(end(remora, execId)).as("seed " + seed).isEqualTo(Status.SUCCESS);
            } else {
                again(() -> remora.executor().kill(execId));
                assertThat(end(remora, execId)).as("seed " + seed).isEqualTo(Status.KILL);
            }
        }
        faulty.rate(0);
        assertThat(jobs.started()).as("seed " + seed).hasSize(RUNS + (RUNS + 1) / 2);
    }

    /** A rerun whose answer is lost may have opened its round; made again, it then finds the execution under way. */
    private void rerun(Remora remora, long execId) throws Exception {
        try {
            again(() -> remora.executor().rerun(RerunRequest.failedPart(execId)));
        } catch (dev.remora.error.ExecutionStateException underWay) {
            assertThat(underWay.status().isFinal())
                    .as("seed " + seed + ": " + underWay)
                    .isFalse();
        }
    }

    @Test
    void theStorageMayBeAwayForAWhile() throws Exception {
        Remora remora = faultyEngine();
        long execId = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "OK", n -> n.after("a"))));
        ScriptedJobType.Job job = jobs.job("a");
        faulty.rate(1);
        job.context().log().line("while it is away");
        job.succeed();
        long before = faulty.faults();
        until("calls fail", () -> faulty.faults() > before + 5);
        faulty.rate(0);
        assertThat(end(remora, execId)).isEqualTo(Status.SUCCESS);
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(1);
        assertThat(remora.logs().read(LogRequest.of(execId + "-a")).content()).containsExactly("while it is away");
    }

    @Test
    void aStorageWhoseInlineCommitsFailAllTheSameLosesNothing() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        Storage inline = new InterceptedStorage(fixture.open(), true, (method, call) -> {
            int number = method.equals("commit") ? commits.incrementAndGet() : 0;
            if (number == 2 || number == 3) {
                throw new StorageException("commit fails before its effect", true);
            }
            Object result = call.make();
            if (number == 4) {
                throw new StorageException("commit fails after its effect", true);
            }
            return result;
        });
        Remora remora = engine(inline, jobs, builder -> builder);
        long execId = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "OK", n -> n.after("a"))));
        jobs.job(execId, "a", 1).succeed();
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
        assertThat(jobs.started()).hasSize(1);
        assertThat(commits.get()).isGreaterThan(4);
    }

    @Test
    void theNextEngineTakesOverAllTheSame() throws Exception {
        Remora remora = engine(builder -> builder.killGrace(Duration.ZERO).killVerification(Duration.ofMillis(1)));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ids.add(run(remora, single()));
        }
        ids.forEach(execId -> jobs.job(execId, "a", 1));
        jobs.abandon();
        remora.close();
        faulty = new FaultyStorage(fixture.open(), seed);
        Remora next = engine(faulty, jobs.another(), builder -> builder.lease(Duration.ofSeconds(1)));
        faulty.rate(RATE);
        for (long execId : ids) {
            jobs.job(execId, "a", 1).succeed();
            assertThat(end(next, execId)).as("seed " + seed).isEqualTo(Status.SUCCESS);
        }
        faulty.rate(0);
        assertThat(jobs.started()).as("seed " + seed).hasSize(RUNS);
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.OnClose;
import dev.remora.Remora;
import dev.remora.model.LogLine;
import dev.remora.model.LogRequest;
import dev.remora.model.OnLost;
import dev.remora.model.Status;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobLog;
import dev.remora.spi.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An engine closes and leaves its jobs running for the next one, as when an application is deployed anew. */
public abstract class LeaveContract extends EnginePart {
    /** Creates the part. */
    protected LeaveContract() {}

    private static void write(ScriptedJobType.Job job, String text, long position) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JobLog log = job.context().log();
        log.stream(bytes, 0, bytes.length, position);
    }

    private static List<String> log(Remora remora, long execId) {
        return remora.logs().read(LogRequest.builder(execId + "-a").build()).lines().stream()
                .map(LogLine::text)
                .toList();
    }

    @Test
    void theNextEngineGoesOnWithTheJobsThatWereLeft() throws InterruptedException {
        Remora remora = engine();
        long execId = run(
                remora,
                flow(builder ->
                        builder.node("a", "JOB", n -> n.onLost(OnLost.FAIL)).node("b", "JOB", n -> n.after("a"))));
        ScriptedJobType.Job job = jobs.job("a");

        assertThat(remora.close(Duration.ZERO, OnClose.LEAVE)).isFalse();

        assertThat(job.left()).isTrue();
        assertThat(job.stopRequested()).isFalse();
        ScriptedJobType nextJobs = jobs.another();
        Remora next = engine(fixture.open(), nextJobs, builder -> builder);
        assertThat(show(next, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        job.succeed(Map.of("rows", "17"));
        nextJobs.job(execId, "b", 1).succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(node(next, execId, "a").attempt()).isEqualTo(1);
        assertThat(node(next, execId, "a").outputs()).isEqualTo(Map.of("rows", "17"));
        assertThat(jobs.started()).hasSize(2);
    }

    @Test
    void whatNeedsTheEngineIsStoppedBesideWhatIsLeft() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Remora remora = engine(builder -> builder.java("SLEEP", context -> {
            runs.incrementAndGet();
            context.sleep(Duration.ofHours(1));
            return Map.of();
        }));
        long execId = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "SLEEP")));
        ScriptedJobType.Job job = jobs.job("a");
        until("b runs", () -> runs.get() == 1);

        assertThat(remora.close(Duration.ZERO, OnClose.LEAVE)).isFalse();

        ScriptedJobType nextJobs = jobs.another();
        Remora next = engine(
                fixture.open(),
                nextJobs,
                builder -> builder.java("SLEEP", context -> {
                    runs.incrementAndGet();
                    return Map.of();
                }));
        job.succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(node(next, execId, "a").attempt()).isEqualTo(1);
        assertThat(node(next, execId, "b").attempt()).isEqualTo(2);
        assertThat(runs).hasValue(2);
    }

    @Test
    void whatEndsInTimeIsNotLeft() throws Exception {
        Remora remora = engine();
        long execId = run(remora, single());
        ScriptedJobType.Job job = jobs.job("a");
        CompletableFuture<Boolean> closing = new CompletableFuture<>();
        Thread thread = new Thread(() -> closing.complete(remora.close(LIMIT, OnClose.LEAVE)));
        thread.start();
        job.succeed();
        assertThat(closing.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        thread.join();
        assertThat(job.left()).isFalse();
        assertThat(storage.executions().find(execId).orElseThrow().state().status())
                .isEqualTo(Status.SUCCESS);
    }

    @Test
    void aKillThatWasBegunIsCompletedBeforeTheClose() throws InterruptedException {
        jobs.stopsWhenAsked(false);
        Remora remora = engine();
        long execId = run(remora, single());
        ScriptedJobType.Job job = jobs.job("a");
        remora.executor().kill(execId);
        until("the job is asked to stop", job::stopRequested);
        CompletableFuture<Boolean> closing = new CompletableFuture<>();
        Thread thread = new Thread(() -> closing.complete(remora.close(Duration.ZERO, OnClose.LEAVE)));
        thread.start();
        job.fail("killed");
        thread.join();
        assertThat(closing).isCompleted();
        assertThat(job.left()).isFalse();
        assertThat(storage.executions().find(execId).orElseThrow().state().status())
                .isEqualTo(Status.KILL);
    }

    /** The half of a line belongs to who reads on. */
    @Test
    void aLineThatHasOnlyBegunIsReadByTheNextEngine() throws InterruptedException {
        Remora remora = engine();
        long execId = run(remora, single());
        ScriptedJobType.Job job = jobs.job("a");
        write(job, "one\ntw", 6);
        JobContext before = job.context();
        remora.close(Duration.ZERO, OnClose.LEAVE);
        assertThat(log(engineThatOnlyReads(), execId)).containsExactly("one");

        Remora next = engine(fixture.open(), jobs.another(), builder -> builder);
        until("the job is found", () -> job.context() != before);
        assertThat(job.context().log().streamPosition()).isEqualTo(4);
        write(job, "two\n", 8);
        job.succeed();
        await(next, execId);
        assertThat(log(next, execId)).containsExactly("one", "two");
    }

    /** An engine that knows no JOB leaves the execution alone. */
    private Remora engineThatOnlyReads() {
        return engine(fixture.open(), ScriptedJobType.named("OTHER"), builder -> builder.name("reader"));
    }

    /** A remark of the job type ends a line that has only begun; who reads on must not read its beginning again. */
    @Test
    void aLineThatARemarkHasEndedIsNotReadAgain() throws InterruptedException {
        Remora remora = engine();
        long execId = run(remora, single());
        ScriptedJobType.Job job = jobs.job("a");
        write(job, "one\ntw", 6);
        job.context().log().line("a remark");
        JobContext before = job.context();
        remora.close(Duration.ZERO, OnClose.LEAVE);

        Remora next = engine(fixture.open(), jobs.another(), builder -> builder);
        until("the job is found", () -> job.context() != before);
        assertThat(job.context().log().streamPosition()).isEqualTo(6);
        write(job, "o\n", 8);
        job.succeed();
        await(next, execId);
        assertThat(log(next, execId)).containsExactly("one", "tw", "a remark", "o");
    }

    /** Another engine may be on another host, where it would find no process; it gets what it can run. */
    @Test
    void anEngineOfAnotherNameGetsTheOthersAtOnce() throws InterruptedException {
        Remora remora = engine(builder -> builder.java("SLEEP", context -> {
            context.sleep(Duration.ofHours(1));
            return Map.of();
        }));
        long left = run(remora, single());
        jobs.job("a");
        long stopped = run(remora, flow(builder -> builder.node("s", "SLEEP")));
        until("both run", () -> status(remora, stopped) == Status.RUNNING);

        remora.close(Duration.ZERO, OnClose.LEAVE);

        Lease other = storage.engines().register("other", Duration.ofMinutes(10));
        assertThat(storage.executions().claim(other, 10, Set.of())).containsExactly(stopped);
        Lease same = storage.engines().register("remora", Duration.ofMinutes(10));
        assertThat(storage.executions().claim(same, 10, Set.of())).containsExactly(left);
    }
}

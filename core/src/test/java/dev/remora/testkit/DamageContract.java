package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.Remora;
import dev.remora.error.StorageException;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.model.LogRequest;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.PlannedRun;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunOptions;
import dev.remora.model.RunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.Occasion;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * An execution that cannot be read whole stops no other: it is shown, it can be killed and purged, and it fails when it is
 * its turn, or waits to be mended.
 */
public abstract class DamageContract extends EnginePart {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String DAILY = "0 0 2 * * ?";
    private static final Instant FIRST = Instant.parse("2025-03-01T02:00:00Z");
    private static final String SOURCE = "source";
    private static final String WHAT = "its options";

    private final Set<Long> damaged = ConcurrentHashMap.newKeySet();

    /** Creates the part. */
    protected DamageContract() {}

    private ExecutionRecord read(ExecutionRecord record) {
        if (!damaged.contains(record.execId())) {
            return record;
        }
        Submission whole = record.submission();
        Submission left = new Submission(
                whole.project(),
                whole.workflow(),
                whole.version(),
                whole.type(),
                whole.submitTime(),
                whole.scheduleTime(),
                whole.submitUser(),
                whole.owner(),
                RunOptions.DEFAULT,
                Occasion.in(ZoneOffset.UTC));
        return new ExecutionRecord(record.execId(), left, record.state(), Optional.of(WHAT));
    }

    private Object read(Object result) {
        if (result instanceof Optional<?> optional) {
            return optional.map(this::read);
        } else if (result instanceof List<?> list) {
            return list.stream().map(this::read).toList();
        } else if (result instanceof StoredPage page) {
            return new StoredPage(
                    page.total(), page.executions().stream().map(this::read).toList());
        }
        return result instanceof ExecutionRecord record ? read(record) : result;
    }

    private Storage reading() {
        Storage handle = fixture.open();
        return new InterceptedStorage(handle, handle.commitsInline(), (method, arguments, call) -> read(call.make()));
    }

    private ManualRemora onDamagedData() {
        return ManualRemora.start(reading(), builder -> builder.jobType(jobs).zone(ZoneOffset.UTC));
    }

    private Remora inRealTime() {
        return engine(reading(), jobs, builder -> builder.name("first").lease(Duration.ofSeconds(1)));
    }

    private void succeed(ManualRemora remora, long execId) {
        jobs.job(execId, "a").succeed();
        remora.settle();
    }

    @Test
    void failsWhereItWouldRunWhileTheOthersGoOn() throws InterruptedException {
        List<Long> ids = left(FLOW, single(), 3);
        damaged.add(ids.get(0));

        Remora remora = inRealTime();

        for (long good : ids.subList(1, 3)) {
            jobs.job(good, "a", 1).succeed();
            assertThat(await(remora, good).status()).isEqualTo(Status.SUCCESS);
        }
        Execution end = await(remora, ids.get(0));
        assertThat(end.status()).isEqualTo(Status.FAILED);
        assertThat(end.cause()).contains(Cause.UNPROCESSABLE);
        assertThat(end.damage()).contains(WHAT);
        assertThat(jobs.started()).hasSize(2);
    }

    @Test
    void isShownAmongTheOthers() throws InterruptedException {
        Remora remora = inRealTime();
        long sound = run(remora, single());
        long bad = remora.executor().run(RunRequest.of(PROJECT, FLOW));
        for (long execId : List.of(sound, bad)) {
            jobs.job(execId, "a", 1).succeed();
            await(remora, execId);
        }
        damaged.add(bad);

        ExecutionPage page = remora.query().list(ExecutionFilter.builder().build());

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.executions())
                .filteredOn(one -> one.execId() == bad)
                .singleElement()
                .satisfies(one -> assertThat(one.damage()).contains(WHAT));
        assertThat(page.executions())
                .filteredOn(one -> one.execId() == sound)
                .singleElement()
                .satisfies(one -> assertThat(one.damage()).isEmpty());
        assertThat(show(remora, bad)).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(node(remora, bad, "a").resolvedParameter()).isEmpty();
        assertThat(remora.logs().read(LogRequest.of(bad + "-a")).total()).isZero();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> remora.executor().rerun(RerunRequest.all(bad)))
                .withMessage("execution " + bad + " is stored, but cannot be read whole: " + WHAT);
        assertThat(status(remora, bad)).isEqualTo(Status.SUCCESS);
    }

    @Test
    void keepsNoTimeOfItsBackfillFromRunning() {
        try (ManualRemora remora = onDamagedData()) {
            remora.workflows().save(PROJECT, FLOW, single());
            Backfill backfill = remora.backfills()
                    .start(BackfillRequest.builder(PROJECT, FLOW, FIRST, FIRST.plus(DAY.multipliedBy(4)))
                            .cron(DAILY)
                            .build());
            remora.settle();
            List<Long> ids = backfill.runs().stream().map(PlannedRun::execId).toList();
            // why: the first runs already; the next two are the front of those that wait
            damaged.addAll(ids.subList(1, 3));

            succeed(remora, ids.get(0));
            succeed(remora, ids.get(3));
            succeed(remora, ids.get(4));

            assertThat(status(remora, ids.get(1))).isEqualTo(Status.INIT);
            assertThat(remora.backfills().find(backfill.id()).orElseThrow().status())
                    .isEqualTo(BackfillStatus.RUNNING);
            damaged.remove(ids.get(1));
            remora.executor().kill(ids.get(2));
            remora.settle();
            assertThat(show(remora, ids.get(2))).isEqualTo("KILL/USER_KILL: a KILL");
            succeed(remora, ids.get(1));
            assertThat(remora.backfills().find(backfill.id()).orElseThrow().status())
                    .isEqualTo(BackfillStatus.FAILED);
        }
    }

    private static void schedule(ManualRemora remora, String name, UnaryOperator<Schedule.Builder> more) {
        remora.workflows().save(PROJECT, name, single());
        remora.schedules()
                .save(more.apply(Schedule.builder(PROJECT, name, DAILY)).build());
    }

    @Test
    void keepsNoOtherInTheQueueOfItsSchedule() {
        try (ManualRemora remora = onDamagedData()) {
            schedule(remora, FLOW, builder -> builder.overlap(OverlapPolicy.QUEUE));
            remora.advance(DAY.multipliedBy(3));
            List<Long> ids =
                    SchedulePart.runs(remora).stream().map(Execution::execId).toList();
            assertThat(ids).hasSize(3);
            damaged.add(ids.get(1));

            succeed(remora, ids.get(0));
            succeed(remora, ids.get(2));

            assertThat(status(remora, ids.get(1))).isEqualTo(Status.INIT);
            assertThat(status(remora, ids.get(2))).isEqualTo(Status.SUCCESS);
        }
    }

    @Test
    void isNotReleasedFromAWaitThatNobodyKnows() {
        try (ManualRemora remora = onDamagedData()) {
            schedule(remora, SOURCE, builder -> builder);
            schedule(remora, FLOW, builder -> builder.waitFor(SOURCE).waitTimeout(Duration.ofHours(20)));
            schedule(remora, "sound", builder -> builder.waitFor(SOURCE));
            remora.advance(Duration.ofHours(3));
            List<Execution> runs = SchedulePart.runs(remora);
            long source = id(runs, SOURCE);
            long bad = id(runs, FLOW);
            damaged.add(bad);

            succeed(remora, source);

            assertThat(status(remora, id(runs, "sound"))).isEqualTo(Status.RUNNING);
            assertThat(status(remora, bad)).isEqualTo(Status.WAITING_DEP);
            remora.advance(Duration.ofHours(20));
            assertThat(show(remora, bad)).isEqualTo("DEP_FAILED/WAIT_TIMEOUT: a DEP_FAILED");
        }
    }

    private static long id(List<Execution> runs, String workflow) {
        return runs.stream()
                .filter(run -> run.workflow().equals(workflow))
                .findFirst()
                .orElseThrow()
                .execId();
    }

    @Test
    void goesWithTheHistory() {
        try (ManualRemora remora = onDamagedData()) {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ids.add(run(remora, single()));
                succeed(remora, ids.get(i));
            }
            damaged.add(ids.get(1));
            remora.advance(DAY.plusSeconds(1));

            assertThat(remora.retention().purge(RetentionRule.olderThan(DAY)).executions())
                    .isEqualTo(3);

            assertThat(total(remora)).isZero();
        }
    }
}

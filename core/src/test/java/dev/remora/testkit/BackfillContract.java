package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionType;
import dev.remora.model.Limit;
import dev.remora.model.PlannedRun;
import dev.remora.model.RunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Backfills. */
public abstract class BackfillContract extends BackfillPart {
    /** Creates this part. */
    protected BackfillContract() {}

    @Test
    void knowsItsTimesAndItsExecutionsAtOnce() {
        ManualRemora remora = ready();

        Backfill backfill = start(remora, 3, builder -> builder);

        assertThat(backfill.runs()).extracting(PlannedRun::time).containsExactly(day(0), day(1), day(2));
        assertThat(backfill.status()).isEqualTo(BackfillStatus.RUNNING);
        assertThat(statuses(remora, backfill)).containsExactly(Status.RUNNING, Status.INIT, Status.INIT);
        assertThat(SchedulePart.runs(remora)).allSatisfy(run -> {
            assertThat(run.type()).isEqualTo(ExecutionType.COMPLEMENT_DATA);
            assertThat(run.backfillId()).hasValue(backfill.id());
        });
        assertThat(remora.backfills().find(backfill.id())).contains(backfill);
        assertThat(remora.backfills().list(PROJECT, 0, 10)).containsExactly(backfill);
        assertThat(remora.backfills().progress(backfill.id()))
                .isEqualTo(new BackfillProgress(BackfillStatus.RUNNING, 3, 2, 1, 0, 0, 0));
    }

    @Test
    void runsOneAfterTheOther() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 3, builder -> builder);

        succeed(remora, backfill.runs().get(0));
        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.RUNNING, Status.INIT);
        succeed(remora, backfill.runs().get(1));
        succeed(remora, backfill.runs().get(2));

        assertThat(statuses(remora, backfill)).containsOnly(Status.SUCCESS);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.SUCCESS);
        assertThat(remora.backfills().progress(backfill.id()))
                .isEqualTo(new BackfillProgress(BackfillStatus.SUCCESS, 3, 0, 0, 3, 0, 0));
    }

    @Test
    void runsAsManyAtOnceAsAskedForAndNeverMore() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 20, builder -> builder.parallel(4));
        int ended = 0;
        while (ended < 20) {
            remora.settle();
            assertThat(jobs.running()).hasSize(Math.min(4, 20 - ended));
            List<PlannedRun> running = backfill.runs().stream()
                    .filter(run -> status(remora, run.execId()) == Status.RUNNING)
                    .toList();
            assertThat(running).hasSize(Math.min(4, 20 - ended));
            succeed(remora, running.get(ended % running.size()));
            ended++;
        }
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.SUCCESS);
    }

    @Test
    void runsTheNewestFirst() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 3, builder -> builder.order(BackfillOrder.DESCENDING));

        assertThat(backfill.runs()).extracting(PlannedRun::time).containsExactly(day(2), day(1), day(0));
        assertThat(statuses(remora, backfill)).containsExactly(Status.RUNNING, Status.INIT, Status.INIT);
        succeed(remora, backfill.runs().get(0));
        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.RUNNING, Status.INIT);
    }

    @Test
    void goesOnAfterAFailedTime() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 2, builder -> builder);

        fail(remora, backfill.runs().get(0));
        succeed(remora, backfill.runs().get(1));

        assertThat(statuses(remora, backfill)).containsExactly(Status.FAILED, Status.SUCCESS);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.FAILED);
        assertThat(remora.backfills().progress(backfill.id()))
                .isEqualTo(new BackfillProgress(BackfillStatus.FAILED, 2, 0, 0, 1, 1, 0));
    }

    @Test
    void stopsAfterAFailedTime() {
        ManualRemora remora = ready();
        Backfill backfill =
                start(remora, 5, builder -> builder.stopOnFailure(true).parallel(2));

        fail(remora, backfill.runs().get(0));

        assertThat(statuses(remora, backfill))
                .containsExactly(Status.FAILED, Status.RUNNING, Status.KILL, Status.KILL, Status.KILL);
        assertThat(show(remora, backfill.runs().get(4).execId())).isEqualTo("KILL/BACKFILL_STOPPED: a KILL");
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.STOPPING);
        succeed(remora, backfill.runs().get(1));
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.STOPPED);
    }

    @Test
    void aFailedAttemptOfARunIsNoFailedTime() {
        ManualRemora remora = ready();
        Backfill backfill =
                start(remora, 2, builder -> builder.stopOnFailure(true).attempts(2));

        fail(remora, backfill.runs().get(0));
        assertThat(statuses(remora, backfill)).containsExactly(Status.RUNNING, Status.INIT);
        succeed(remora, backfill.runs().get(0));

        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.RUNNING);
    }

    @Test
    void isPausedAndResumed() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 3, builder -> builder);
        remora.backfills().pause(backfill.id());
        remora.backfills().pause(backfill.id());

        succeed(remora, backfill.runs().get(0));
        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.INIT, Status.INIT);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.PAUSED);

        remora.backfills().resume(backfill.id());
        remora.backfills().resume(backfill.id());
        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.RUNNING, Status.INIT);
    }

    @Test
    void isCancelledWithWhatRunsAndWhatWaits() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 4, builder -> builder.parallel(2));
        succeed(remora, backfill.runs().get(0));
        remora.executor().pause(backfill.runs().get(3).execId());

        remora.backfills().cancel(backfill.id());
        remora.backfills().cancel(backfill.id());

        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.KILL, Status.KILL, Status.KILL);
        assertThat(SchedulePart.runs(remora).subList(1, 4))
                .extracting(Execution::cause)
                .containsOnly(Optional.of(Cause.BACKFILL_CANCELLED));
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.CANCELLED);
        remora.backfills().resume(backfill.id());
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.CANCELLED);
    }

    @Test
    void singleTimesAreKilledAndPaused() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 4, builder -> builder);
        remora.executor().kill(backfill.runs().get(1).execId());
        remora.executor().pause(backfill.runs().get(2).execId());

        succeed(remora, backfill.runs().get(0));
        succeed(remora, backfill.runs().get(3));
        assertThat(statuses(remora, backfill))
                .containsExactly(Status.SUCCESS, Status.KILL, Status.PAUSED, Status.SUCCESS);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.RUNNING);

        remora.executor().resume(backfill.runs().get(2).execId());
        succeed(remora, backfill.runs().get(2));
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.FAILED);
    }

    @Test
    void seesWhatTheScheduledRunSaw() {
        ManualRemora remora = saved(
                manual(),
                flow(builder -> builder.node("a", "OK", node -> node.parameter("at", "$[yyyyMMddHHmmss] ${p}"))));
        remora.schedules()
                .save(Schedule.builder(PROJECT, FLOW, EVERY_DAY)
                        .zone(ZoneId.of("Asia/Tokyo"))
                        .param("p", "x")
                        .build());
        remora.advance(Duration.ofDays(1));
        Execution scheduled = SchedulePart.runs(remora).get(0);

        Backfill backfill = remora.backfills()
                .start(BackfillRequest.builder(PROJECT, FLOW, scheduled.scheduleTime(), scheduled.scheduleTime())
                        .param("p", "x")
                        .build());

        PlannedRun run = backfill.runs().get(0);
        assertThat(run.time()).isEqualTo(scheduled.scheduleTime());
        assertThat(node(remora, run.execId(), "a").resolvedParameter())
                .isEqualTo(node(remora, scheduled.execId(), "a").resolvedParameter())
                .isPresent();
    }

    @Test
    void tenYearsOfDaysAreStoredAtOnce() {
        ManualRemora remora = saved(manual(), ok());
        BackfillRequest request = BackfillRequest.builder(
                        PROJECT, FLOW, Instant.parse("2015-01-01T00:00:00Z"), Instant.parse("2024-12-31T23:00:00Z"))
                .cron(EVERY_DAY)
                .parallel(8)
                .build();
        assertThat(remora.backfills().plan(request)).hasSize(3_653);

        Backfill backfill = remora.backfills().start(request);

        assertThat(backfill.runs()).hasSize(3_653);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.SUCCESS);
        assertThat(remora.backfills().progress(backfill.id()).succeeded()).isEqualTo(3_653);
    }

    @Test
    void doesNotStarveOtherRuns() {
        ManualRemora remora = saved(manual(builder -> builder.maxRunningNodes(2)), single());
        Backfill backfill = start(remora, 50, builder -> builder.parallel(50));
        remora.settle();
        remora.workflows().save(PROJECT, "other", single());
        long other = remora.executor().run(RunRequest.of(PROJECT, "other"));

        // why: each that waits for a slot has its turn; one that is more urgent has it next
        long urgent = remora.executor()
                .run(RunRequest.builder(PROJECT, "other").priority(6).build());
        remora.settle();
        jobs.started().get(0).succeed();
        assertThat(status(remora, urgent)).isEqualTo(Status.RUNNING);
        int ended = 0;
        while (status(remora, other) != Status.RUNNING) {
            jobs.started().stream()
                    .filter(job -> !job.isOver())
                    .findFirst()
                    .orElseThrow()
                    .succeed();
            assertThat(++ended).isLessThan(60);
        }
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.RUNNING);
    }

    @Test
    void anotherEngineGoesOn() {
        ManualClock clock = new ManualClock(ManualRemora.START);
        ManualRemora first = saved(manual(clock, jobs, builder -> builder), single());
        Backfill backfill = start(first, 4, builder -> builder.parallel(2));
        succeed(first, backfill.runs().get(0));
        first.close();

        ManualRemora second = manual(clock, jobs.another(), builder -> builder.name("second"));
        for (int i = 1; i < 4; i++) {
            succeed(second, backfill.runs().get(i));
        }

        assertThat(statuses(second, backfill)).containsOnly(Status.SUCCESS);
        assertThat(status(second, backfill)).isEqualTo(BackfillStatus.SUCCESS);
    }

    @Test
    void severalEnginesShareItAndKeepToItsNumber() {
        ManualClock clock = new ManualClock(ManualRemora.START);
        ManualRemora first = saved(manual(clock, jobs, builder -> builder), single());
        ManualRemora second = manual(clock, jobs.another(), builder -> builder.name("second"));
        Backfill backfill = start(first, 12, builder -> builder.parallel(3));
        second.backfills().pause(backfill.id());
        second.backfills().resume(backfill.id());
        for (int ended = 0; ended < 12; ended++) {
            clock.settle();
            assertThat(jobs.running()).hasSize(Math.min(3, 12 - ended));
            jobs.started().stream()
                    .filter(job -> !job.isOver())
                    .findFirst()
                    .orElseThrow()
                    .succeed();
        }

        assertThat(status(first, backfill)).isEqualTo(BackfillStatus.SUCCESS);
        assertThat(IntStream.range(0, 12)
                        .mapToObj(i -> status(second, backfill.runs().get(i).execId())))
                .containsOnly(Status.SUCCESS);
    }

    @Test
    void refusesWhatIsWrong() {
        ManualRemora remora = saved(manual(builder -> builder.limit(Limit.BACKFILL_TIMES, 10)), single());

        assertThat(problems(() -> start(
                        remora,
                        1,
                        builder -> builder.parallel(0)
                                .attempts(101)
                                .idempotencyKey("k")
                                .scheduleTime(FIRST)
                                .waits(true))))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("parallel", "attempts", "idempotencyKey", "scheduleTime", "waits");
        assertThat(problems(() -> start(remora, 1, builder -> builder.cron("x"))))
                .singleElement()
                .asString()
                .startsWith("cron: is x");
        assertThat(problems(() -> start(remora, 1, builder -> builder.cron("0 0 3 * * ?"))))
                .singleElement()
                .asString()
                .startsWith("cron: does not fire between");
        assertThat(problems(() -> start(remora, 0, builder -> builder)))
                .singleElement()
                .asString()
                .startsWith("to: is ");
        assertThat(problems(() -> remora.backfills()
                        .start(BackfillRequest.builder(PROJECT, FLOW, day(0), day(1))
                                .build())))
                .containsExactly("cron: is missing, and the workflow has no schedule");
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> start(remora, 11, builder -> builder))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(Limit.BACKFILL_TIMES));
        assertThat(total(remora)).isZero();
        assertThat(remora.backfills().list(PROJECT, 0, 10)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> remora.backfills().cancel(99));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> remora.backfills().progress(99));
        assertThat(remora.backfills().find(99)).isEmpty();
    }

    @Test
    void aTimeForWhichTheParametersDoNotFitFailsAndTheOthersGoOn() {
        Workflow circleOnTheSecond = flow(builder ->
                builder.param("x", "${on$[dd]}").param("on02", "${x}").node("a", "OK"));
        ManualRemora remora = saved(manual(), circleOnTheSecond);

        Backfill backfill = start(remora, 3, builder -> builder.stopOnFailure(false));

        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.FAILED, Status.SUCCESS);
        assertThat(remora.execution(backfill.runs().get(1).execId()).cause()).contains(Cause.BAD_PARAMETER);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.FAILED);
    }

    @Test
    void aTimeForWhichTheParametersDoNotFitStopsTheBackfillThatStopsOnFailure() {
        Workflow circleOnTheSecond = flow(builder ->
                builder.param("x", "${on$[dd]}").param("on02", "${x}").node("a", "OK"));
        ManualRemora remora = saved(manual(), circleOnTheSecond);

        Backfill backfill = start(remora, 3, builder -> builder.stopOnFailure(true));

        assertThat(statuses(remora, backfill)).containsExactly(Status.SUCCESS, Status.FAILED, Status.KILL);
        assertThat(status(remora, backfill)).isEqualTo(BackfillStatus.STOPPED);
    }
}

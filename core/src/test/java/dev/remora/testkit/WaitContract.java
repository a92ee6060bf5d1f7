package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillRequest;
import dev.remora.model.Execution;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Runs wait for other workflows. */
public abstract class WaitContract extends EnginePart {
    private static final String DAILY = "0 0 2 * * ?";
    private static final String SOURCE = "source";

    /** Creates this part. */
    protected WaitContract() {}

    private static void save(ManualRemora remora, String name, String cron, UnaryOperator<Schedule.Builder> more) {
        remora.workflows().save(PROJECT, name, single());
        remora.schedules()
                .save(more.apply(Schedule.builder(PROJECT, name, cron).overlap(OverlapPolicy.PARALLEL))
                        .build());
    }

    private ManualRemora waiting(String sourceCron, UnaryOperator<Schedule.Builder> more) {
        ManualRemora remora = manual();
        save(remora, SOURCE, sourceCron, builder -> builder);
        save(remora, FLOW, DAILY, builder -> more.apply(builder.waitFor(SOURCE)));
        return remora;
    }

    private static List<Execution> of(ManualRemora remora, String workflow) {
        return SchedulePart.runs(remora).stream()
                .filter(run -> run.workflow().equals(workflow))
                .toList();
    }

    private static Execution first(ManualRemora remora, String workflow) {
        return of(remora, workflow).get(0);
    }

    private static Status waiter(ManualRemora remora) {
        return first(remora, FLOW).status();
    }

    private void succeed(ManualRemora remora, Execution run) {
        jobs.job(run.execId(), "a").succeed();
        remora.settle();
    }

    @Test
    void startsWhenTheOtherHasSucceeded() {
        ManualRemora remora = waiting(DAILY, builder -> builder);
        remora.advance(Duration.ofDays(1));
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);
        assertThat(show(remora, first(remora, FLOW).execId())).isEqualTo("WAITING_DEP: a INIT");

        succeed(remora, first(remora, SOURCE));

        assertThat(waiter(remora)).isEqualTo(Status.RUNNING);
    }

    @Test
    void failsWhenTheOtherFailsAndARerunWaitsAgain() {
        ManualRemora remora = waiting(DAILY, builder -> builder);
        remora.advance(Duration.ofDays(1));
        long source = first(remora, SOURCE).execId();
        jobs.job(source, "a").fail("meant to");
        long execId = first(remora, FLOW).execId();
        assertThat(show(remora, execId)).isEqualTo("DEP_FAILED/WAIT_FAILED: a DEP_FAILED");

        remora.executor().rerun(RerunRequest.failedPart(source));
        remora.executor().rerun(RerunRequest.failedPart(execId));
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);
        succeed(remora, first(remora, SOURCE));

        assertThat(waiter(remora)).isEqualTo(Status.RUNNING);
        succeed(remora, first(remora, FLOW));
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(detail(remora, execId).execution().round()).isEqualTo(2);
    }

    /** The thread of the waits may be faster than the one that opens the round. */
    @Test
    @SuppressWarnings("unchecked")
    void aRerunThatNeedNotWaitAnyMoreIsNotGivenUpWhenItHasBegun() {
        Thread caller = Thread.currentThread();
        Lease other = storage.engines().register("other", Duration.ofHours(1));
        List<Long> givenUp = new ArrayList<>();
        Storage handle = fixture.open();
        Storage slow = new InterceptedStorage(handle, handle.commitsInline(), (method, arguments, call) -> {
            Object result = call.make();
            if (Thread.currentThread() == caller && method.getName().equals("commit")) {
                for (ExecutionChange change : (List<ExecutionChange>) arguments.get(1)) {
                    if (change.state().held()) {
                        until(
                                "it has begun",
                                () -> !storage.executions()
                                        .find(change.execId())
                                        .orElseThrow()
                                        .state()
                                        .held());
                    }
                }
            } else if (Thread.currentThread() == caller && method.getName().equals("release")) {
                givenUp.addAll(storage.executions().claim(other, 10, Set.of()));
            }
            return result;
        });
        // why: an engine looks for waits with some of its beats only
        UnaryOperator<Remora.Builder> beating = builder -> builder.jobType(jobs).lease(Duration.ofSeconds(1));
        try (ManualRemora remora = ManualRemora.start(slow, beating)) {
            save(remora, SOURCE, DAILY, builder -> builder);
            save(remora, FLOW, DAILY, builder -> builder.waitFor(SOURCE));
            remora.advance(Duration.ofDays(1));
            jobs.job(first(remora, SOURCE).execId(), "a").fail("meant to");
            long execId = first(remora, FLOW).execId();
            assertThat(waiter(remora)).isEqualTo(Status.DEP_FAILED);
            remora.executor()
                    .rerun(RerunRequest.failedPart(first(remora, SOURCE).execId()));
            succeed(remora, first(remora, SOURCE));

            remora.executor().rerun(RerunRequest.failedPart(execId));

            assertThat(givenUp).isEmpty();
            succeed(remora, first(remora, FLOW));
            assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
        }
    }

    @Test
    void waitsForTheLastAttemptOfTheOther() {
        ManualRemora remora = manual();
        save(remora, SOURCE, DAILY, builder -> builder.attempts(2));
        save(remora, FLOW, DAILY, builder -> builder.waitFor(SOURCE));
        remora.advance(Duration.ofDays(1));
        jobs.job(first(remora, SOURCE).execId(), "a").fail("meant to");
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);

        succeed(remora, first(remora, SOURCE));

        assertThat(waiter(remora)).isEqualTo(Status.RUNNING);
    }

    @Test
    void givesUpWhenItsTimeIsOver() {
        ManualRemora remora = waiting(DAILY, builder -> builder.waitTimeout(Duration.ofHours(1)));
        remora.advance(Duration.ofMinutes(179));
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);

        remora.advance(Duration.ofMinutes(1));

        assertThat(show(remora, first(remora, FLOW).execId())).isEqualTo("DEP_FAILED/WAIT_TIMEOUT: a DEP_FAILED");
    }

    @Test
    void theTimeoutOfTheRunIsThatOfTheWaitToo() {
        ManualRemora remora = waiting(DAILY, builder -> builder.timeout(Duration.ofHours(1)));

        remora.advance(Duration.ofHours(3));

        assertThat(waiter(remora)).isEqualTo(Status.DEP_FAILED);
    }

    @Test
    void itsTimeStandsStillWhileItIsPaused() {
        ManualRemora remora = waiting(DAILY, builder -> builder.waitTimeout(Duration.ofHours(1)));
        remora.advance(Duration.ofMinutes(150));
        long execId = first(remora, FLOW).execId();
        remora.executor().pause(execId);
        remora.advance(Duration.ofDays(3).minusHours(4));
        assertThat(status(remora, execId)).isEqualTo(Status.PAUSED);
        succeed(remora, first(remora, SOURCE));
        assertThat(status(remora, execId)).isEqualTo(Status.PAUSED);
        remora.executor().resume(execId);

        assertThat(status(remora, execId)).isEqualTo(Status.RUNNING);
    }

    @Test
    void goesOnWaitingAfterAPause() {
        ManualRemora remora = waiting(DAILY, builder -> builder.waitTimeout(Duration.ofHours(1)));
        remora.advance(Duration.ofMinutes(150));
        long execId = first(remora, FLOW).execId();
        remora.executor().pause(execId);
        remora.advance(Duration.ofHours(5));
        remora.executor().resume(execId);
        remora.advance(Duration.ofMinutes(29));
        assertThat(status(remora, execId)).isEqualTo(Status.WAITING_DEP);

        remora.advance(Duration.ofMinutes(1));

        assertThat(status(remora, execId)).isEqualTo(Status.DEP_FAILED);
    }

    @Test
    void isKilledWhileItWaits() {
        ManualRemora remora = waiting(DAILY, builder -> builder);
        remora.advance(Duration.ofDays(1));
        long execId = first(remora, FLOW).execId();

        remora.executor().kill(execId);
        succeed(remora, first(remora, SOURCE));

        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL");
    }

    @Test
    void aDailyRunWaitsForAllOfTheHourlyOnes() {
        ManualRemora remora = waiting("0 0 * * * ?", builder -> builder);
        remora.advance(Duration.ofHours(26));
        List<Execution> hourly = of(remora, SOURCE);
        Execution second = of(remora, FLOW).get(1);
        assertThat(second.scheduleTime()).isEqualTo(Instant.parse("2026-01-06T02:00:00Z"));

        // why: those up to two o'clock of the first day belong to the first daily run
        hourly.subList(2, 25).forEach(run -> succeed(remora, run));
        assertThat(status(remora, second.execId())).isEqualTo(Status.WAITING_DEP);
        succeed(remora, hourly.get(25));
        assertThat(status(remora, second.execId())).isEqualTo(Status.RUNNING);
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);
    }

    @Test
    void anHourlyRunWaitsForTheLatestOfTheDailyOnes() {
        ManualRemora remora = manual();
        save(remora, SOURCE, DAILY, builder -> builder);
        save(remora, FLOW, "0 30 * * * ?", builder -> builder.waitFor(SOURCE));
        remora.advance(Duration.ofHours(4));
        List<Execution> hourly = of(remora, FLOW);
        assertThat(hourly).extracting(Execution::status).containsOnly(Status.WAITING_DEP);

        succeed(remora, first(remora, SOURCE));

        // why: those before two o'clock wait for the day before, of which there is no run
        assertThat(of(remora, FLOW))
                .extracting(Execution::status)
                .containsExactly(Status.WAITING_DEP, Status.WAITING_DEP, Status.RUNNING, Status.RUNNING);
    }

    @Test
    void waitsForWhatIsStillToFire() {
        ManualRemora remora = manual();
        save(remora, SOURCE, "0 0 1,2 * * ?", builder -> builder);
        save(remora, FLOW, "0 0 1 * * ?", builder -> builder.waitFor(SOURCE));
        remora.advance(Duration.ofHours(26));
        List<Execution> sources = of(remora, SOURCE);
        succeed(remora, sources.get(1));
        long secondDay = of(remora, FLOW).get(1).execId();
        assertThat(status(remora, secondDay)).isEqualTo(Status.WAITING_DEP);

        succeed(remora, sources.get(2));

        assertThat(status(remora, secondDay)).isEqualTo(Status.RUNNING);
    }

    @Test
    void onlyWholeScheduledOrBackfilledRunsCount() {
        ManualRemora remora = manual();
        remora.workflows()
                .save(PROJECT, SOURCE, flow(builder -> builder.node("a", "OK").node("b", "OK")));
        remora.schedules()
                .save(Schedule.builder(PROJECT, SOURCE, DAILY).nodes("a").build());
        save(remora, FLOW, DAILY, builder -> builder.waitFor(SOURCE));
        remora.advance(Duration.ofHours(3));
        Instant time = first(remora, FLOW).scheduleTime();
        remora.executor()
                .run(RunRequest.builder(PROJECT, SOURCE).scheduleTime(time).build());
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);

        remora.backfills()
                .start(BackfillRequest.builder(PROJECT, SOURCE, time, time).build());

        assertThat(waiter(remora)).isEqualTo(Status.RUNNING);
    }

    @Test
    void aPassedOverTimeIsNotWaitedFor() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, SOURCE, single());
        remora.schedules()
                .save(Schedule.builder(PROJECT, SOURCE, "0 0 1,2 * * ?")
                        .overlap(OverlapPolicy.SKIP)
                        .build());
        save(remora, FLOW, DAILY, builder -> builder.waitFor(SOURCE));
        remora.advance(Duration.ofHours(3));
        assertThat(of(remora, SOURCE)).hasSize(1);
        assertThat(waiter(remora)).isEqualTo(Status.WAITING_DEP);

        succeed(remora, first(remora, SOURCE));

        assertThat(waiter(remora)).isEqualTo(Status.RUNNING);
    }

    @Test
    void waitsForTheOwnRunBefore() {
        ManualRemora remora = manual();
        save(remora, FLOW, DAILY, builder -> builder.waitForPrevious(true));
        remora.advance(Duration.ofDays(3));
        assertThat(of(remora, FLOW))
                .extracting(Execution::status)
                .containsExactly(Status.RUNNING, Status.WAITING_DEP, Status.WAITING_DEP);

        succeed(remora, of(remora, FLOW).get(0));
        assertThat(of(remora, FLOW))
                .extracting(Execution::status)
                .containsExactly(Status.SUCCESS, Status.RUNNING, Status.WAITING_DEP);
        jobs.job(of(remora, FLOW).get(1).execId(), "a").fail("meant to");
        assertThat(of(remora, FLOW))
                .extracting(Execution::status)
                .containsExactly(Status.SUCCESS, Status.FAILED, Status.DEP_FAILED);
    }

    @Test
    void cyclesAreRefused() {
        ManualRemora remora = manual();
        save(remora, "flowA", DAILY, builder -> builder);
        save(remora, "flowB", DAILY, builder -> builder.waitFor("flowA"));
        save(remora, "flowC", DAILY, builder -> builder.waitFor("flowB"));

        assertThat(problems(() -> save(remora, "flowA", DAILY, builder -> builder.waitFor("flowC"))))
                .containsExactly("waitFor: makes a cycle: flowA -> flowC -> flowB -> flowA");
        assertThat(problems(() -> remora.schedules().delete(PROJECT, "flowA")))
                .containsExactly("workflow: is waited for by the schedule of flowB; change that first");
        assertThat(remora.schedules()
                        .find(PROJECT, "flowA")
                        .orElseThrow()
                        .schedule()
                        .waitFor())
                .isEmpty();
    }

    @Test
    void aBackfillWaitsIfItIsAskedTo() {
        ManualRemora remora = manual();
        save(remora, FLOW, DAILY, builder -> builder.waitForPrevious(true));
        Instant from = Instant.parse("2025-05-01T02:00:00Z");
        BackfillRequest.Builder request = BackfillRequest.builder(PROJECT, FLOW, from, from.plus(Duration.ofDays(2)))
                .parallel(3)
                .waits(true);
        assertThat(problems(() -> remora.backfills()
                        .start(request.order(BackfillOrder.DESCENDING).build())))
                .singleElement()
                .asString()
                .startsWith("order: ");

        remora.backfills().start(request.order(BackfillOrder.ASCENDING).build());
        assertThat(of(remora, FLOW))
                .extracting(Execution::status)
                .containsExactly(Status.RUNNING, Status.WAITING_DEP, Status.WAITING_DEP);
        succeed(remora, of(remora, FLOW).get(0));
        assertThat(of(remora, FLOW))
                .extracting(Execution::status)
                .containsExactly(Status.SUCCESS, Status.RUNNING, Status.WAITING_DEP);
    }

    @Test
    void anotherEngineLetsItGoOn() {
        ManualClock clock = new ManualClock(ManualRemora.START);
        ManualRemora first = manual(clock, jobs, builder -> builder);
        save(first, SOURCE, DAILY, builder -> builder);
        save(first, FLOW, DAILY, builder -> builder.waitFor(SOURCE));
        first.advance(Duration.ofHours(3));
        first.close();

        ManualRemora second = manual(clock, jobs.another(), builder -> builder.name("second"));
        assertThat(waiter(second)).isEqualTo(Status.WAITING_DEP);
        succeed(second, first(second, SOURCE));

        assertThat(waiter(second)).isEqualTo(Status.RUNNING);
    }
}

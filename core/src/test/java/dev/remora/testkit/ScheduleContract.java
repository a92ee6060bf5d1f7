package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.NotFoundException;
import dev.remora.event.ExecutionListener;
import dev.remora.event.ScheduleEvent;
import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionType;
import dev.remora.model.MisfirePolicy;
import dev.remora.model.NodeDependency;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Schedules fire. */
public abstract class ScheduleContract extends SchedulePart {
    /** Creates this part. */
    protected ScheduleContract() {}

    @Test
    void firesAtItsTimes() {
        ManualRemora remora = manual();
        remora.as("ann").workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder.priority(7));
        assertThat(saved(remora).nextFireTime()).contains(hour(1));

        remora.advance(Duration.ofMinutes(59));
        assertThat(runs(remora)).isEmpty();
        remora.advance(Duration.ofMinutes(121));

        assertThat(runs(remora)).hasSize(3).allSatisfy(run -> {
            assertThat(run.type()).isEqualTo(ExecutionType.SCHEDULER);
            assertThat(run.status()).isEqualTo(Status.SUCCESS);
            assertThat(run.submitUser()).isEqualTo("ann");
            assertThat(run.startTime()).contains(run.scheduleTime());
            assertThat(run.options().priority()).isEqualTo(7);
        });
        assertThat(times(remora)).containsExactly(hour(1), hour(2), hour(3));
        assertThat(saved(remora).nextFireTime()).contains(hour(4));
        assertThat(saved(remora).lastFireTime()).contains(hour(3));
    }

    @Test
    void aYearPassesInSecondsAndMissesNoDay() {
        ManualRemora remora = manual(builder -> builder.zone(ZoneId.of("Europe/Berlin")));
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, "0 30 2 * * ?", builder -> builder);

        remora.advance(Duration.ofDays(365));

        assertThat(runs(remora)).hasSize(365);
        assertThat(times(remora))
                .doesNotHaveDuplicates()
                .contains(Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void theTimeAndTheZoneReachTheNodes() {
        ManualRemora remora = manual();
        remora.workflows()
                .save(
                        PROJECT,
                        FLOW,
                        flow(builder -> builder.node(
                                "a",
                                "JOB",
                                node -> node.parameter("at", "$[yyyyMMddHHmmss] ${sf.system.bizdate} ${p}"))));
        schedule(
                remora,
                "0 30 1 * * ?",
                builder -> builder.zone(ZoneId.of("Asia/Tokyo")).param("p", "x"));
        remora.advance(Duration.ofDays(1));

        Execution run = runs(remora).get(0);
        assertThat(run.scheduleTime()).isEqualTo(Instant.parse("2026-01-05T16:30:00Z"));
        assertThat(node(remora, run.execId(), "a")
                        .resolvedParameter()
                        .orElseThrow()
                        .get("at")
                        .asText())
                .isEqualTo("20260106013000 20260105 x");
        long byHand = remora.executor()
                .run(RunRequest.builder(PROJECT, FLOW)
                        .scheduleTime(run.scheduleTime())
                        .param("p", "x")
                        .build());
        assertThat(node(remora, byHand, "a").resolvedParameter())
                .isEqualTo(node(remora, run.execId(), "a").resolvedParameter());
    }

    @Test
    void startAndEndAreInclusive() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder.start(hour(2)).end(hour(4)));

        remora.advance(Duration.ofHours(10));

        assertThat(times(remora)).containsExactly(hour(2), hour(3), hour(4));
        assertThat(saved(remora).nextFireTime()).isEmpty();
    }

    @Test
    void offlineTimesAreNeverCaughtUpOn() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder.misfire(MisfirePolicy.ALL));
        remora.advance(Duration.ofHours(1));
        remora.schedules().offline(PROJECT, FLOW);
        assertThat(saved(remora).schedule().online()).isFalse();
        assertThat(saved(remora).nextFireTime()).isEmpty();

        remora.advance(Duration.ofHours(5));
        remora.schedules().online(PROJECT, FLOW);
        remora.advance(Duration.ofHours(1));

        assertThat(times(remora)).containsExactly(hour(1), hour(7));
    }

    @Test
    void aScheduleIsReplacedAndDeleted() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder);
        schedule(remora, "0 30 * * * ?", builder -> builder);
        remora.advance(Duration.ofHours(2));
        assertThat(times(remora)).containsExactly(hour(0).plusSeconds(1_800), hour(1).plusSeconds(1_800));
        assertThat(remora.schedules().list(PROJECT, 0, 10)).containsExactly(saved(remora));

        remora.schedules().delete(PROJECT, FLOW);
        remora.advance(Duration.ofHours(2));

        assertThat(runs(remora)).hasSize(2);
        assertThat(remora.schedules().find(PROJECT, FLOW)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> remora.schedules().delete(PROJECT, FLOW));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> remora.schedules().online(PROJECT, FLOW));
    }

    @Test
    void theLatestVersionRunsAndADeletedWorkflowDoesNot() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder);
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("b", "OK")));
        remora.advance(Duration.ofHours(1));
        assertThat(runs(remora)).extracting(Execution::version).containsExactly(2);

        remora.workflows().delete(PROJECT, FLOW);
        remora.advance(Duration.ofHours(2));

        assertThat(runs(remora)).hasSize(1);
        assertThat(remora.schedules().find(PROJECT, FLOW)).isEmpty();
    }

    @Test
    void whatFitsNoMoreWhenItFiresIsAFailedRun() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder.nodes("a"));
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("b", "OK")));

        remora.advance(Duration.ofHours(2));

        assertThat(runs(remora)).hasSize(2).allSatisfy(run -> {
            assertThat(run.status()).isEqualTo(Status.FAILED);
            assertThat(run.cause()).contains(Cause.BAD_PARAMETER);
            assertThat(show(remora, run.execId())).isEqualTo("FAILED/BAD_PARAMETER: b SKIPPED");
        });
    }

    @Test
    void aRunThatCouldNotBeMadeIsNotRerunEither() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(remora, EVERY_HOUR, builder -> builder);
        remora.workflows()
                .save(PROJECT, FLOW, flow(builder -> builder.param("x", "${x}").node("a", "OK")));
        remora.advance(Duration.ofHours(1));
        long execId = runs(remora).get(0).execId();

        assertThat(problems(() -> remora.executor().rerun(RerunRequest.failedPart(execId))))
                .containsExactly("userDefParams[0].value: refers to itself: x -> x");

        assertThat(show(remora, execId)).isEqualTo("FAILED/BAD_PARAMETER: a KILL");
        assertThat(remora.execution(execId).round()).isEqualTo(1);
    }

    @Test
    void runsOnlyWhatIsSelected() {
        ManualRemora remora = manual();
        remora.workflows()
                .save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK").node("b", "OK", node -> node.after("a"))));
        schedule(remora, EVERY_HOUR, builder -> builder.nodes("b").nodeDependency(NodeDependency.NODE_ONLY));

        remora.advance(Duration.ofHours(1));

        assertThat(show(remora, runs(remora).get(0).execId())).isEqualTo("SUCCESS: a SKIPPED, b SUCCESS");
    }

    private List<Instant> firedAfterAnEngineWasDown(MisfirePolicy policy, Duration down, ExecutionListener listener) {
        ManualClock clock = new ManualClock(START);
        ManualRemora first = manual(clock, jobs, builder -> builder);
        first.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        schedule(first, EVERY_HOUR, builder -> builder.misfire(policy));
        first.advance(Duration.ofHours(1));
        first.close();
        ManualClock later = new ManualClock(hour(1).plus(down));
        ManualRemora second =
                manual(later, jobs, builder -> builder.name("second").listener(listener));
        second.advance(Duration.ofMinutes(1));
        return times(second);
    }

    @Test
    void noMissedTimeFiresByDefaultButTheLatest() {
        assertThat(firedAfterAnEngineWasDown(MisfirePolicy.LATEST, Duration.ofMinutes(330), event -> {}))
                .containsExactly(hour(1), hour(6));
    }

    @Test
    void everyMissedTimeFires() {
        assertThat(firedAfterAnEngineWasDown(MisfirePolicy.ALL, Duration.ofMinutes(330), event -> {}))
                .containsExactly(hour(1), hour(2), hour(3), hour(4), hour(5), hour(6));
    }

    @Test
    void missedTimesArePassedOverAndTold() throws InterruptedException {
        Heard heard = new Heard();
        assertThat(firedAfterAnEngineWasDown(MisfirePolicy.NONE, Duration.ofMinutes(330), heard))
                .containsExactly(hour(1));
        until("the event is heard", () -> !heard.events().isEmpty());
        assertThat(heard.events())
                .containsExactly(new ScheduleEvent.PassedOver(
                        PROJECT, FLOW, hour(6).plusSeconds(1_800), hour(2), hour(6), 5, ScheduleEvent.Reason.MISSED));
        assertThat(storage.schedules().find(PROJECT, FLOW).orElseThrow().state().skipped())
                .isEqualTo(5);
    }

    @Test
    void aShortDelayIsNoMiss() {
        assertThat(firedAfterAnEngineWasDown(MisfirePolicy.NONE, Duration.ofMinutes(61), event -> {}))
                .containsExactly(hour(1), hour(2));
    }

    @Test
    void aFailedRunTriesItsFailedPartAgain() {
        ManualRemora remora = manual();
        remora.workflows()
                .save(
                        PROJECT,
                        FLOW,
                        flow(builder -> builder.node("a", "JOB").node("b", "JOB", node -> node.after("a"))));
        schedule(remora, EVERY_HOUR, builder -> builder.attempts(3));
        remora.advance(Duration.ofHours(1));
        long execId = runs(remora).get(0).execId();
        jobs.job(execId, "a").succeed();
        jobs.job(execId, "b").fail("first");
        remora.settle();

        assertThat(detail(remora, execId).execution().round()).isEqualTo(2);
        assertThat(jobs.running()).containsExactly("b");
        jobs.job(execId, "b", 2).fail("second");
        remora.settle();
        assertThat(detail(remora, execId).execution().round()).isEqualTo(3);
        jobs.job(execId, "b", 3).fail("third");

        assertThat(show(remora, execId)).isEqualTo("FAILED/EXIT_CODE: a SUCCESS, b FAILED/EXIT_CODE");
        remora.executor().rerun(RerunRequest.failedPart(execId));
        jobs.job(execId, "b", 4).fail("by hand");
        assertThat(detail(remora, execId).execution().round()).isEqualTo(4);
        assertThat(status(remora, execId)).isEqualTo(Status.FAILED);
        assertThat(runs(remora)).hasSize(1);
    }

    @Test
    void aKilledRunTriesNothingAgain() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        schedule(remora, EVERY_HOUR, builder -> builder.attempts(3));
        remora.advance(Duration.ofHours(1));
        long execId = runs(remora).get(0).execId();

        remora.executor().kill(execId);

        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL");
        assertThat(detail(remora, execId).execution().round()).isEqualTo(1);
    }

    private List<String> refused(UnaryOperator<Schedule.Builder> more, String cron) {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        List<String> problems = problems(() -> schedule(remora, cron, more));
        assertThat(remora.schedules().find(PROJECT, FLOW)).isEmpty();
        remora.close();
        return problems;
    }

    @Test
    void refusesWhatIsWrong() {
        assertThat(refused(builder -> builder, "0 0 25 * * ?"))
                .singleElement()
                .asString()
                .startsWith("cron: is 0 0 25 * * ?; it must be in Quartz format");
        assertThat(refused(builder -> builder, "0 0 0 30 2 ?"))
                .singleElement()
                .asString()
                .contains("does not fire");
        assertThat(refused(builder -> builder.end(START), EVERY_HOUR))
                .singleElement()
                .asString()
                .contains("does not fire");
        assertThat(refused(builder -> builder.start(hour(2)).end(hour(1)), EVERY_HOUR))
                .singleElement()
                .asString()
                .startsWith("end: ");
        assertThat(refused(
                        builder -> builder.attempts(0)
                                .waitTimeout(Duration.ZERO)
                                .waitFor(FLOW)
                                .idempotencyKey("k")
                                .scheduleTime(START),
                        EVERY_HOUR))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("attempts", "waitTimeout", "waitFor", "idempotencyKey", "scheduleTime");
        assertThat(refused(builder -> builder.waitFor("other"), EVERY_HOUR))
                .containsExactly("waitFor: has other, which has no schedule");
        assertThat(refused(builder -> builder.priority(11), EVERY_HOUR))
                .singleElement()
                .asString()
                .startsWith("priority: ");
        assertThat(refused(builder -> builder.nodes("zzz"), EVERY_HOUR)).hasSize(1);
    }

    @Test
    void refusesAWorkflowThatIsNotThere() {
        ManualRemora remora = manual();

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> schedule(remora, EVERY_HOUR, builder -> builder));
    }

    @Test
    void tellsTheNextFireTimes() {
        ManualRemora remora = manual();
        Schedule schedule =
                Schedule.builder(PROJECT, FLOW, EVERY_HOUR).end(hour(2)).build();

        assertThat(remora.schedules().nextFireTimes(schedule, START, 10)).containsExactly(hour(1), hour(2));
        assertThat(remora.schedules().nextFireTimes(schedule, START, 1)).containsExactly(hour(1));
        assertThat(problems(() -> remora.schedules().nextFireTimes(schedule, START, 0)))
                .containsExactly("count: is 0; it must be 1 to 1000");
    }

    @Test
    void ofSeveralEnginesOneFires() {
        ManualClock clock = new ManualClock(START);
        List<ManualRemora> engines = List.of(
                manual(clock, jobs, builder -> builder.name("one")),
                manual(clock, jobs.another(), builder -> builder.name("two")),
                manual(clock, jobs.another(), builder -> builder.name("three")));
        for (int i = 0; i < 30; i++) {
            String name = "flow" + i;
            engines.get(0).workflows().save(PROJECT, name, flow(builder -> builder.node("a", "OK")));
            engines.get(i % 3)
                    .schedules()
                    .save(Schedule.builder(PROJECT, name, EVERY_HOUR).build());
        }

        clock.advance(Duration.ofHours(5));

        assertThat(runs(engines.get(0))).hasSize(150);
        assertThat(runs(engines.get(0)).stream().map(run -> run.workflow() + run.scheduleTime()))
                .doesNotHaveDuplicates();
        assertThat(statuses(engines.get(1))).containsOnly(Status.SUCCESS);
    }
}

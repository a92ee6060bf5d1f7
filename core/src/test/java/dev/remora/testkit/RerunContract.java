package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.error.ExecutionStateException;
import dev.remora.error.NotFoundException;
import dev.remora.model.Execution;
import dev.remora.model.NodeExecution;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Schedule;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** New rounds of finished executions. */
public abstract class RerunContract extends EnginePart {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Creates the part. */
    protected RerunContract() {}

    private static Workflow chain() {
        return flow(builder ->
                builder.node("a", "JOB").node("b", "JOB", n -> n.after("a")).node("c", "JOB", n -> n.after("b")));
    }

    /** Runs the chain; a succeeds with an output, b fails. */
    private long failed(ManualRemora remora) {
        long execId = run(remora, chain(), request -> request.timeout(Duration.ofHours(1)));
        remora.settle();
        jobs.job("a").succeed(Map.of("rows", "17"));
        remora.advance(MINUTE);
        jobs.job("b").fail("1");
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXIT_CODE: a SUCCESS, b FAILED/EXIT_CODE, c DEP_FAILED");
        return execId;
    }

    @Test
    void theFailedPartRunsAgainAndTheRestKeepsItsResults() {
        ManualRemora remora = manual();
        long execId = failed(remora);
        remora.advance(MINUTE);
        remora.executor().rerun(RerunRequest.failedPart(execId));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING, c WAITING_DEP");
        assertThat(remora.execution(execId).endTime()).isEmpty();
        jobs.job("b").succeed();
        remora.advance(MINUTE);
        jobs.job("c").succeed();
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS, c SUCCESS");

        Execution execution = remora.execution(execId);
        assertThat(execution.round()).isEqualTo(2);
        assertThat(execution.startTime()).contains(ManualRemora.START);
        assertThat(execution.endTime()).contains(ManualRemora.START.plus(MINUTE.multipliedBy(3)));
        assertThat(execution.scheduleTime()).isEqualTo(ManualRemora.START);
        NodeExecution a = node(remora, execId, "a");
        assertThat(a.attempt()).isEqualTo(1);
        assertThat(a.round()).isEqualTo(1);
        assertThat(a.outputs()).isEqualTo(Map.of("rows", "17"));
        NodeExecution b = node(remora, execId, "b");
        assertThat(b.attempt()).isEqualTo(2);
        assertThat(b.round()).isEqualTo(2);
        assertThat(b.jobId()).isEqualTo(execId + "-b");
        assertThat(node(remora, execId, "c").attempt()).isEqualTo(1);
    }

    @Test
    void aKilledRunCanBeRerun() {
        ManualRemora remora = manual();
        long execId = run(remora, chain());
        remora.settle();
        remora.executor().kill(execId);
        remora.settle();
        remora.executor().rerun(RerunRequest.failedPart(execId));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP, c WAITING_DEP");
    }

    @Test
    void allOfItRunsAgain() {
        ManualRemora remora = manual();
        long execId = failed(remora);
        remora.executor().rerun(RerunRequest.all(execId));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP, c WAITING_DEP");
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(2);
    }

    @Test
    void fromANodeOnItsSuccessorsRunAgainToo() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("a", "OK")
                .node("b", "OK", n -> n.after("a"))
                .node("c", "OK", n -> n.after("b"))
                .node("other", "FAIL", n -> n.after("c")));
        long execId = run(remora, workflow);
        remora.settle();
        remora.executor().rerun(RerunRequest.fromNode(execId, "b"));
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/EXCEPTION: a SUCCESS, b SUCCESS, c SUCCESS, other FAILED/EXCEPTION");
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(1);
        assertThat(node(remora, execId, "b").attempt()).isEqualTo(2);
        assertThat(node(remora, execId, "other").attempt()).isEqualTo(2);
    }

    @Test
    void aFailureOutsideTheRoundStays() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("a", "FAIL").node("b", "OK"));
        long execId = run(remora, workflow, request -> request.failurePolicy(dev.remora.model.FailurePolicy.CONTINUE));
        remora.settle();
        remora.executor().rerun(RerunRequest.fromNode(execId, "b"));
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION, b SUCCESS");
        assertThat(node(remora, execId, "b").attempt()).isEqualTo(2);
    }

    @Test
    void theBudgetOfAttemptsIsNewInEachRoundAndTheirNumbersGoOn() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "FAIL", n -> n.retry(RetryPolicy.of(3)))));
        remora.advance(MINUTE);
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(3);
        remora.executor().rerun(RerunRequest.failedPart(execId));
        remora.advance(MINUTE);
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(6);
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION");
    }

    @Test
    void theTimeOfTheExecutionBeginsAnewInEachRound() {
        ManualRemora remora = manual();
        long execId = failed(remora);
        remora.advance(Duration.ofDays(1));
        remora.executor().rerun(RerunRequest.failedPart(execId));
        remora.advance(Duration.ofMinutes(59));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING, c WAITING_DEP");
        remora.advance(MINUTE);
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/TIMEOUT: a SUCCESS, b KILL/EXECUTION_TIMEOUT, c KILL/EXECUTION_TIMEOUT");
    }

    @Test
    void aCleanUpBehindTheNewRoundRunsAgain() {
        ManualRemora remora = manual();
        long execId = run(
                remora,
                flow(builder -> builder.node("a", "FAIL")
                        .node("cleanUp", "OK", n -> n.after("a").trigger(Trigger.ALL_DONE))));
        remora.settle();
        remora.executor().rerun(RerunRequest.failedPart(execId));
        remora.settle();
        assertThat(node(remora, execId, "cleanUp").attempt()).isEqualTo(2);
    }

    @Test
    void theLatestDefinitionIsTakenWhenAskedFor() {
        ManualRemora remora = manual();
        long execId = failed(remora);
        remora.workflows()
                .save(
                        PROJECT,
                        FLOW,
                        flow(builder -> builder.node("new", "JOB")
                                .node("b", "JOB", n -> n.after("a", "new"))
                                .node("a", "JOB")));
        remora.executor().rerun(RerunRequest.failedPart(execId));
        remora.settle();
        jobs.job("b").fail("again");
        assertThat(remora.execution(execId).version()).isEqualTo(1);

        remora.executor().rerun(RerunRequest.failedPart(execId).withLatestDefinition());
        assertThat(show(remora, execId)).isEqualTo("RUNNING: new RUNNING, b WAITING_DEP, a SUCCESS");
        assertThat(remora.execution(execId).version()).isEqualTo(2);
        jobs.job("new").succeed();
        remora.settle();
        assertThat(jobs.job("b").context().attempt()).isEqualTo(3);
        jobs.job("b").succeed();
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: new SUCCESS, b SUCCESS, a SUCCESS");
        assertThat(node(remora, execId, "a").outputs()).isEqualTo(Map.of("rows", "17"));
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        ManualRemora remora = manual();
        assertThatThrownBy(() -> remora.executor().rerun(RerunRequest.all(4711)))
                .isInstanceOf(NotFoundException.class);

        long active = run(remora, single());
        remora.settle();
        assertThatThrownBy(() -> remora.executor().rerun(RerunRequest.all(active)))
                .isInstanceOf(ExecutionStateException.class)
                .hasMessageContaining("RUNNING");
        jobs.job(active, "a").succeed();
        remora.settle();
        assertThatThrownBy(() -> remora.executor().rerun(RerunRequest.failedPart(active)))
                .isInstanceOf(ExecutionStateException.class)
                .hasMessageContaining("nothing of it failed");
        assertThat(problems(() -> remora.executor().rerun(RerunRequest.fromNode(active, "nobody"))))
                .containsExactly("fromNode: is nobody, which is not part of the run");
        assertThat(show(remora, active)).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(remora.execution(active).round()).isEqualTo(1);

        remora.workflows().delete(PROJECT, FLOW);
        assertThatThrownBy(
                        () -> remora.executor().rerun(RerunRequest.all(active).withLatestDefinition()))
                .isInstanceOf(NotFoundException.class);
        remora.executor().rerun(RerunRequest.all(active));
        assertThat(show(remora, active)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void parametersThatDoNotFitTheLatestDefinitionAreRefused() {
        ManualRemora remora = manual();
        long execId = run(
                remora,
                flow(builder -> builder.node("a", "JOB")),
                request -> request.param("day", "${of}").param("from", "x"));
        remora.settle();
        jobs.job("a").fail("1");
        String before = show(remora, execId);
        Workflow circle = flow(builder -> builder.param("of", "${day}").node("a", "JOB"));
        Workflow aside = flow(builder -> builder.node("a", "JOB", n -> n.parameter("x", "${nodes.b.rows}"))
                .node("b", "OK"));

        for (Workflow latest : List.of(circle, aside)) {
            remora.workflows().save(PROJECT, FLOW, latest);
            assertThat(problems(() ->
                            remora.executor().rerun(RerunRequest.all(execId).withLatestDefinition())))
                    .hasSize(1);
            assertThat(show(remora, execId)).isEqualTo(before);
            assertThat(remora.execution(execId).round()).isEqualTo(1);
        }
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK")));
        remora.executor().rerun(RerunRequest.all(execId).withLatestDefinition());
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void aSelectionThatDoesNotFitTheLatestDefinitionIsRefused() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "FAIL")), request -> request.nodes("a"));
        remora.settle();
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("b", "OK")));
        assertThat(problems(
                        () -> remora.executor().rerun(RerunRequest.all(execId).withLatestDefinition())))
                .containsExactly("nodes: the workflow has no node named a");
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION");
    }

    @Test
    void parametersAreCheckedInTheZoneOfTheRun() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        remora.schedules()
                .save(Schedule.builder(PROJECT, FLOW, "0 0 0 * * ?")
                        .zone(ZoneId.of("Asia/Tokyo"))
                        .online(false)
                        .build());
        // why: the second day of the month in Tokyo, the first in the zone of the engine
        long execId = run(remora, single(), request -> request.scheduleTime(Instant.parse("2026-01-01T20:00:00Z")));
        remora.settle();
        jobs.job("a").fail("1");
        String before = show(remora, execId);
        RerunRequest latest = RerunRequest.all(execId).withLatestDefinition();

        remora.workflows().save(PROJECT, FLOW, circleOn("02"));
        assertThat(problems(() -> remora.executor().rerun(latest))).hasSize(1);
        assertThat(show(remora, execId)).isEqualTo(before);
        assertThat(remora.execution(execId).round()).isEqualTo(1);

        remora.workflows().save(PROJECT, FLOW, circleOn("01"));
        remora.executor().rerun(latest);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    /** A workflow whose parameters refer to each other in a circle on one day of each month. */
    private static Workflow circleOn(String day) {
        return flow(builder -> builder.param("x", "${on$[dd]}")
                .param("on" + day, "${x}")
                .node("a", "OK", n -> n.parameter("x", "${x}")));
    }
}

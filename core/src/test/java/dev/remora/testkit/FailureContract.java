package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.FailurePolicy;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a run does when a node has failed for good. */
public abstract class FailureContract extends EnginePart {
    /** Creates the part. */
    protected FailureContract() {}

    /** a and b run side by side, each with a successor, and a clean-up behind a. */
    private static Workflow branches() {
        return flow(builder -> builder.node("a", "JOB")
                .node("b", "JOB")
                .node("afterA", "JOB", n -> n.after("a"))
                .node("afterB", "JOB", n -> n.after("b"))
                .node("cleanUp", "JOB", n -> n.after("a").trigger(Trigger.ALL_DONE)));
    }

    @Test
    void endKillsWhatRunsAndStartsNothingButCleanUps() {
        ManualRemora remora = manual();
        long execId = run(remora, branches());
        remora.settle();
        jobs.job("a").fail("1");
        assertThat(show(remora, execId))
                .isEqualTo("RUNNING/EXIT_CODE: a FAILED/EXIT_CODE, b KILL/POLICY, afterA DEP_FAILED,"
                        + " afterB KILL/POLICY, cleanUp RUNNING");
        jobs.job("cleanUp").succeed();
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b KILL/POLICY, afterA DEP_FAILED,"
                        + " afterB KILL/POLICY, cleanUp SUCCESS");
    }

    @Test
    void continueRunsEveryOtherBranch() {
        ManualRemora remora = manual();
        long execId = run(remora, branches(), request -> request.failurePolicy(FailurePolicy.CONTINUE));
        remora.settle();
        jobs.job("a").fail("1");
        assertThat(show(remora, execId))
                .isEqualTo("RUNNING/EXIT_CODE: a FAILED/EXIT_CODE, b RUNNING, afterA DEP_FAILED, afterB WAITING_DEP,"
                        + " cleanUp RUNNING");
        jobs.job("cleanUp").succeed();
        jobs.job("b").succeed();
        remora.settle();
        jobs.job("afterB").succeed();
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b SUCCESS, afterA DEP_FAILED, afterB SUCCESS,"
                        + " cleanUp SUCCESS");
    }

    @Test
    void finishRunningLetsRunningNodesUseTheirAttemptsUp() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("a", "JOB")
                .node("b", "JOB", n -> n.retry(RetryPolicy.of(2)))
                .node("afterB", "JOB", n -> n.after("b")));
        long execId = run(remora, workflow, request -> request.failurePolicy(FailurePolicy.FINISH_RUNNING));
        remora.settle();
        jobs.job("b").fail("first");
        remora.settle();
        jobs.job("a").fail("1");
        assertThat(show(remora, execId))
                .isEqualTo("RUNNING/EXIT_CODE: a FAILED/EXIT_CODE, b WAITING_RES/EXIT_CODE, afterB KILL/POLICY");
        remora.advance(Duration.ofSeconds(1));
        jobs.job("b").succeed();
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b SUCCESS, afterB KILL/POLICY");
    }

    @Test
    void endStopsANodeThatWaitsForItsNextAttempt() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("a", "JOB").node("b", "JOB", n -> n.retry(RetryPolicy.of(2))));
        long execId = run(remora, workflow);
        remora.settle();
        jobs.job("b").fail("first");
        remora.settle();
        jobs.job("a").fail("1");
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b KILL/POLICY");
    }

    @Test
    void endNeverKillsARunningCleanUp() {
        ManualRemora remora = manual();
        Workflow workflow =
                flow(builder -> builder.node("a", "JOB").node("cleanUp", "JOB", n -> n.trigger(Trigger.ALL_DONE)));
        long execId = run(remora, workflow);
        remora.settle();
        jobs.job("a").fail("1");
        assertThat(show(remora, execId)).isEqualTo("RUNNING/EXIT_CODE: a FAILED/EXIT_CODE, cleanUp RUNNING");
        assertThat(jobs.job("cleanUp").stopRequested()).isFalse();
        jobs.job("cleanUp").fail("2");
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, cleanUp FAILED/EXIT_CODE");
    }

    @Test
    void behindACleanUpContinueGoesOnAndEndDoesNot() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("a", "FAIL")
                .node("cleanUp", "OK", n -> n.after("a").trigger(Trigger.ALL_DONE))
                .node("next", "OK", n -> n.after("cleanUp")));
        long goesOn = run(remora, workflow, request -> request.failurePolicy(FailurePolicy.CONTINUE));
        assertThat(show(remora, goesOn))
                .isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION, cleanUp SUCCESS, next SUCCESS");
        long ends = run(remora, workflow);
        assertThat(show(remora, ends))
                .isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION, cleanUp SUCCESS, next DEP_FAILED");
    }

    @Test
    void anEndBeforeTheStopCountsAndOneAfterItDoesNot() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual();
        Workflow three =
                flow(builder -> builder.node("a", "JOB").node("b", "JOB").node("c", "JOB"));
        long execId = run(remora, three);
        remora.settle();
        jobs.job("a").fail("1");
        remora.settle();
        assertThat(show(remora, execId))
                .isEqualTo("RUNNING/EXIT_CODE: a FAILED/EXIT_CODE, b RUNNING/POLICY, c RUNNING/POLICY");
        jobs.job("b").succeed();
        jobs.job("c").fail("2");
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b KILL/POLICY, c KILL/POLICY");
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.error.ExecutionStateException;
import dev.remora.error.NotFoundException;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pauses. */
public abstract class PauseContract extends EnginePart {
    /** Creates the part. */
    protected PauseContract() {}

    private static Workflow chain() {
        return flow(builder -> builder.node("a", "JOB").node("b", "JOB", n -> n.after("a")));
    }

    @Test
    void whatRunsGoesOnAndNothingNewStartsUntilResume() {
        ManualRemora remora = manual();
        long execId = run(remora, chain());
        remora.settle();
        remora.executor().pause(execId);
        assertThat(show(remora, execId)).isEqualTo("PAUSED: a RUNNING, b WAITING_DEP");
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("PAUSED: a SUCCESS, b WAITING_RES");
        remora.advance(Duration.ofDays(1));
        assertThat(jobs.started()).hasSize(1);
        remora.executor().resume(execId);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING");
    }

    @Test
    void repeatedCommandsDoNothing() {
        ManualRemora remora = manual();
        long execId = run(remora, chain());
        remora.settle();
        remora.executor().resume(execId);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        remora.executor().pause(execId);
        remora.executor().pause(execId);
        assertThat(show(remora, execId)).isEqualTo("PAUSED: a RUNNING, b WAITING_DEP");
        remora.executor().resume(execId);
        remora.executor().resume(execId);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
    }

    @Test
    void anEndedRunCanNeitherBePausedNorResumed() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "OK")));
        remora.settle();
        assertThatThrownBy(() -> remora.executor().pause(execId))
                .isInstanceOf(ExecutionStateException.class)
                .hasMessageContaining("execution " + execId + " is SUCCESS");
        assertThatThrownBy(() -> remora.executor().resume(execId))
                .isInstanceOf(ExecutionStateException.class)
                .hasMessageContaining("SUCCESS");
        assertThatThrownBy(() -> remora.executor().pause(4711)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> remora.executor().resume(4711)).isInstanceOf(NotFoundException.class);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void aRunThatWaitsForASlotGoesBackToWaiting() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        long first = run(remora, single());
        remora.settle();
        long second = run(remora, single());
        remora.settle();
        remora.executor().pause(second);
        assertThat(show(remora, second)).isEqualTo("PAUSED: a INIT");
        jobs.job(first, "a").succeed();
        assertThat(show(remora, second)).isEqualTo("PAUSED: a INIT");

        long third = run(remora, single());
        assertThat(show(remora, third)).isEqualTo("RUNNING: a RUNNING");
        remora.executor().resume(second);
        assertThat(show(remora, second)).isEqualTo("WAITING_RES: a INIT");
        jobs.job(third, "a").succeed();
        assertThat(show(remora, second)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void theNextAttemptWaitsForResumeWhileItsBackOffRunsOn() {
        ManualRemora remora = manual();
        RetryPolicy retry = RetryPolicy.of(2).withBackoff(Duration.ofMinutes(1));
        long execId = run(remora, flow(builder -> builder.node("a", "JOB", n -> n.retry(retry))));
        remora.settle();
        remora.executor().pause(execId);
        jobs.job("a").fail("1");
        remora.advance(Duration.ofMinutes(5));
        assertThat(show(remora, execId)).isEqualTo("PAUSED: a WAITING_RES/EXIT_CODE");
        assertThat(jobs.started()).hasSize(1);
        remora.executor().resume(execId);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void resumeDuringABackOffWaitsForItsEnd() {
        ManualRemora remora = manual();
        RetryPolicy retry = RetryPolicy.of(2).withBackoff(Duration.ofMinutes(10));
        long execId = run(remora, flow(builder -> builder.node("a", "JOB", n -> n.retry(retry))));
        remora.settle();
        jobs.job("a").fail("1");
        remora.settle();
        remora.executor().pause(execId);
        remora.advance(Duration.ofMinutes(4));
        remora.executor().resume(execId);
        remora.advance(Duration.ofMinutes(6).minusMillis(1));
        assertThat(jobs.started()).hasSize(1);
        remora.advance(Duration.ofMillis(1));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void aPausedRunWhoseLastNodeEndsIsFinal() {
        ManualRemora remora = manual();
        long well = run(remora, single());
        remora.settle();
        remora.executor().pause(well);
        jobs.job(well, "a").succeed();
        assertThat(show(remora, well)).isEqualTo("SUCCESS: a SUCCESS");

        long badly = run(remora, chain());
        remora.settle();
        remora.executor().pause(badly);
        jobs.job(badly, "a").fail("1");
        assertThat(show(remora, badly)).isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b DEP_FAILED");
    }

    @Test
    void aPausedRunWithACleanUpToDoStaysPaused() {
        ManualRemora remora = manual();
        long execId = run(
                remora,
                flow(builder -> builder.node("a", "JOB")
                        .node("cleanUp", "OK", n -> n.after("a").trigger(Trigger.ALL_DONE))));
        remora.settle();
        remora.executor().pause(execId);
        jobs.job("a").fail("1");
        assertThat(show(remora, execId)).isEqualTo("PAUSED/EXIT_CODE: a FAILED/EXIT_CODE, cleanUp WAITING_RES");
        remora.executor().resume(execId);
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, cleanUp SUCCESS");
    }

    @Test
    void virtualNodesDoNotStartDuringAPauseEither() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "VIRTUAL", n -> n.after("a"))));
        remora.settle();
        remora.executor().pause(execId);
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("PAUSED: a SUCCESS, b WAITING_RES");
        remora.executor().resume(execId);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }
}

package dev.remora.internal.run;

import static dev.remora.internal.run.Nodes.attempts;
import static dev.remora.internal.run.Nodes.cleanUp;
import static dev.remora.internal.run.Nodes.job;
import static dev.remora.internal.run.Nodes.off;
import static dev.remora.internal.run.RunDriver.UNIT;
import static dev.remora.model.FailurePolicy.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.internal.dag.Definition;
import dev.remora.model.Cause;
import dev.remora.model.OnLost;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Workflow;
import dev.remora.spi.JobResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rulings F15, F16, F20 and F26 to F31: kills, time that is up, jobs that vanish. */
class RunStopRulingsTest {
    @Test
    void F15_aKillEndsAllThatHadNotEnded() {
        RunDriver run = RunDriver.of(
                        job("a"),
                        job("b"),
                        job("c", "b"),
                        job("d", "a"),
                        off("e", "b"),
                        cleanUp("f", "b"),
                        job("g").retry(attempts(2)),
                        job("h"))
                .policy(CONTINUE)
                .open()
                .start("a", "b", "g", "h")
                .fail("g", "a")
                .succeed("h")
                .kill();
        assertThat(run.shows())
                .isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b RUNNING(USER_KILL), c KILL(USER_KILL),"
                        + " d DEP_FAILED, e SKIPPED, f KILL(USER_KILL), g KILL(USER_KILL), h SUCCESS");
        run.gone("b");
        assertThat(run.shows()).startsWith("FAILED(EXIT_CODE): ").contains(" b KILL(USER_KILL), ");
    }

    @Test
    void F15_aKillBeforeTheStartIsFinalAtOnce() {
        RunDriver run =
                RunDriver.of(job("a"), off("b"), cleanUp("c", "a")).open().kill();
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL), b SKIPPED, c KILL(USER_KILL)");
    }

    @Test
    void F16_theTimeOfTheExecutionIsUp() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"), cleanUp("c", "a"))
                .timeout(5 * UNIT)
                .open()
                .pass(100 * UNIT)
                .start("a")
                .pass(4 * UNIT);
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP, c WAITING_DEP");
        run.pass(UNIT);
        assertThat(run.shows())
                .isEqualTo(
                        "RUNNING(TIMEOUT): a RUNNING(EXECUTION_TIMEOUT), b KILL(EXECUTION_TIMEOUT), c KILL(EXECUTION_TIMEOUT)");
        run.gone("a");
        assertThat(run.shows())
                .isEqualTo(
                        "FAILED(TIMEOUT): a KILL(EXECUTION_TIMEOUT), b KILL(EXECUTION_TIMEOUT), c KILL(EXECUTION_TIMEOUT)");
    }

    @Test
    void F16_theExecutionFailsAlsoIfItsLastNodeHadSucceededJustBefore() {
        RunDriver run = RunDriver.of(job("a")).timeout(UNIT).open().start("a").pass(UNIT);
        run.succeedBeforeStop("a");
        assertThat(run.shows()).isEqualTo("FAILED(TIMEOUT): a SUCCESS");
    }

    @Test
    void F20_theNextAttemptWaitsUntilTheOldProcessIsGone() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(2)).timeout(Duration.ofMillis(UNIT)))
                .stop(20 * UNIT)
                .open()
                .start("a")
                .pass(UNIT);
        assertThat(run.stopping()).containsExactly("a");
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING(TIMEOUT)");
        run.pass(10 * UNIT);
        assertThat(run.ready()).isEmpty();
        run.succeed("a");
        assertThat(run.shows()).isEqualTo("RUNNING: a WAITING_RES");
        run.pass(UNIT).start("a").pass(UNIT).gone("a");
        assertThat(run.shows()).isEqualTo("FAILED(TIMEOUT): a FAILED(TIMEOUT)");
        assertThat(run.row("a").attempt()).isEqualTo(2);
    }

    @Test
    void F20_aNodeStoppedByItsTimeoutThatIsKilledKeepsItsFailureOnlyWithoutAttemptsLeft() {
        RunDriver left = RunDriver.of(job("a").retry(attempts(2)).timeout(Duration.ofMillis(UNIT)))
                .stop(9 * UNIT)
                .open()
                .start("a")
                .pass(UNIT)
                .kill()
                .gone("a");
        assertThat(left.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL)");
        RunDriver used = RunDriver.of(job("a").timeout(Duration.ofMillis(UNIT)))
                .stop(9 * UNIT)
                .open()
                .start("a")
                .pass(UNIT)
                .kill()
                .gone("a");
        assertThat(used.shows()).isEqualTo("FAILED(TIMEOUT): a FAILED(TIMEOUT)");
    }

    @Test
    void F26_whatAStoppedJobReturnsAfterTheKillDoesNotCount() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c"))
                .open()
                .start("a", "b", "c")
                .kill()
                .succeed("a")
                .fail("b")
                .succeedBeforeStop("c");
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL), b KILL(USER_KILL), c SUCCESS");
    }

    @Test
    void F27_aKillThatCannotBeVerifiedIsGivenUp() {
        RunDriver run =
                RunDriver.of(job("a")).stop(3 * UNIT).open().start("a").kill().pass(2 * UNIT);
        assertThat(run.shows()).isEqualTo("RUNNING(USER_KILL): a RUNNING(USER_KILL)");
        run.pass(UNIT);
        assertThat(run.unverified()).containsExactly("a");
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(KILL_UNVERIFIED)");
    }

    @Test
    void F27_aTimeoutThatCannotBeVerifiedIsAFailureWithoutAnotherAttempt() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(5)).timeout(Duration.ofMillis(UNIT)))
                .stop(3 * UNIT)
                .open()
                .start("a")
                .pass(4 * UNIT);
        assertThat(run.unverified()).containsExactly("a");
        assertThat(run.shows()).isEqualTo("FAILED(TIMEOUT): a FAILED(TIMEOUT)");
        run.ended(0, 1, JobResult.success());
        assertThat(run.shows()).isEqualTo("FAILED(TIMEOUT): a FAILED(TIMEOUT)");
    }

    @Test
    void F27_aPolicysStopThatCannotBeVerifiedIsGivenUpAndTheCleanUpBehindItStarts() {
        RunDriver run = RunDriver.of(job("a"), job("b"), cleanUp("c", "b"))
                .stop(3 * UNIT)
                .open()
                .start("a", "b")
                .fail("a")
                .pass(3 * UNIT);
        assertThat(run.shows())
                .isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b KILL(KILL_UNVERIFIED), c WAITING_RES");
    }

    @Test
    void F28_aJobThatCannotBeForcedIsGivenUpAfterTheGraceTime() {
        Workflow workflow =
                Workflow.builder().node("a", "JOB").node("j", "JAVA").build();
        Definition definition = Definition.of(workflow, type -> false, "JOB"::equals);
        RunDriver run = RunDriver.of(definition)
                .stop(2 * UNIT)
                .verification(3 * UNIT)
                .open()
                .start("a", "j")
                .kill()
                .pass(2 * UNIT);
        assertThat(run.unverified()).containsExactly("j");
        assertThat(run.shows()).isEqualTo("RUNNING(USER_KILL): a RUNNING(USER_KILL), j KILL(KILL_UNVERIFIED)");
        run.pass(3 * UNIT);
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(KILL_UNVERIFIED), j KILL(KILL_UNVERIFIED)");
    }

    @Test
    void F29_aKillAfterTheFirstFailureDoesNotMakeTheRunKilled() {
        RunDriver run = RunDriver.of(job("a"), job("b"))
                .policy(CONTINUE)
                .open()
                .start("a", "b")
                .fail("a")
                .kill()
                .gone("b");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b KILL(USER_KILL)");
    }

    @Test
    void F29_aKillBeforeTheFirstFailureMakesTheRunKilled() {
        RunDriver run = RunDriver.of(job("a"), job("b"))
                .open()
                .start("a", "b")
                .kill()
                .failBeforeStop("a")
                .gone("b");
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a FAILED(EXIT_CODE), b KILL(USER_KILL)");
    }

    @Test
    void F29_anAttemptThatFailedAndIsTriedAgainIsNoFailure() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(2)))
                .open()
                .start("a")
                .fail("a")
                .kill();
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL)");
    }

    @Test
    void F29_theCauseOfAKillTellsWhose() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"))
                .open()
                .start("a")
                .kill(Cause.REPLACED)
                .gone("a");
        assertThat(run.shows()).isEqualTo("KILL(REPLACED): a KILL(REPLACED), b KILL(REPLACED)");
    }

    @Test
    void F30_aKillThatStoppedNothingChangesNothing() {
        RunDriver run =
                RunDriver.of(job("a"), job("b")).open().run("a").start("b").kill();
        run.succeedBeforeStop("b");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }

    @Test
    void F25_commandsThatHaveNothingToDoHaveNoEffect() {
        RunDriver run = RunDriver.of(job("a"), job("b")).open().resume().start("a");
        run.pause().pause().resume().resume();
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING, b WAITING_RES");
        run.kill().kill(Cause.REPLACED).gone("a");
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL), b KILL(USER_KILL)");
        run.kill(Cause.REPLACED);
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL), b KILL(USER_KILL)");
    }

    @Test
    void F31_aLostJobStartsAgainWithoutUsingUpAttempts() {
        RunDriver run = RunDriver.of(job("a")).open().start("a").lost("a");
        assertThat(run.ready()).containsExactly("a");
        assertThat(run.shows()).isEqualTo("RUNNING: a WAITING_RES");
        run.start("a").lost("a").run("a");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(run.row("a").attempt()).isEqualTo(3);
    }

    @Test
    void F31_aNodeLostThreeTimesInARowHasFailed() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(9)), job("b", "a"))
                .open()
                .start("a")
                .lost("a")
                .start("a")
                .lost("a")
                .start("a")
                .lost("a");
        assertThat(run.shows()).isEqualTo("FAILED(LOST): a FAILED(LOST), b DEP_FAILED");
    }

    @Test
    void F31_anAttemptThatEndedByItselfInterruptsTheRowOfLosses() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(2)))
                .open()
                .start("a")
                .lost("a")
                .start("a")
                .lost("a")
                .start("a")
                .fail("a")
                .pass(UNIT)
                .start("a")
                .lost("a")
                .start("a")
                .lost("a")
                .run("a");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(run.row("a").attempt()).isEqualTo(6);
    }

    @Test
    void F31_onLostFailHasNoRetry() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(9)).onLost(OnLost.FAIL))
                .open()
                .start("a")
                .lost("a");
        assertThat(run.shows()).isEqualTo("FAILED(LOST): a FAILED(LOST)");
    }

    @Test
    void F31_aLostJobThatWasBeingStoppedEndsAsItsStopSays() {
        RunDriver killed = RunDriver.of(job("a")).open().start("a").kill().lost("a");
        assertThat(killed.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL)");
        RunDriver late = RunDriver.of(job("a").retry(attempts(2)).timeout(Duration.ofMillis(UNIT)))
                .stop(9 * UNIT)
                .open()
                .start("a")
                .pass(UNIT)
                .lost("a");
        assertThat(late.ready()).isEmpty();
        late.pass(UNIT).run("a");
        assertThat(late.shows()).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void F31_afterATakeOverAJobThatIsFoundAgainGoesOn() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c", "a", "b"))
                .open()
                .start("a", "b")
                .restore()
                .succeed("a")
                .lost("b");
        assertThat(run.ready()).containsExactly("b");
        run.run("b", "c");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS, c SUCCESS");
    }

    @Test
    void F19_timeCountsWhileNoEngineLives() {
        RunDriver run = RunDriver.of(job("a")).timeout(5 * UNIT).open().start("a");
        run.now += 9 * UNIT;
        run.restore();
        assertThat(run.shows()).isEqualTo("RUNNING(TIMEOUT): a RUNNING(EXECUTION_TIMEOUT)");
        run.gone("a")
                .rerun(RerunRequest.failedPart(RunDriver.EXEC_ID))
                .start("a")
                .pass(4 * UNIT);
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING");
        run.pass(UNIT);
        assertThat(run.shows()).isEqualTo("RUNNING(TIMEOUT): a RUNNING(EXECUTION_TIMEOUT)");
    }

    @Test
    void F32_waitsGrowUpToTheLongestFromTheEndOfEachAttempt() {
        RetryPolicy retry = RetryPolicy.of(4)
                .withBackoff(Duration.ofMillis(UNIT))
                .withMultiplier(3)
                .withMaxBackoff(Duration.ofMillis(4 * UNIT));
        RunDriver run = RunDriver.of(job("a").retry(retry)).open();
        long[] waits = {UNIT, 3 * UNIT, 4 * UNIT};
        for (long wait : waits) {
            run.start("a").pass(UNIT).fail("a");
            assertThat(run.row("a").retryAt()).isEqualTo(run.now + wait);
            run.pass(wait);
        }
        run.run("a");
        assertThat(run.row("a").failures()).isEqualTo(3);
    }

    @Test
    void F32_aJitterOnlyShortensAWaitAndSurvivesATakeOver() {
        RetryPolicy retry =
                RetryPolicy.of(2).withBackoff(Duration.ofMillis(2 * UNIT)).withJitter(0.5);
        RunDriver run = RunDriver.of(job("a").retry(retry))
                .withoutReference()
                .open()
                .start("a")
                .fail("a");
        long retryAt = run.row("a").retryAt();
        assertThat(retryAt).isBetween(run.now + UNIT, run.now + 2 * UNIT);
        run.restore();
        assertThat(run.row("a").retryAt()).isEqualTo(retryAt);
        assertThat(run.run.nextDeadline()).isEqualTo(retryAt);
    }

    @Test
    void F30_aKillThatStoppedNothingDoesNotCountBecauseOfAnEarlierRoundsKill() {
        RunDriver run = RunDriver.of(job("a"), job("k"))
                .open()
                .start("a", "k")
                .kill()
                .gone("a", "k")
                .rerun(RerunRequest.fromNode(RunDriver.EXEC_ID, "a"))
                .start("a")
                .kill()
                .failBeforeStop("a");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), k KILL(USER_KILL)");
    }
}

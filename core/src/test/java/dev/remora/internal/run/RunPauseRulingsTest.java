package dev.remora.internal.run;

import static dev.remora.internal.run.Nodes.attempts;
import static dev.remora.internal.run.Nodes.cleanUp;
import static dev.remora.internal.run.Nodes.instant;
import static dev.remora.internal.run.Nodes.job;
import static dev.remora.internal.run.Nodes.off;
import static dev.remora.internal.run.RunDriver.UNIT;
import static dev.remora.model.FailurePolicy.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.RerunRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rulings F18, F21 to F24, F39 and S1 to S5: pauses, and what is shown when. */
class RunPauseRulingsTest {
    @Test
    void F18_theClockOfTheExecutionStandsStillWhilePaused() {
        RunDriver run = RunDriver.of(job("a"))
                .timeout(5 * UNIT)
                .open()
                .start("a")
                .pass(3 * UNIT)
                .pause()
                .pass(50 * UNIT)
                .resume()
                .pass(UNIT);
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING");
        run.pass(UNIT);
        assertThat(run.shows()).isEqualTo("RUNNING(TIMEOUT): a RUNNING(EXECUTION_TIMEOUT)");
    }

    @Test
    void F18_theClockOfARunningAttemptGoesOnWhilePaused() {
        RunDriver run = RunDriver.of(job("a").timeout(Duration.ofMillis(UNIT)))
                .open()
                .start("a")
                .pause()
                .pass(UNIT);
        assertThat(run.shows()).isEqualTo("PAUSED: a RUNNING(TIMEOUT)");
    }

    @Test
    void F21_pausedShowsAtOnceAndTheNodesShowWhatRuns() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c", "a"))
                .open()
                .start("a")
                .pause();
        assertThat(run.shows()).isEqualTo("PAUSED: a RUNNING, b WAITING_RES, c WAITING_DEP");
        run.succeed("a");
        assertThat(run.shows()).isEqualTo("PAUSED: a SUCCESS, b WAITING_RES, c WAITING_RES");
        assertThat(run.run.start(run.number("c"), run.now, run)).isFalse();
        run.resume();
        assertThat(run.ready()).containsExactlyInAnyOrder("b", "c");
        run.run("c", "b");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS, c SUCCESS");
    }

    @Test
    void F22_theNextAttemptWaitsForResumeAndItsBackOffRunsOn() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(2)))
                .open()
                .start("a")
                .pause()
                .fail("a");
        assertThat(run.shows()).isEqualTo("PAUSED: a WAITING_RES");
        run.pass(9 * UNIT).resume();
        assertThat(run.ready()).containsExactly("a");
        run.run("a");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void F23_theEndOfTheLastNodeIsFinalAlsoWhilePaused() {
        RunDriver well = RunDriver.of(job("a")).open().start("a").pause().succeed("a");
        assertThat(well.shows()).isEqualTo("SUCCESS: a SUCCESS");
        RunDriver badly =
                RunDriver.of(job("a"), job("b", "a")).open().start("a").pause().fail("a");
        assertThat(badly.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b DEP_FAILED");
    }

    @Test
    void F23_whenOnlyCleanUpsAreLeftItStaysPaused() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c", "a"))
                .open()
                .start("a")
                .pause()
                .fail("a");
        assertThat(run.shows()).isEqualTo("PAUSED(EXIT_CODE): a FAILED(EXIT_CODE), c WAITING_RES");
        run.resume().run("c");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c SUCCESS");
    }

    @Test
    void F24_aRunThatHasNotStartedCanBePausedAndGoesBackToWhereItWas() {
        RunDriver run = RunDriver.of(job("a")).timeout(UNIT).open().pause();
        assertThat(run.shows()).isEqualTo("PAUSED: a INIT");
        run.pass(9 * UNIT).resume();
        assertThat(run.shows()).isEqualTo("INIT: a INIT");
        assertThat(run.ready()).containsExactly("a");
        run.run("a");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void F24_aRunThatWaitedForASlotWaitsForASlotAgainAfterAPause() {
        RunDriver run = RunDriver.of(job("a")).open().noSlot().pause().resume();
        assertThat(run.shows()).isEqualTo("WAITING_RES: a INIT");
    }

    @Test
    void S5_aPausedRunThatIsKilledShowsRunningUntilItIsFinal() {
        RunDriver run =
                RunDriver.of(job("a"), job("b")).open().start("a").pause().kill();
        assertThat(run.shows()).isEqualTo("RUNNING(USER_KILL): a RUNNING(USER_KILL), b KILL(USER_KILL)");
        run.gone("a");
        assertThat(run.shows()).isEqualTo("KILL(USER_KILL): a KILL(USER_KILL), b KILL(USER_KILL)");
    }

    @Test
    void F39_aRunOfDisabledNodesOnlySucceedsAtOnce() {
        RunDriver run = RunDriver.of(off("a"), off("b", "a"), job("c", "b"))
                .selected("a", "b")
                .open();
        assertThat(run.shows()).isEqualTo("SUCCESS: a SKIPPED, b SKIPPED, c SKIPPED");
        assertThat(run.run.state().startedAt()).isEqualTo(run.now);
        assertThat(run.run.state().endedAt()).isEqualTo(run.now);
    }

    @Test
    void S1_waitingForASlotShowsUntilTheFirstNodeStartsAndNeverAfter() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a")).open();
        assertThat(run.shows()).isEqualTo("INIT: a INIT, b INIT");
        run.noSlot();
        assertThat(run.shows()).isEqualTo("WAITING_RES: a INIT, b INIT");
        run.start("a").noSlot();
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        run.succeed("a").noSlot();
        assertThat(run.shows()).isEqualTo("RUNNING: a SUCCESS, b WAITING_RES");
    }

    @Test
    void S2_nodesNeverShowPaused() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"), job("c"), job("d").retry(attempts(2)))
                .open()
                .start("a", "d")
                .fail("d")
                .pause();
        assertThat(run.shows()).isEqualTo("PAUSED: a RUNNING, b WAITING_DEP, c WAITING_RES, d WAITING_RES");
    }

    @Test
    void S3_nodesShowInitUntilTheExecutionStarts() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c", "a")).open();
        assertThat(run.shows()).isEqualTo("INIT: a INIT, b INIT, c INIT");
        run.start("b");
        assertThat(run.shows()).isEqualTo("RUNNING: a WAITING_RES, b RUNNING, c WAITING_DEP");
    }

    @Test
    void S3_anInstantNodeIsTheFirstStart() {
        RunDriver run = RunDriver.of(instant("v"), job("a", "v"), instant("w", "a"), job("b", "w"))
                .timeout(9 * UNIT)
                .open();
        assertThat(run.shows()).isEqualTo("RUNNING: v SUCCESS, a WAITING_RES, w WAITING_DEP, b WAITING_DEP");
        assertThat(run.row("v").attempt()).isEqualTo(1);
        assertThat(run.row("v").startedAt()).isEqualTo(run.now);
        assertThat(run.row("v").endedAt()).isEqualTo(run.now);
        run.start("a").pause().succeed("a");
        assertThat(run.shows()).isEqualTo("PAUSED: v SUCCESS, a SUCCESS, w WAITING_RES, b WAITING_DEP");
        run.resume();
        assertThat(run.shows()).isEqualTo("RUNNING: v SUCCESS, a SUCCESS, w SUCCESS, b WAITING_RES");
    }

    @Test
    void S4_aNodeThatRanInAnEarlierRoundMayBeDependencyFailed() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"))
                .policy(CONTINUE)
                .open()
                .run("a", "b")
                .rerun(RerunRequest.all(RunDriver.EXEC_ID))
                .start("a")
                .fail("a");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b DEP_FAILED");
    }

    @Test
    void S5_aRunThatIsBeingKilledShowsRunningWithTheCause() {
        RunDriver run = RunDriver.of(job("a")).open().start("a").kill();
        assertThat(run.shows()).isEqualTo("RUNNING(USER_KILL): a RUNNING(USER_KILL)");
    }

    @Test
    void S5_aRunThatFailedAndIsBeingKilledCannotBePaused() {
        RunDriver run = RunDriver.of(job("a"), job("b"))
                .policy(CONTINUE)
                .open()
                .start("a", "b")
                .fail("a")
                .kill()
                .pause();
        assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b RUNNING(USER_KILL)");
    }

    @Test
    void S5_aRunWhoseTimeIsUpCannotBePaused() {
        RunDriver run = RunDriver.of(job("a"))
                .timeout(UNIT)
                .stop(9 * UNIT)
                .open()
                .start("a")
                .pass(UNIT)
                .pause();
        assertThat(run.shows()).isEqualTo("RUNNING(TIMEOUT): a RUNNING(EXECUTION_TIMEOUT)");
    }
}

package dev.remora.internal.run;

import static dev.remora.internal.run.Nodes.attempts;
import static dev.remora.internal.run.Nodes.cleanUp;
import static dev.remora.internal.run.Nodes.job;
import static dev.remora.internal.run.Nodes.off;
import static dev.remora.internal.run.RunDriver.UNIT;
import static dev.remora.model.FailurePolicy.CONTINUE;
import static dev.remora.model.FailurePolicy.END;
import static dev.remora.model.FailurePolicy.FINISH_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.FailurePolicy;
import dev.remora.model.RerunRequest;
import dev.remora.model.Trigger;
import org.junit.jupiter.api.Test;

/** Rulings F1 to F14: failure policies and triggers. */
class RunFailureRulingsTest {
    @Test
    void F01_underContinueStatusesGoFromDependencyToDependency() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c", "a"), job("d", "c"))
                .policy(CONTINUE)
                .open()
                .start("a")
                .fail("a")
                .run("c");
        assertThat(run.ready()).containsExactly("d");
        run.run("d");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c SUCCESS, d SUCCESS");
    }

    @Test
    void F01_underEndAndFinishRunningDescendantsAreTheGraphs() {
        for (FailurePolicy policy : new FailurePolicy[] {END, FINISH_RUNNING}) {
            RunDriver run = RunDriver.of(job("a"), cleanUp("c", "a"), job("d", "c"))
                    .policy(policy)
                    .open()
                    .start("a")
                    .fail("a");
            assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), c WAITING_RES, d DEP_FAILED");
            run.run("c");
            assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c SUCCESS, d DEP_FAILED");
        }
    }

    @Test
    void F02_aDisabledNodeCountsAsMetWhenItsDependenciesHaveEnded() {
        RunDriver run = RunDriver.of(job("a"), off("b", "a"), job("c", "b")).open();
        assertThat(run.ready()).containsExactly("a");
        run.start("a");
        assertThat(run.shows()).isEqualTo("RUNNING: a RUNNING, b SKIPPED, c WAITING_DEP");
        run.succeed("a");
        assertThat(run.ready()).containsExactly("c");
        run.run("c");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SKIPPED, c SUCCESS");
    }

    @Test
    void F02_aFailurePassesThroughADisabledNode() {
        for (FailurePolicy policy : FailurePolicy.values()) {
            RunDriver run = RunDriver.of(job("a"), off("b", "a"), job("c", "b"))
                    .policy(policy)
                    .open()
                    .start("a")
                    .fail("a");
            assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SKIPPED, c DEP_FAILED");
        }
    }

    @Test
    void F02_aFailurePassesThroughADisabledNodeEarlyButACleanUpBehindItWaitsForAll() {
        RunDriver run = RunDriver.of(job("a"), job("e"), off("b", "a", "e"), job("c", "b"), cleanUp("d", "b"))
                .policy(CONTINUE)
                .open()
                .start("a", "e")
                .fail("a");
        assertThat(run.shows())
                .isEqualTo(
                        "RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), e RUNNING, b SKIPPED, c DEP_FAILED, d WAITING_DEP");
        run.succeed("e");
        assertThat(run.ready()).containsExactly("d");
    }

    @Test
    void F02_aDisabledCleanUpLetsItsSuccessorsRun() {
        RunDriver run = RunDriver.of(job("a"), off("b", "a").trigger(Trigger.ALL_DONE), job("c", "b"))
                .policy(CONTINUE)
                .open()
                .start("a")
                .fail("a")
                .run("c");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SKIPPED, c SUCCESS");
    }

    @Test
    void F03_onlyEdgesBetweenSelectedNodesExist() {
        RunDriver end = RunDriver.of(job("a"), job("b", "a"), job("c", "b"))
                .selected("a", "c")
                .open();
        assertThat(end.ready()).containsExactly("a", "c");
        end.start("a").fail("a");
        assertThat(end.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SKIPPED, c KILL(POLICY)");
        RunDriver goOn = RunDriver.of(job("a"), job("b", "a"), job("c", "b"))
                .selected("a", "c")
                .policy(CONTINUE)
                .open()
                .start("a")
                .fail("a")
                .run("c");
        assertThat(goOn.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SKIPPED, c SUCCESS");
    }

    @Test
    void F04_endNeverKillsARunningCleanUp() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c"), job("b"))
                .open()
                .start("a", "b", "c")
                .fail("a");
        assertThat(run.stopping()).containsExactly("b");
        assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), c RUNNING, b RUNNING(POLICY)");
        run.gone("b").succeed("c");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c SUCCESS, b KILL(POLICY)");
    }

    @Test
    void F04_aUsersKillAndTheExecutionsTimeoutStopARunningCleanUp() {
        RunDriver killed = RunDriver.of(cleanUp("c")).open().start("c").kill();
        assertThat(killed.stopping()).containsExactly("c");
        RunDriver late =
                RunDriver.of(cleanUp("c")).timeout(UNIT).open().start("c").pass(UNIT);
        assertThat(late.stopping()).containsExactly("c");
    }

    @Test
    void F05_nodesAreMarkedAtTheFailureAndTheFirstMarkStays() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c", "b"))
                .policy(FINISH_RUNNING)
                .open()
                .start("a", "b")
                .fail("a");
        assertThat(run.shows("c")).isEqualTo("KILL(POLICY)");
        run.fail("b");
        assertThat(run.shows())
                .isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b FAILED(EXIT_CODE), c KILL(POLICY)");
    }

    @Test
    void F05_underContinueADependentIsMarkedWhileOthersStillRun() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c", "a", "b"), job("d", "c"))
                .policy(CONTINUE)
                .open()
                .start("a", "b")
                .fail("a");
        assertThat(run.shows())
                .isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b RUNNING, c DEP_FAILED, d DEP_FAILED");
    }

    @Test
    void F06_aCleanUpBehindAStoppedNodeStartsWhileItsSiblingRuns() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c", "b"), cleanUp("d", "c"))
                .policy(FINISH_RUNNING)
                .open()
                .start("a", "b")
                .fail("a");
        assertThat(run.ready()).containsExactly("d");
        run.start("d");
        assertThat(run.shows())
                .isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b RUNNING, c KILL(POLICY), d RUNNING");
    }

    @Test
    void F07_aKilledNodeEndsWhenItIsVerifiedGone() {
        RunDriver run = RunDriver.of(job("a"), job("b"), cleanUp("c", "b"))
                .open()
                .start("a", "b")
                .fail("a");
        assertThat(run.ready()).isEmpty();
        assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b RUNNING(POLICY), c WAITING_DEP");
        run.gone("b");
        assertThat(run.ready()).containsExactly("c");
    }

    @Test
    void F08_anEndReachedBeforeTheJobWasAskedToStopCounts() {
        RunDriver failed = RunDriver.of(job("a"), job("b"))
                .open()
                .start("a", "b")
                .fail("a")
                .failBeforeStop("b");
        assertThat(failed.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b FAILED(EXIT_CODE)");
        RunDriver succeeded = RunDriver.of(job("a"), job("b"))
                .open()
                .start("a", "b")
                .fail("a")
                .succeedBeforeStop("b");
        assertThat(succeeded.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SUCCESS");
        RunDriver stopped = RunDriver.of(job("a"), job("b"))
                .open()
                .start("a", "b")
                .fail("a")
                .succeed("b");
        assertThat(stopped.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b KILL(POLICY)");
    }

    @Test
    void F08_aFailureBeforeTheStopWithAttemptsLeftIsAKill() {
        RunDriver run = RunDriver.of(job("a"), job("b").retry(attempts(2)))
                .open()
                .start("a", "b")
                .fail("a")
                .failBeforeStop("b");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b KILL(POLICY)");
    }

    @Test
    void F09_underFinishRunningANodeThatBacksOffUsesItsAttemptsUp() {
        RunDriver run = RunDriver.of(job("a"), job("b").retry(attempts(2)))
                .policy(FINISH_RUNNING)
                .open()
                .start("a", "b")
                .fail("b", "a");
        assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), b WAITING_RES");
        run.pass(UNIT).run("b");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SUCCESS");
        assertThat(run.row("b").attempt()).isEqualTo(2);
    }

    @Test
    void F09_underEndANodeThatBacksOffIsKilled() {
        RunDriver run = RunDriver.of(job("a"), job("b").retry(attempts(2)))
                .open()
                .start("a", "b")
                .fail("b", "a");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b KILL(POLICY)");
    }

    @Test
    void F10_aCleanUpHasAllItsAttempts() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c").retry(attempts(3)))
                .open()
                .start("a", "c")
                .fail("c", "a");
        assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), c WAITING_RES");
        run.pass(UNIT).start("c").fail("c").pass(UNIT).run("c");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c SUCCESS");
        assertThat(run.row("c").attempt()).isEqualTo(3);
    }

    @Test
    void F10_aCleanUpThatWaitsForASlotStillStartsAfterTheFailure() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c"), job("b")).open();
        assertThat(run.ready()).containsExactly("a", "c", "b");
        run.start("a").fail("a");
        assertThat(run.shows()).isEqualTo("RUNNING(EXIT_CODE): a FAILED(EXIT_CODE), c WAITING_RES, b KILL(POLICY)");
        run.run("c");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c SUCCESS, b KILL(POLICY)");
    }

    @Test
    void F11_aCleanUpWhoseDependenciesAreUnselectedRunsAtOnce() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c", "a")).selected("c").open();
        assertThat(run.ready()).containsExactly("c");
        run.run("c");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SKIPPED, c SUCCESS");
    }

    @Test
    void F12_dependencyFailedWinsOverStopped() {
        for (FailurePolicy policy : new FailurePolicy[] {END, FINISH_RUNNING}) {
            RunDriver run = RunDriver.of(job("a"), job("b"), job("s", "b"), job("c", "a", "s"))
                    .policy(policy)
                    .open()
                    .start("a", "b")
                    .fail("a");
            assertThat(run.shows("s")).isEqualTo("KILL(POLICY)");
            assertThat(run.shows("c")).isEqualTo("DEP_FAILED");
        }
    }

    @Test
    void F13_aCleanUpThatFailsDoesNotStopOtherCleanUps() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c", "a"), cleanUp("d", "a"), job("e", "c"))
                .open()
                .start("a")
                .fail("a")
                .start("c", "d")
                .fail("c");
        assertThat(run.stopping()).isEmpty();
        run.succeed("d");
        assertThat(run.shows())
                .isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), c FAILED(EXIT_CODE), d SUCCESS, e DEP_FAILED");
    }

    @Test
    void F13_aCleanUpThatIsTheFirstToFailAppliesThePolicy() {
        RunDriver run = RunDriver.of(cleanUp("c"), job("d", "c"), job("b"), job("e"))
                .open()
                .start("c", "b")
                .fail("c");
        assertThat(run.shows())
                .isEqualTo("RUNNING(EXIT_CODE): c FAILED(EXIT_CODE), d DEP_FAILED, b RUNNING(POLICY), e KILL(POLICY)");
    }

    @Test
    void F14_onlyTheStatusesThatTheNodesHaveNowCount() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"))
                .policy(CONTINUE)
                .open()
                .start("a")
                .fail("a")
                .rerun(RerunRequest.failedPart(RunDriver.EXEC_ID))
                .run("a", "b");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }
}

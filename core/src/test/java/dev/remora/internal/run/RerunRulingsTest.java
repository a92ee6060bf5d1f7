package dev.remora.internal.run;

import static dev.remora.internal.run.Nodes.attempts;
import static dev.remora.internal.run.Nodes.cleanUp;
import static dev.remora.internal.run.Nodes.job;
import static dev.remora.internal.run.Nodes.off;
import static dev.remora.internal.run.RunDriver.EXEC_ID;
import static dev.remora.internal.run.RunDriver.UNIT;
import static dev.remora.model.FailurePolicy.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.error.RemoraException;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Selection;
import dev.remora.model.RerunRequest;
import org.junit.jupiter.api.Test;

/** Rulings F40 to F47: what a new round does. */
class RerunRulingsTest {
    private static final RerunRequest FAILED_PART = RerunRequest.failedPart(EXEC_ID);

    @Test
    void F40_theFailedPartIsAllThatNeitherSucceededNorWasSkipped() {
        RunDriver run = RunDriver.of(job("a"), job("b"), job("c"), job("d", "b"), job("e", "c"), off("f"), job("g"))
                .selected("a", "b", "c", "d", "e", "f")
                .open()
                .run("a")
                .start("b", "c")
                .fail("b")
                .gone("c");
        assertThat(run.shows())
                .isEqualTo("FAILED(EXIT_CODE): a SUCCESS, b FAILED(EXIT_CODE), c KILL(POLICY), d DEP_FAILED,"
                        + " e KILL(POLICY), f SKIPPED, g SKIPPED");
        run.rerun(FAILED_PART);
        assertThat(run.shows()).isEqualTo("INIT: a SUCCESS, b INIT, c INIT, d INIT, e INIT, f SKIPPED, g SKIPPED");
        run.run("b", "c", "d", "e");
        assertThat(run.shows())
                .isEqualTo("SUCCESS: a SUCCESS, b SUCCESS, c SUCCESS, d SUCCESS, e SUCCESS, f SKIPPED, g SKIPPED");
    }

    @Test
    void F40_theFailedPartOfAKilledRun() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"))
                .open()
                .start("a")
                .kill()
                .gone("a")
                .rerun(FAILED_PART)
                .run("a", "b");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }

    @Test
    void F41_cleanUpsBehindTheNewRoundRunAgain() {
        RunDriver run = RunDriver.of(job("a"), cleanUp("c", "a"), cleanUp("d", "c"), cleanUp("x"))
                .open()
                .run("x")
                .start("a")
                .fail("a")
                .run("c", "d")
                .rerun(FAILED_PART);
        assertThat(run.shows()).isEqualTo("INIT: a INIT, c INIT, d INIT, x SUCCESS");
        assertThat(run.ready()).containsExactly("a");
        run.run("a", "c", "d");
        assertThat(run.row("c").attempt()).isEqualTo(2);
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, c SUCCESS, d SUCCESS, x SUCCESS");
    }

    @Test
    void F42_fromANodeOnTheOthersKeepTheirStatusAndTheRunStaysFailed() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"), job("c", "b"), job("z"))
                .policy(CONTINUE)
                .open()
                .run("a", "b", "c")
                .start("z")
                .fail("z")
                .rerun(RerunRequest.fromNode(EXEC_ID, "b"));
        assertThat(run.shows()).isEqualTo("INIT(EXIT_CODE): a SUCCESS, b INIT, c INIT, z FAILED(EXIT_CODE)");
        run.run("b", "c");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a SUCCESS, b SUCCESS, c SUCCESS, z FAILED(EXIT_CODE)");
    }

    @Test
    void F42_edgesFromOutsideTheRoundCountAsMetEvenIfTheyFailed() {
        RunDriver run = RunDriver.of(job("a"), job("b", "a"))
                .policy(CONTINUE)
                .open()
                .start("a")
                .fail("a")
                .rerun(RerunRequest.fromNode(EXEC_ID, "b"));
        assertThat(run.ready()).containsExactly("b");
        run.run("b");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SUCCESS");
    }

    @Test
    void F42_aDisabledNodeOfTheRoundIsTransparentAgain() {
        RunDriver run = RunDriver.of(job("a"), off("x", "a"), job("b", "x"))
                .policy(CONTINUE)
                .open()
                .run("a", "b")
                .rerun(RerunRequest.fromNode(EXEC_ID, "a"));
        assertThat(run.ready()).containsExactly("a");
        run.start("a").fail("a");
        assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a FAILED(EXIT_CODE), x SKIPPED, b DEP_FAILED");
    }

    @Test
    void F43_attemptsAreNumberedOnWithAFreshBudget() {
        RunDriver run = RunDriver.of(job("a").retry(attempts(2)))
                .open()
                .start("a")
                .fail("a")
                .pass(UNIT)
                .start("a")
                .fail("a");
        assertThat(run.row("a").attempt()).isEqualTo(2);
        run.rerun(FAILED_PART);
        assertThat(run.run.state().round()).isEqualTo(2);
        run.start("a").fail("a").pass(UNIT).run("a");
        assertThat(run.row("a").attempt()).isEqualTo(4);
        assertThat(run.row("a").round()).isEqualTo(2);
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void F44_aRerunWithNothingToDoOrOfARunThatGoesOnIsAnError() {
        RunDriver done = RunDriver.of(job("a")).open().run("a");
        assertThatThrownBy(() -> done.rerun(FAILED_PART)).isInstanceOf(RemoraException.class);
        RunDriver going = RunDriver.of(job("a")).open().start("a");
        assertThatThrownBy(() -> going.rerun(RerunRequest.all(EXEC_ID))).isInstanceOf(RemoraException.class);
        RunDriver unknown = RunDriver.of(job("a")).open().run("a");
        assertThatThrownBy(() -> unknown.rerun(RerunRequest.fromNode(EXEC_ID, "b")))
                .isInstanceOf(RemoraException.class);
    }

    @Test
    void F44_allOfASuccessfulRunMayRunAgain() {
        RunDriver run =
                RunDriver.of(job("a"), job("b", "a")).open().run("a", "b").rerun(RerunRequest.all(EXEC_ID));
        assertThat(run.shows()).isEqualTo("INIT: a INIT, b INIT");
        run.run("a", "b");
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }

    @Test
    void F45_withTheLatestDefinitionSuccessesAreKeptByNameAndNewNodesRun() {
        RunDriver run = RunDriver.of(job("gone"), job("kept"), job("failed", "kept"))
                .open()
                .run("gone", "kept")
                .start("failed")
                .fail("failed");
        Definition after =
                Nodes.define(job("fresh"), job("failed", "kept", "fresh"), job("kept", "fresh"), job("more", "failed"));
        run.rerun(FAILED_PART.withLatestDefinition(), after, Selection.all(after.dag()));
        assertThat(run.shows()).isEqualTo("INIT: fresh INIT, failed INIT, kept SUCCESS, more INIT");
        assertThat(run.run.state().version()).isEqualTo(2);
        assertThat(run.ready()).containsExactly("fresh");
        run.run("fresh", "failed", "more");
        assertThat(run.shows()).isEqualTo("SUCCESS: fresh SUCCESS, failed SUCCESS, kept SUCCESS, more SUCCESS");
        assertThat(run.row("failed").attempt()).isEqualTo(2);
    }

    @Test
    void F46_theStartIsTheFirstRoundsAndTheEndTheLastOnes() {
        RunDriver run = RunDriver.of(job("a")).open().start("a").fail("a").pass(9 * UNIT);
        long firstEnd = run.run.state().endedAt();
        assertThat(firstEnd).isEqualTo(UNIT);
        run.rerun(FAILED_PART).pass(9 * UNIT).run("a");
        assertThat(run.run.state().startedAt()).isEqualTo(UNIT);
        assertThat(run.run.state().roundStartedAt()).isEqualTo(19 * UNIT);
        assertThat(run.run.state().endedAt()).isEqualTo(19 * UNIT);
    }

    @Test
    void F47_aFailedPartMayBeTriedAgainAndAgainUnderTheSameExecution() {
        RunDriver run =
                RunDriver.of(job("a"), job("b", "a")).open().run("a").start("b").fail("b");
        for (int round = 2; round <= 4; round++) {
            run.rerun(FAILED_PART).start("b").fail("b");
            assertThat(run.shows()).isEqualTo("FAILED(EXIT_CODE): a SUCCESS, b FAILED(EXIT_CODE)");
            assertThat(run.run.state().round()).isEqualTo(round);
        }
        run.rerun(FAILED_PART).run("b");
        assertThat(run.row("b").attempt()).isEqualTo(5);
        assertThat(run.row("a").attempt()).isEqualTo(1);
        assertThat(run.shows()).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }
}

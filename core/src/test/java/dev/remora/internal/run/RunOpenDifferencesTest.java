package dev.remora.internal.run;

import static dev.remora.internal.run.Nodes.job;
import static dev.remora.internal.run.RunDriver.UNIT;
import static dev.remora.model.FailurePolicy.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Selection;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Where {@link Run} does not do what the rulings say, each in its smallest case. */
@Disabled("Run differs here; enable each test with the fix")
class RunOpenDifferencesTest {
    @Test
    void F24_aRunThatWaitedForASlotWaitsForASlotAgainAfterAPause() {
        RunDriver run = RunDriver.of(job("a")).open().noSlot().pause().resume();
        assertThat(run.shows()).isEqualTo("WAITING_RES: a INIT");
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

    @Test
    void S3_aNodeThatIsMarkedLeavesTheStateItShowed() {
        Definition definition = Nodes.define(job("a"), job("b", "a"));
        RunSettings settings = new RunSettings(1, Selection.all(definition.dag()), CONTINUE, 0, UNIT);
        Run run = Run.of(definition, settings, ExecutionState.accepted(1), List.of());
        List<String> heard = new ArrayList<>();
        RunOutput out = new RunOutput() {
            @Override
            public void ready(int node) {}

            @Override
            public void stop(int node, int attempt) {}

            @Override
            public void unverified(int node, int attempt) {}

            @Override
            public void nodeChanged(int node, Status from, Status to, Cause cause) {
                if (node == 1) {
                    heard.add(from + " to " + to);
                }
            }

            @Override
            public void executionChanged(Status from, Status to, Cause cause) {}

            @Override
            public boolean hearsWaiting() {
                return true;
            }
        };
        run.open(1, out);
        run.start(0, 2, out);
        assertThat(run.status(1)).isEqualTo(Status.WAITING_DEP);
        run.ended(0, 1, RunDriver.failure(), 3, out);
        assertThat(heard).containsExactly("INIT to WAITING_DEP", "WAITING_DEP to DEP_FAILED");
    }
}

package dev.remora.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.internal.run.RunEnumeration.Outcome;
import dev.remora.internal.run.RunEnumeration.Schedules;
import dev.remora.model.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Every small workflow, against {@link ReferenceRun}. The numbers of workflows and of orders played are asserted, so
 * that none gets lost unnoticed.
 */
class RunEnumerationTest {
    private long workflows;
    private long orders;

    @Test
    void thereAreAsManyDagsAsThereShouldBe() {
        // The number of acyclic digraphs with n unlabelled nodes, OEIS A003087.
        assertThat(Dags.all(1, 1)).hasSize(1);
        assertThat(Dags.all(2, 1)).hasSize(2);
        assertThat(Dags.all(3, 1)).hasSize(6);
        assertThat(Dags.all(4, 1)).hasSize(31);
        assertThat(Dags.all(5, 1)).hasSize(302);
    }

    @Test
    void upToThreeNodesOfEveryKindInEveryOrder() {
        for (int size = 1; size <= 3; size++) {
            play(Dags.all(size, 5), List.of(Outcome.SUCCEEDS, Outcome.FAILS), Schedules.ALL);
        }
        assertPlayed(0, 0);
    }

    @Test
    void upToThreeNodesWithRetriesInEveryOrder() {
        for (int size = 1; size <= 3; size++) {
            play(Dags.all(size, 2), List.of(Outcome.values()), Schedules.ALL);
        }
        assertPlayed(0, 0);
    }

    @Test
    void fourNodesInEveryOrderOfEnds() {
        play(Dags.all(4, 3), List.of(Outcome.SUCCEEDS, Outcome.FAILS), Schedules.ALL_ENDS);
        assertPlayed(0, 0);
    }

    @Test
    void fiveNodesWithAFewSchedules() {
        Schedules[] some = {
            Schedules.FIRST_IN_FIRST_OUT, Schedules.LAST_IN_FIRST_OUT, Schedules.ONE_SLOT_LAST_READY_FIRST
        };
        Predicate<Dags.Labelled> oneCleanUpAtMost =
                dag -> dag.labels().stream().mapToInt(Integer::intValue).sum() <= 1;
        List<Dags.Labelled> dags =
                Dags.all(5, 2).stream().filter(oneCleanUpAtMost).toList();
        for (Schedules schedules : some) {
            play(dags, List.of(Outcome.SUCCEEDS, Outcome.FAILS), schedules);
        }
        assertPlayed(0, 0);
    }

    private void assertPlayed(long expectedWorkflows, long expectedOrders) {
        assertThat(List.of(workflows, orders)).containsExactly(expectedWorkflows, expectedOrders);
    }

    private void play(List<Dags.Labelled> dags, List<Outcome> outcomes, Schedules schedules) {
        for (Dags.Labelled dag : dags) {
            for (List<Outcome> each : assignments(dag, outcomes)) {
                for (FailurePolicy policy : FailurePolicy.values()) {
                    workflows++;
                    orders += new RunEnumeration(RunEnumeration.define(dag, each), policy, each, schedules).play();
                }
            }
        }
    }

    /** All assignments of outcomes; nodes that never run have but one. */
    private static List<List<Outcome>> assignments(Dags.Labelled dag, List<Outcome> outcomes) {
        List<List<Outcome>> all = new ArrayList<>();
        int count = (int) Math.pow(outcomes.size(), dag.size());
        for (int number = 0; number < count; number++) {
            List<Integer> digits = Dags.digits(number, outcomes.size(), dag.size());
            boolean needless = false;
            for (int node = 0; node < dag.size(); node++) {
                needless |= !RunEnumeration.runs(dag, node) && digits.get(node) > 0;
            }
            if (!needless) {
                all.add(digits.stream().map(outcomes::get).toList());
            }
        }
        return all;
    }
}

package dev.remora.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.run.RunEnumeration.Kind;
import dev.remora.internal.run.RunEnumeration.Outcome;
import dev.remora.internal.run.RunEnumeration.Schedules;
import dev.remora.model.FailurePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        assertPlayed(4_911, 21_031);
    }

    @Test
    void upToTwoNodesWithRetriesInEveryOrder() {
        play(Dags.all(1, 2), List.of(Outcome.values()), Schedules.ALL);
        play(Dags.all(2, 2), List.of(Outcome.values()), Schedules.ALL);
        assertPlayed(360, 8_382);
    }

    @Test
    void threeNodesWithRetriesInEveryOrderOfEnds() {
        play(Dags.all(3, 2), List.of(Outcome.values()), Schedules.ALL_ENDS);
        assertPlayed(7_680, 97_952);
    }

    @Test
    void fourNodesInEveryOrderOfEnds() {
        play(Dags.all(4, 3), List.of(Outcome.SUCCEEDS, Outcome.FAILS), Schedules.ALL_ENDS);
        assertPlayed(47_133, 100_813);
    }

    @Test
    void fiveNodesOneOfThemOddWithASchedulePerWorkflow() {
        Schedules[] some = {
            Schedules.FIRST_IN_FIRST_OUT,
            Schedules.LAST_IN_FIRST_OUT,
            Schedules.ONE_SLOT_LAST_READY_FIRST,
            Schedules.RANDOM
        };
        List<Dags.Labelled> dags = Dags.all(5, 3).stream()
                .filter(dag -> Collections.frequency(dag.labels(), 0) >= 4)
                .toList();
        int next = 0;
        for (Dags.Labelled dag : dags) {
            play(List.of(dag), List.of(Outcome.SUCCEEDS, Outcome.FAILS), some[next++ % some.length]);
        }
        assertPlayed(226_560, 226_560);
    }

    @Test
    void killsAtEveryPoint() {
        for (int size = 1; size <= 3; size++) {
            Schedules schedules = size < 3 ? Schedules.ALL : Schedules.ALL_ENDS;
            play(Dags.all(size, 3), List.of(Outcome.SUCCEEDS, Outcome.FAILS), schedules, Kind.KILL);
        }
        assertPlayed(1_923, 16_131);
    }

    @Test
    void pausesAtEveryPointAndResumesAtEveryPointAfter() {
        for (int size = 1; size <= 3; size++) {
            Schedules schedules = size < 3 ? Schedules.ALL : Schedules.ALL_ENDS;
            play(Dags.all(size, 3), List.of(Outcome.SUCCEEDS, Outcome.FAILS), schedules, Kind.PAUSE);
        }
        assertPlayed(1_923, 31_931);
    }

    @Test
    void takeOversAtEveryPoint() {
        for (int size = 1; size <= 3; size++) {
            Schedules schedules = size < 3 ? Schedules.ALL : Schedules.ALL_ENDS;
            play(Dags.all(size, 4), List.of(Outcome.SUCCEEDS, Outcome.FAILS), schedules, Kind.RESTORE);
        }
        assertPlayed(3_183, 24_671);
    }

    @Test
    void pausesAndKillsAndTakeOversOfTwoNodesAtEveryPoint() {
        for (int size = 1; size <= 2; size++) {
            play(
                    Dags.all(size, 5),
                    List.of(Outcome.SUCCEEDS, Outcome.FAILS),
                    Schedules.ALL,
                    Kind.PAUSE,
                    Kind.KILL,
                    Kind.RESTORE);
        }
        assertPlayed(258, 79_398);
    }

    private void assertPlayed(long expectedWorkflows, long expectedOrders) {
        assertThat(List.of(workflows, orders)).containsExactly(expectedWorkflows, expectedOrders);
    }

    private void play(List<Dags.Labelled> dags, List<Outcome> outcomes, Schedules schedules, Kind... interruptions) {
        for (Dags.Labelled dag : dags) {
            for (List<Outcome> each : assignments(dag, outcomes)) {
                for (FailurePolicy policy : FailurePolicy.values()) {
                    workflows++;
                    Definition definition = RunEnumeration.define(dag, each);
                    orders += new RunEnumeration(definition, policy, each, schedules, interruptions).play();
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

package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.JobResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through every order in which the events of a small run can come. A run cannot be copied, so each order is
 * played from the start.
 */
final class RunEnumeration {
    /** What a job does, attempt by attempt. */
    enum Outcome {
        SUCCEEDS(1, true),
        FAILS(1, false),
        FAILS_THEN_SUCCEEDS(2, false, true),
        FAILS_TWICE(2, false, false);

        final int attempts;
        private final boolean[] succeeds;

        Outcome(int attempts, boolean... succeeds) {
            this.attempts = attempts;
            this.succeeds = succeeds;
        }

        boolean succeeds(int attempt) {
            return succeeds[Math.min(attempt, succeeds.length) - 1];
        }
    }

    /** What may come next. */
    private enum Kind {
        START,
        END,
        END_BEFORE_STOP,
        PASS
    }

    private record Move(Kind kind, int node) {}

    /** Which events are tried. */
    enum Schedules {
        /** All orders of starts and ends; stopped jobs obey, or had ended before. */
        ALL,
        /** Whatever is ready starts at once; all orders of ends. */
        ALL_ENDS,
        FIRST_IN_FIRST_OUT,
        LAST_IN_FIRST_OUT,
        ONE_SLOT_LAST_READY_FIRST
    }

    private static final String[] NAMES = {"a", "b", "c", "d", "e"};

    private final Definition definition;
    private final FailurePolicy policy;
    private final List<Outcome> outcomes;
    private final Schedules schedules;
    private long played;

    RunEnumeration(Definition definition, FailurePolicy policy, List<Outcome> outcomes, Schedules schedules) {
        this.definition = definition;
        this.policy = policy;
        this.outcomes = outcomes;
        this.schedules = schedules;
    }

    /** Labels: bit 0 for ALL_DONE, bit 1 for disabled; 4 for a node that succeeds the moment it may start. */
    static Definition define(Dags.Labelled dag, List<Outcome> outcomes) {
        Workflow.Builder workflow = Workflow.builder();
        for (int node = 0; node < dag.size(); node++) {
            List<String> after = new ArrayList<>();
            for (int from = 0; from < dag.size(); from++) {
                if (dag.hasEdge(from, node)) {
                    after.add(NAMES[from]);
                }
            }
            int label = dag.labels().get(node);
            Node.Builder it = label == 4 ? Nodes.instant(NAMES[node]) : Nodes.job(NAMES[node]);
            workflow.node(it.after(after)
                    .trigger((label & 1) == 1 ? Trigger.ALL_DONE : Trigger.ALL_SUCCESS)
                    .disabled((label & 2) == 2)
                    .retry(Nodes.attempts(outcomes.get(node).attempts))
                    .build());
        }
        return Nodes.define(workflow.build());
    }

    /** Whether a node's outcome can matter. */
    static boolean runs(Dags.Labelled dag, int node) {
        return dag.labels().get(node) < 2;
    }

    /** Plays every order, and returns how many there are. */
    long play() {
        follow(new ArrayList<>());
        return played;
    }

    private void follow(List<Move> prefix) {
        RunDriver driver = begin();
        prefix.forEach(move -> make(driver, move));
        List<Move> path = new ArrayList<>(prefix);
        List<Move> moves = moves(driver);
        while (!moves.isEmpty()) {
            for (Move other : moves.subList(1, moves.size())) {
                List<Move> branch = new ArrayList<>(path);
                branch.add(other);
                follow(branch);
            }
            make(driver, moves.get(0));
            path.add(moves.get(0));
            moves = moves(driver);
        }
        played++;
        driver.check(driver.run.status().isFinal(), () -> "hangs as " + driver.shows());
    }

    private RunDriver begin() {
        return RunDriver.of(definition).policy(policy).open();
    }

    private void make(RunDriver driver, Move move) {
        switch (move.kind) {
            case START -> driver.start(move.node);
            case END -> driver.end(move.node, result(driver, move.node));
            case END_BEFORE_STOP ->
                driver.end(move.node, result(driver, move.node).endedBeforeStop());
            case PASS -> driver.pass(RunDriver.UNIT);
        }
    }

    private JobResult result(RunDriver driver, int node) {
        return outcomes.get(node).succeeds(driver.run.attempt(node)) ? JobResult.success() : RunDriver.failure();
    }

    private List<Move> moves(RunDriver driver) {
        List<Move> moves = new ArrayList<>();
        if (driver.run.status().isFinal()) {
            return moves;
        }
        boolean mayStart = schedules != Schedules.ONE_SLOT_LAST_READY_FIRST || driver.running.isEmpty();
        if (mayStart) {
            driver.queue.forEach(node -> moves.add(new Move(Kind.START, node)));
        }
        if (!moves.isEmpty() && schedules != Schedules.ALL) {
            boolean last = schedules == Schedules.ONE_SLOT_LAST_READY_FIRST;
            return List.of(moves.get(last ? moves.size() - 1 : 0));
        }
        List<Move> ends = new ArrayList<>();
        for (int node : driver.running) {
            ends.add(new Move(Kind.END, node));
            if (schedules == Schedules.ALL && driver.stopping.contains(node)) {
                ends.add(new Move(Kind.END_BEFORE_STOP, node));
            }
        }
        switch (schedules) {
            case ALL, ALL_ENDS -> moves.addAll(ends);
            case FIRST_IN_FIRST_OUT -> moves.addAll(ends.subList(0, Math.min(1, ends.size())));
            case LAST_IN_FIRST_OUT, ONE_SLOT_LAST_READY_FIRST ->
                moves.addAll(ends.subList(Math.max(0, ends.size() - 1), ends.size()));
        }
        if (driver.run.nextDeadline() != Long.MAX_VALUE
                && driver.stopping.isEmpty()
                && (schedules == Schedules.ALL || schedules == Schedules.ALL_ENDS || moves.isEmpty())) {
            moves.add(new Move(Kind.PASS, -1));
        }
        return moves;
    }
}

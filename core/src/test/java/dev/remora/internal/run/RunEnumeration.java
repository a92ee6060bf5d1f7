package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
    enum Kind {
        START,
        END,
        END_BEFORE_STOP,
        PASS,
        KILL,
        PAUSE,
        RESUME,
        RESTORE
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
        ONE_SLOT_LAST_READY_FIRST,
        /** What is next is drawn. */
        RANDOM
    }

    private static final String[] NAMES = {"a", "b", "c", "d", "e"};

    private final Definition definition;
    private final FailurePolicy policy;
    private final List<Outcome> outcomes;
    private final Schedules schedules;
    private final List<Kind> interruptions;
    private final Random random = new Random(1);
    private long played;

    /** Interruptions come once in each order, at every point where they can. */
    RunEnumeration(
            Definition definition,
            FailurePolicy policy,
            List<Outcome> outcomes,
            Schedules schedules,
            Kind... interruptions) {
        this.definition = definition;
        this.policy = policy;
        this.outcomes = outcomes;
        this.schedules = schedules;
        this.interruptions = List.of(interruptions);
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
        RunDriver driver = begin(prefix);
        List<Move> path = new ArrayList<>(prefix);
        List<Move> moves = moves(driver, path);
        while (!moves.isEmpty()) {
            for (Move other : moves.subList(1, moves.size())) {
                List<Move> branch = new ArrayList<>(path);
                branch.add(other);
                follow(branch);
            }
            make(driver, moves.get(0));
            path.add(moves.get(0));
            moves = moves(driver, path);
        }
        played++;
        driver.check(driver.run.status().isFinal(), () -> "hangs as " + driver.shows());
    }

    private RunDriver begin(List<Move> prefix) {
        RunDriver driver = RunDriver.of(definition).policy(policy).accepted();
        driver.checks.lookAway(!prefix.isEmpty());
        driver.open();
        for (int i = 0; i < prefix.size(); i++) {
            driver.checks.lookAway(i < prefix.size() - 1);
            make(driver, prefix.get(i));
        }
        return driver;
    }

    private void make(RunDriver driver, Move move) {
        switch (move.kind) {
            case START -> driver.start(move.node);
            case END -> driver.end(move.node, result(driver, move.node));
            case END_BEFORE_STOP ->
                driver.end(move.node, result(driver, move.node).endedBeforeStop());
            case PASS -> driver.pass(RunDriver.UNIT);
            case KILL -> driver.kill();
            case PAUSE -> driver.pause();
            case RESUME -> driver.resume();
            case RESTORE -> driver.restore();
        }
    }

    private JobResult result(RunDriver driver, int node) {
        return outcomes.get(node).succeeds(driver.run.attempt(node)) ? JobResult.success() : RunDriver.failure();
    }

    private List<Move> moves(RunDriver driver, List<Move> path) {
        List<Move> moves = new ArrayList<>();
        if (driver.run.status().isFinal()) {
            return moves;
        }
        moves.addAll(usual(driver));
        boolean waits = driver.run.nextDeadline() != Long.MAX_VALUE && driver.stopping.isEmpty();
        if (waits && (all() || moves.isEmpty())) {
            moves.add(new Move(Kind.PASS, -1));
        }
        if (driver.run.status() == Status.PAUSED) {
            moves.add(new Move(Kind.RESUME, -1));
        }
        for (Kind kind : interruptions) {
            boolean pointless = kind == Kind.PAUSE && path.stream().anyMatch(move -> move.kind == Kind.KILL);
            if (!pointless && path.stream().noneMatch(move -> move.kind == kind)) {
                moves.add(new Move(kind, -1));
            }
        }
        return moves;
    }

    private boolean all() {
        return schedules == Schedules.ALL || schedules == Schedules.ALL_ENDS;
    }

    /** Starts and ends. */
    private List<Move> usual(RunDriver driver) {
        List<Move> starts = new ArrayList<>();
        boolean full = schedules == Schedules.ONE_SLOT_LAST_READY_FIRST && !driver.running.isEmpty();
        if (driver.run.status() != Status.PAUSED && !full) {
            driver.queue.forEach(node -> starts.add(new Move(Kind.START, node)));
        }
        List<Move> ends = new ArrayList<>();
        for (int node : driver.running) {
            ends.add(new Move(Kind.END, node));
            if (schedules == Schedules.ALL && driver.stopping.contains(node)) {
                ends.add(new Move(Kind.END_BEFORE_STOP, node));
            }
        }
        return switch (schedules) {
            case ALL -> joined(starts, ends);
            case ALL_ENDS -> starts.isEmpty() ? ends : starts.subList(0, 1);
            case FIRST_IN_FIRST_OUT -> one(starts.isEmpty() ? ends : starts, 0);
            case LAST_IN_FIRST_OUT -> starts.isEmpty() ? one(ends, ends.size() - 1) : one(starts, 0);
            case ONE_SLOT_LAST_READY_FIRST -> starts.isEmpty() ? ends : one(starts, starts.size() - 1);
            case RANDOM -> drawn(joined(starts, ends));
        };
    }

    private static List<Move> one(List<Move> moves, int index) {
        return moves.isEmpty() ? moves : List.of(moves.get(index));
    }

    private List<Move> drawn(List<Move> moves) {
        return moves.isEmpty() ? moves : one(moves, random.nextInt(moves.size()));
    }

    private static List<Move> joined(List<Move> starts, List<Move> ends) {
        starts.addAll(ends);
        return starts;
    }
}

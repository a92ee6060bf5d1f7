package dev.remora.testkit.simulation;

import dev.remora.model.Cause;
import dev.remora.model.JobId;
import dev.remora.model.Node;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was stored of one execution, from its submission on, and what must be true of that. */
final class Books {
    /** A state of a node that was stored. */
    private record Shown(int node, int attempt, Status status) {}

    /** An attempt whose failure was stored. */
    private record Failure(int node, int round, int attempt) {}

    private final long execId;
    private final Shape shape;
    private final Rules rules;
    private final SimulatedJobs jobs;
    private final StoredLogs logs;
    private final Consumer<Books> endHeard;
    private final List<ExecutionState> states = new ArrayList<>();
    private final TreeMap<Integer, NodeState> rows = new TreeMap<>();
    private final Set<Shown> shown = new HashSet<>();
    private final Set<Failure> failures = new HashSet<>();
    private final Map<Shown, Lease> started = new HashMap<>();
    private final Map<SimulatedProcess, Integer> endsHeard = new HashMap<>();
    private final Map<Class<?>, Integer> waiting = new HashMap<>();
    private Lease owner;
    private final List<PendingCommand> pendings = new ArrayList<>();
    private int lateCommands;
    private long events;
    private boolean killTried;
    private int ends;

    Books(
            long execId,
            Shape shape,
            int version,
            Rules rules,
            SimulatedJobs jobs,
            StoredLogs logs,
            Consumer<Books> endHeard) {
        this.execId = execId;
        this.shape = shape;
        this.rules = rules;
        this.jobs = jobs;
        this.logs = logs;
        this.endHeard = endHeard;
        states.add(ExecutionState.accepted(version));
    }

    long execId() {
        return execId;
    }

    Shape shape() {
        return shape;
    }

    Lease owner() {
        return owner;
    }

    void own(Lease lease) {
        owner = lease;
    }

    ExecutionState state() {
        return states.get(states.size() - 1);
    }

    Collection<NodeState> rows() {
        return rows.values();
    }

    Optional<NodeState> row(int node) {
        return Optional.ofNullable(rows.get(node));
    }

    /** A user gives a command. */
    PendingCommand tried(Command command) {
        killTried |= command instanceof Command.Kill;
        PendingCommand pending = new PendingCommand(command, states.size() - 1, ++events);
        pendings.add(pending);
        return pending;
    }

    boolean wasKillTried() {
        return killTried;
    }

    void sent(Command command) {
        waiting.merge(command.getClass(), 1, Integer::sum);
    }

    /** Somebody has claimed the final execution, to open a round: commands that are waiting are too late. */
    void claimedFinal(Lease lease) {
        owner = lease;
        lateCommands = waiting.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A command that was stored is taken for carried out. */
    void carriedOut(Command command) {
        lateCommands--;
        waiting.merge(command.getClass(), -1, Integer::sum);
        rules.require(
                !(command instanceof Command.Kill) || isDecided(state()),
                "a kill of execution %d is taken for carried out, but it shows %s",
                execId,
                Texts.of(state()));
    }

    private static boolean isDecided(ExecutionState state) {
        return state.status().isFinal() || state.cause().isPresent();
    }

    /** A query showed a state; it must have been stored at some time since a mark. */
    void queried(Status status, int mark) {
        rules.require(
                states.subList(mark, states.size()).stream().anyMatch(state -> state.status() == status),
                "a query shows execution %d as %s, but it is %s",
                execId,
                status,
                Texts.of(state()));
    }

    int mark() {
        return states.size() - 1;
    }

    /**
     * A command was acknowledged: it is stored, or took effect in one of the states since it was given, or needed none. A
     * pause and a resume that were on their way together may leave no trace.
     */
    void acknowledged(PendingCommand pending) {
        Command command = pending.command();
        boolean kill = command instanceof Command.Kill;
        boolean seen = waiting.getOrDefault(command.getClass(), 0) > 0 || !kill && contradicted(pending);
        for (ExecutionState state : states.subList(pending.mark(), states.size())) {
            boolean paused = state.status() == Status.PAUSED;
            seen |= isDecided(state)
                    || command instanceof Command.Pause && paused
                    || command instanceof Command.Resume && !paused;
        }
        if (waiting.getOrDefault(command.getClass(), 0) == 0) {
            pending.end(++events);
        }
        rules.require(seen, "%s of execution %d was acknowledged, but it shows %s", command, execId, Texts.of(state()));
    }

    private boolean contradicted(PendingCommand pending) {
        return pendings.stream().anyMatch(other -> other.contradicts(pending));
    }

    /** A change took effect. */
    void committed(Lease lease, ExecutionChange change) {
        ExecutionState before = state();
        ExecutionState after = change.state();
        boolean opens = after.round() == before.round() + 1;
        rules.require(
                opens ? before.status().isFinal() : after.round() == before.round(),
                "execution %d goes from %s to %s",
                execId,
                Texts.of(before),
                Texts.of(after));
        rules.require(
                !opens || lateCommands <= 0,
                "%d commands came too late for execution %d, and hit its next round",
                lateCommands,
                execId);
        rules.require(
                opens || !before.status().isFinal() || after.status() == before.status(),
                "execution %d was %s, and becomes %s",
                execId,
                Texts.of(before),
                Texts.of(after));
        change.nodes().forEach(row -> changed(lease, row));
        if (!after.equals(before)) {
            states.add(after);
        }
        if (after.status().isFinal() && (opens || !before.status().isFinal())) {
            ends++;
            rules.ended(this);
            endHeard.accept(this);
        }
    }

    private void changed(Lease lease, NodeState row) {
        Optional<NodeState> before = Optional.ofNullable(rows.put(row.node(), row));
        int last = before.map(NodeState::attempt).orElse(0);
        boolean sameRound = before.isPresent() && before.get().round() == row.round();
        rules.require(
                row.attempt() == last || row.attempt() == last + 1,
                "node %s goes from attempt %d to %s",
                name(row.node()),
                last,
                Texts.of(row));
        if (sameRound && before.get().status().isFinal()) {
            rules.require(
                    row.status() == before.get().status() && row.attempt() == last,
                    "node %s had its end as %s, and becomes %s",
                    name(row.node()),
                    Texts.of(before.get()),
                    Texts.of(row));
        }
        boolean begins = row.attempt() == last + 1;
        if (row.status() == Status.RUNNING) {
            rules.require(
                    begins || before.get().status() == Status.RUNNING,
                    "node %s runs again without a new attempt: %s",
                    name(row.node()),
                    Texts.of(row));
            started.putIfAbsent(key(row.node(), row.attempt()), lease);
        }
        shown.add(new Shown(row.node(), row.attempt(), row.status()));
        countFailure(row);
        if (begins || before.isPresent() && before.get().status() == Status.RUNNING) {
            attemptEnded(lease, row);
        }
    }

    private static Shown key(int node, int attempt) {
        return new Shown(node, attempt, Status.RUNNING);
    }

    private void countFailure(NodeState row) {
        boolean ended = row.status() == Status.WAITING_RES || row.status() == Status.FAILED;
        boolean failed = ended && !row.cause().equals(Optional.of(Cause.LOST)) && !isUnverified(row);
        if (failed) {
            failures.add(new Failure(row.node(), row.round(), row.attempt()));
        }
        long counted = failures.stream()
                .filter(one -> one.node() == row.node() && one.round() == row.round())
                .count();
        int most = shape.node(row.node()).retry().maxAttempts();
        rules.require(
                row.status() == Status.INIT || row.failures() >= counted && row.failures() <= most,
                "node %s has failed %d times, may fail %d times, and shows %s",
                name(row.node()),
                counted,
                most,
                Texts.of(row));
        rules.require(
                row.status() != Status.FAILED || !failed || row.failures() == most,
                "node %s may fail %d times, and has its end as %s with %d failures",
                name(row.node()),
                most,
                Texts.of(row),
                row.failures());
    }

    /** An attempt that has an end in the books has one in the world, and the same. */
    private void attemptEnded(Lease lease, NodeState row) {
        Node node = shape.node(row.node());
        if (node.type().equals(Shape.VIRTUAL)) {
            return;
        }
        boolean ran = started.containsKey(key(row.node(), row.attempt()));
        if (row.status() == Status.SUCCESS) {
            rules.require(ran, "node %s succeeded without having run", name(row.node()));
            rules.require(
                    jobs.succeeded(execId, node.name(), row.attempt()),
                    "node %s is recorded as %s, but its job did not succeed",
                    name(row.node()),
                    Texts.of(row));
            String output = jobs.output(execId, node.name(), row.attempt());
            String log = logs.stream(new JobId(execId, node.name()), row.attempt());
            rules.require(output.equals(log), "%s put out%n%sbut its log has%n%s", name(row.node()), output, log);
        }
        boolean over = row.status() == Status.SUCCESS
                || row.status() == Status.WAITING_RES
                || row.status() == Status.FAILED
                || row.status() == Status.KILL;
        if (ran && over && !isUnverified(row) && lease.equals(started.get(key(row.node(), row.attempt())))) {
            rules.require(
                    !jobs.isAlive(execId, node.name(), row.attempt()),
                    "node %s is recorded as %s, but its job is running",
                    name(row.node()),
                    Texts.of(row));
        }
    }

    /** Whether nobody could tell in time that the job is gone. */
    private static boolean isUnverified(NodeState row) {
        return row.cause().equals(Optional.of(Cause.KILL_UNVERIFIED))
                || row.message().contains("could not be verified");
    }

    private String name(int node) {
        return execId + "." + shape.node(node).name();
    }

    boolean isRunning(String nodeName, int attempt) {
        NodeState row = rows.get(shape.number(nodeName));
        return row != null && row.status() == Status.RUNNING && row.attempt() == attempt;
    }

    /** A job starts. */
    void starts(String nodeName, int attempt) {
        int node = shape.number(nodeName);
        Lease recorder = started.get(key(node, attempt));
        rules.require(recorder != null, "attempt %d of %s starts without a record", attempt, name(node));
        for (int other = 1; other < attempt; other++) {
            boolean same = recorder != null && recorder.equals(started.get(key(node, other)));
            rules.require(
                    !same || rows.get(node).round() > 1 || !jobs.isAlive(execId, nodeName, other),
                    "attempt %d of %s starts while attempt %d runs",
                    attempt,
                    name(node),
                    other);
        }
    }

    /** A listener heard that a node went over to a state. */
    void heard(String nodeName, int attempt, Status to) {
        int node = shape.number(nodeName);
        // why: a start and an end that were stored together show only the end
        boolean stored = to == Status.RUNNING
                ? shown.stream().anyMatch(one -> one.node() == node && one.attempt() == attempt)
                : !to.isFinal() || shown.contains(new Shown(node, attempt, to));
        rules.require(
                stored, "a listener hears that attempt %d of %s is %s, which is not stored", attempt, name(node), to);
    }

    /** A listener heard of the end of the execution. */
    void heardEnd(SimulatedProcess process, Status end) {
        rules.require(
                states.stream().anyMatch(state -> state.status() == end),
                "a listener hears that execution %d is %s, which is not stored",
                execId,
                end);
        rules.require(
                endsHeard.merge(process, 1, Integer::sum) <= ends,
                "a listener of %s hears more ends of execution %d than there were",
                process,
                execId);
    }
}

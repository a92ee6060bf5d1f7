package dev.remora.internal.run;

import dev.remora.internal.run.ReferenceNode.Phase;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What must hold after each event, whatever the rules say, and whether the reference agrees. */
final class RunChecks {
    private final RunDriver driver;
    private final Map<Integer, NodeState> stored = new TreeMap<>();
    private final Map<Integer, Integer> starts = new HashMap<>();
    private final Map<Integer, Integer> losses = new HashMap<>();
    private final Map<Integer, Status> told = new HashMap<>();
    private final Set<Integer> touched = new LinkedHashSet<>();
    private ExecutionState state;
    private Status toldOfExecution;
    private int givenUpBefore;
    private boolean finalBefore;
    private boolean lookingAway;

    RunChecks(RunDriver driver) {
        this.driver = driver;
    }

    void newRound(ExecutionState begins, List<NodeState> rows) {
        state = begins;
        toldOfExecution = begins.status();
        stored.clear();
        rows.forEach(row -> stored.put(row.node(), row));
        starts.clear();
        losses.clear();
        told.clear();
    }

    Run restored() {
        driver.check(!driver.run.changed(), () -> "has changes that nobody took");
        return Run.of(driver.definition, driver.settings, state, rows());
    }

    List<NodeState> rows() {
        return new ArrayList<>(stored.values());
    }

    /** For events that were looked at before, when they were played in the same order. */
    void lookAway(boolean away) {
        lookingAway = away;
    }

    // While something happens

    void before() {
        touched.clear();
        givenUpBefore = driver.unverified.size();
        finalBefore = driver.run.status().isFinal();
    }

    void started(int node) {
        driver.check(!driver.running.contains(node), () -> "starts twice at once: " + node);
        int budget = driver.definition.retry(node).maxAttempts() + 2;
        int times = starts.merge(node, 1, Integer::sum);
        int lost = losses.getOrDefault(node, 0);
        driver.check(times <= budget - 2 + lost, () -> node + " starts " + times + " times");
        for (String name : driver.definition.node(node).dep()) {
            int dependency = driver.number(name);
            driver.check(
                    driver.run.status(dependency).isFinal(),
                    () -> node + " starts before its dependency " + name + " ended");
            boolean mustBeOk = state.round() == 1 && !driver.definition.allDone(node);
            Status status = driver.run.status(dependency);
            driver.check(
                    !mustBeOk || status == Status.SUCCESS || status == Status.SKIPPED,
                    () -> node + " starts behind " + name + ", which is " + status);
        }
    }

    void lost(int node) {
        losses.merge(node, 1, Integer::sum);
    }

    void nodeChanged(int node, Status from, Status to) {
        touched.add(node);
        driver.check(from != to, () -> "says " + node + " changed from " + from + " to itself");
        Status known = told.put(node, to);
        driver.check(known == null || known == from, () -> "says " + node + " was " + from + "; it was " + known);
        driver.check(!from.isFinal(), () -> "says " + node + " left its end " + from);
    }

    void executionChanged(Status from, Status to) {
        driver.check(from != to, () -> "says the execution changed from " + from + " to itself");
        driver.check(toldOfExecution == from, () -> "says it was " + from + "; it was " + toldOfExecution);
        driver.check(!from.isFinal(), () -> "says the execution left its end " + from);
        toldOfExecution = to;
    }

    // Afterwards

    void after(int node) {
        if (node >= 0) {
            touched.add(node);
        }
        Run run = driver.run;
        driver.check(run.nextDeadline() > driver.now, () -> "is still due at " + run.nextDeadline());
        take();
        driver.running.removeIf(it -> run.status(it) != Status.RUNNING);
        driver.stopping.removeIf(it -> !driver.running.contains(it));
        if (lookingAway) {
            return;
        }
        driver.check(toldOfExecution == run.status(), () -> "is " + run.status() + ", said " + toldOfExecution);
        for (int changed : touched) {
            consistent(changed);
        }
        if (run.status().isFinal()) {
            driver.check(driver.running.isEmpty(), () -> "is final while " + driver.running + " run");
            driver.check(run.nextDeadline() == Long.MAX_VALUE, () -> "is final and waits for time");
            driver.queue.clear();
        }
        driver.reference.ifPresent(this::agrees);
    }

    private void take() {
        Run run = driver.run;
        if (!run.changed()) {
            driver.check(run.state().equals(state), () -> "changed without saying so: " + run.state());
            return;
        }
        ExecutionChange change = run.takeChange();
        driver.check(!finalBefore, () -> "changes after its end: " + change);
        driver.check(change.execId() == RunDriver.EXEC_ID && !change.replacesNodes(), () -> "change is odd: " + change);
        driver.check(!run.changed(), () -> "still says it changed");
        driver.check(change.state().equals(run.state()), () -> "stores " + change.state() + ", is " + run.state());
        state = change.state();
        Set<Integer> seen = new LinkedHashSet<>();
        for (NodeState row : change.nodes()) {
            driver.check(seen.add(row.node()), () -> "stores a node twice: " + row);
            NodeState before = stored.put(row.node(), row);
            boolean endedBefore = before != null
                    && before.round() == row.round()
                    && before.status().isFinal();
            driver.check(!endedBefore, () -> "writes over an end: " + before + " with " + row);
            driver.check(row.round() == state.round(), () -> "writes a row of another round: " + row);
            touched.add(row.node());
        }
    }

    private void consistent(int node) {
        Run run = driver.run;
        Status status = run.status(node);
        NodeState row = stored.get(node);
        if (row != null) {
            driver.check(row.equals(run.row(node)), () -> "stored " + row + ", is " + run.row(node));
            boolean setBack = row.status() == Status.INIT;
            driver.check(setBack || row.status() == status, () -> "stored " + row + ", shows " + status);
        } else {
            boolean initial = !status.isFinal() && status != Status.RUNNING || status == Status.SKIPPED;
            driver.check(initial, () -> node + " is " + status + ", but nothing is stored");
        }
        Status said = told.get(node);
        driver.check(said == null || said == status, () -> "said " + node + " is " + said + ", it is " + status);
    }

    private void agrees(ReferenceRun reference) {
        Run run = driver.run;
        same("execution", reference.shows(), run.status());
        same("cause of the execution", reference.cause(), orNull(run.state().cause()));
        driver.check(
                run.nextDeadline() == reference.nextDeadline(),
                () -> "next deadline is " + run.nextDeadline() + ", expected " + reference.nextDeadline());
        Set<Integer> givenUp = new LinkedHashSet<>(driver.unverified);
        driver.check(
                reference.unverified.equals(givenUp), () -> "gave up " + givenUp + ", not " + reference.unverified);
        driver.check(driver.unverified.size() >= givenUpBefore, () -> "took back what it gave up");
        for (ReferenceNode node : reference.nodes) {
            agrees(reference, node);
        }
        for (int node : new ArrayList<>(driver.queue)) {
            stale(reference, node);
        }
    }

    private void agrees(ReferenceRun reference, ReferenceNode node) {
        Run run = driver.run;
        int number = node.number;
        Status expected = reference.shows(node);
        same(node.name, expected, run.status(number));
        same("attempt of " + node.name, node.counts() ? node.attempt : 0, run.attempt(number));
        boolean tells = expected == Status.RUNNING || expected.isFinal() && expected != Status.SKIPPED;
        if (tells) {
            same(
                    "cause of " + node.name,
                    reference.cause(node),
                    orNull(run.row(number).cause()));
        }
        if (node.phase == Phase.BACKING_OFF) {
            same(
                    "next attempt of " + node.name,
                    node.retryAt,
                    Math.max(node.retryAt, run.row(number).retryAt()));
        }
        same("stopping " + node.name, node.isStopping(), driver.stopping.contains(number));
        if (reference.isReady(node)) {
            boolean announced = driver.queue.contains(number) || !reference.mayStart(node);
            driver.check(announced, () -> node.name + " may start, but was not announced");
        }
        boolean leftInitialState = node.plays() && (node.phase != Phase.WAITING);
        boolean hasRow = stored.containsKey(number);
        boolean hadRow = state.round() > 1 && node.counts();
        driver.check(hasRow == leftInitialState || hadRow, () -> node.name + " stored: " + hasRow);
    }

    /** What was announced and may not start any more must be refused without a trace. */
    private void stale(ReferenceRun reference, int number) {
        Run run = driver.run;
        ReferenceNode node = reference.nodes.get(number);
        if (!reference.isReady(node)) {
            driver.queue.remove(number);
            driver.check(!run.start(number, driver.now, driver), () -> "lets " + node.name + " start");
            driver.check(!run.changed(), () -> "changes by a refused start of " + node.name);
        }
    }

    private void same(String what, Object expected, Object actual) {
        driver.check(
                expected == null ? actual == null : expected.equals(actual),
                () -> what + " is " + actual + ", expected " + expected);
    }

    private static Cause orNull(Optional<Cause> cause) {
        return cause.orElse(null);
    }

    /** The first look at a new round. */
    void inherits(ExecutionChange change) {
        ExecutionState before = driver.run.state();
        ExecutionState begins = change.state();
        driver.check(change.execId() == RunDriver.EXEC_ID, () -> "another execution: " + change);
        driver.check(
                begins.status() == Status.INIT
                        && begins.round() == before.round() + 1
                        && begins.startedAt() == before.startedAt()
                        && begins.roundStartedAt() == 0
                        && begins.deadlineAt() == 0
                        && begins.pausedAt() == 0,
                () -> "a round begins with " + begins);
        driver.reference.ifPresent(reference -> {
            Set<Cause> kept = ReferenceRerun.keptFailures(reference);
            driver.check(
                    begins.cause().map(kept::contains).orElse(kept.isEmpty()),
                    () -> "a round begins with cause " + begins.cause() + ", keeps failures " + kept);
            reference.beginWithCause(orNull(begins.cause()));
            driver.check(
                    reference.nodes.stream().anyMatch(ReferenceNode::plays), () -> "a round with nothing to do begins");
        });
    }
}

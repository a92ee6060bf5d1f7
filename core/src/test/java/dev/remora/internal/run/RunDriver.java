package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.Cause;
import dev.remora.model.Node;
import dev.remora.model.RerunRequest;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.JobResult;
import dev.remora.spi.NodeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Does to a {@link Run} what an engine would do: keeps the queue of ready nodes, the running jobs, the clock and what was
 * stored. After each event {@link RunChecks} looks at what must always hold, and {@link ReferenceRun}, driven by the same
 * events, must agree.
 */
final class RunDriver implements RunOutput {
    /** All events but deadlines happen at multiples of this many milliseconds. */
    static final long UNIT = 1_000_000;

    static final long EXEC_ID = 77;

    final RunChecks checks = new RunChecks(this);
    final Set<Integer> queue = new LinkedHashSet<>();
    final Set<Integer> running = new LinkedHashSet<>();
    final Set<Integer> stopping = new LinkedHashSet<>();
    final Set<Integer> unverified = new LinkedHashSet<>();
    Definition definition;
    RunSettings settings;
    Run run;
    Optional<ReferenceRun> reference;
    long now = UNIT;

    private final StringBuilder story = new StringBuilder();

    static RunSetup of(Node.Builder... nodes) {
        return new RunSetup(Nodes.define(nodes));
    }

    static RunSetup of(Definition definition) {
        return new RunSetup(definition);
    }

    RunDriver(RunSetup setup) {
        definition = setup.definition;
        settings =
                new RunSettings(EXEC_ID, setup.selected, setup.policy, setup.timeout, setup.grace, setup.verification);
        run = Run.of(definition, settings, ExecutionState.accepted(1), List.of());
        reference = setup.compared ? Optional.of(new ReferenceRun(definition, settings)) : Optional.empty();
        checks.newRound(ExecutionState.accepted(1), List.of());
    }

    static BitSet numbers(Definition definition, String... names) {
        BitSet numbers = new BitSet();
        for (String name : names) {
            numbers.set(definition.dag().number(name).orElseThrow());
        }
        return numbers;
    }

    int number(String name) {
        return definition.dag().number(name).orElseThrow();
    }

    // Events

    RunDriver open() {
        return event("open", -1, () -> run.open(now, this), () -> reference.ifPresent(it -> it.open(now)));
    }

    RunDriver noSlot() {
        return event("noSlot", -1, () -> run.noSlot(this), () -> reference.ifPresent(ReferenceRun::noSlot));
    }

    /** Starts a node that was announced; fails if it may not start. */
    RunDriver start(int node) {
        if (!tryStart(node)) {
            throw difference("does not let " + definition.node(node).name() + " start");
        }
        return this;
    }

    boolean tryStart(int node) {
        boolean[] granted = new boolean[2];
        queue.remove(node);
        event(
                "start",
                node,
                () -> {
                    granted[0] = run.start(node, now, this);
                    if (granted[0]) {
                        checks.started(node);
                        running.add(node);
                    }
                },
                () -> granted[1] = reference.map(it -> it.start(node, now)).orElse(granted[0]));
        if (granted[0] != granted[1]) {
            throw difference("start of " + definition.node(node).name() + ": granted " + granted[0] + ", expected "
                    + granted[1]);
        }
        return granted[0];
    }

    RunDriver end(int node, JobResult result) {
        return ended(node, run.attempt(node), result);
    }

    RunDriver ended(int node, int attempt, JobResult result) {
        String what = (result.succeeded() ? "succeed" : "fail") + (result.beforeStop() ? "BeforeStop" : "");
        return event(
                what,
                node,
                () -> run.ended(node, attempt, result, now, this),
                () -> reference.ifPresent(it -> it.ended(node, attempt, result, now)));
    }

    RunDriver lost(int node) {
        int attempt = run.attempt(node);
        checks.lost(node);
        return event(
                "lost",
                node,
                () -> run.lost(node, attempt, now, this),
                () -> reference.ifPresent(it -> it.lost(node, attempt, now)));
    }

    RunDriver kill(Cause cause) {
        return event(
                "kill", -1, () -> run.kill(cause, now, this), () -> reference.ifPresent(it -> it.kill(cause, now)));
    }

    RunDriver pause() {
        return event("pause", -1, () -> run.pause(now, this), () -> reference.ifPresent(it -> it.pause(now)));
    }

    RunDriver resume() {
        return event("resume", -1, () -> run.resume(now, this), () -> reference.ifPresent(it -> it.resume(now)));
    }

    /** Lets time pass; every deadline on the way takes effect at its moment. */
    RunDriver pass(long millis) {
        long until = now + millis;
        while (run.nextDeadline() <= until) {
            now = Math.max(now, run.nextDeadline());
            tick();
        }
        now = Math.floorDiv(until + UNIT - 1, UNIT) * UNIT;
        return tick();
    }

    private RunDriver tick() {
        return event("tick@" + now, -1, () -> {}, () -> {});
    }

    /** The engine dies, another takes over from what is stored. */
    RunDriver restore() {
        queue.clear();
        stopping.clear();
        return event(
                "restore",
                -1,
                () -> {
                    run = checks.restored();
                    run.open(now, this);
                },
                () -> reference.ifPresent(it -> it.reopen(now)));
    }

    RunDriver rerun(RerunRequest request) {
        return rerun(request, definition, settings.selected());
    }

    RunDriver rerun(RerunRequest request, Definition after, BitSet selected) {
        ExecutionChange change = Rerun.open(
                EXEC_ID,
                request,
                definition,
                after,
                after == definition ? run.state().version() : run.state().version() + 1,
                selected,
                run.state(),
                checks.rows());
        RunSettings next = new RunSettings(
                EXEC_ID,
                selected,
                settings.policy(),
                settings.timeoutMillis(),
                settings.graceMillis(),
                settings.verificationMillis());
        reference = reference.map(it -> ReferenceRerun.open(it, request, after, next));
        checks.inherits(change);
        definition = after;
        settings = next;
        queue.clear();
        unverified.clear();
        checks.newRound(change.state(), change.nodes());
        run = Run.of(definition, settings, change.state(), change.nodes());
        story.append(" | rerun ")
                .append(request.scope())
                .append(request.fromNode().orElse(""));
        return open();
    }

    private RunDriver event(String what, int node, Runnable real, Runnable expected) {
        story.append(' ').append(what);
        if (node >= 0) {
            story.append(' ').append(definition.node(node).name());
        }
        checks.before();
        real.run();
        expected.run();
        int ticks = 0;
        do {
            run.tick(now, this);
            reference.ifPresent(it -> it.tick(now));
        } while (run.nextDeadline() <= now && ++ticks < 5);
        checks.after(node);
        return this;
    }

    // By name

    RunDriver start(String... names) {
        return each(names, this::start);
    }

    RunDriver succeed(String... names) {
        return each(names, node -> end(node, JobResult.success()));
    }

    RunDriver fail(String... names) {
        return each(names, node -> end(node, failure()));
    }

    RunDriver succeedBeforeStop(String name) {
        return end(number(name), JobResult.success().endedBeforeStop());
    }

    RunDriver failBeforeStop(String name) {
        return end(number(name), failure().endedBeforeStop());
    }

    /** The job is gone, as it was told to. */
    RunDriver gone(String... names) {
        return each(names, node -> end(node, JobResult.failed(Cause.EXIT_CODE, "143")));
    }

    RunDriver lost(String name) {
        return lost(number(name));
    }

    RunDriver kill() {
        return kill(Cause.USER_KILL);
    }

    RunDriver run(String... names) {
        return each(names, node -> start(node).end(node, JobResult.success()));
    }

    private RunDriver each(String[] names, IntConsumer action) {
        for (String name : names) {
            action.accept(number(name));
        }
        return this;
    }

    static JobResult failure() {
        return JobResult.failed(Cause.EXIT_CODE, "1");
    }

    // What can be seen

    /** What the execution and its nodes show, each with its cause: {@code FAILED(EXIT_CODE): a FAILED(EXIT_CODE), b SUCCESS}. */
    String shows() {
        List<String> nodes = new ArrayList<>();
        for (int node = 0; node < definition.size(); node++) {
            nodes.add(definition.node(node).name() + " " + shows(node));
        }
        return shows(run.status(), run.state().cause()) + ": " + String.join(", ", nodes);
    }

    String shows(String name) {
        return shows(number(name));
    }

    private String shows(int node) {
        Status status = run.status(node);
        boolean tells = status.isFinal() && status != Status.SKIPPED || status == Status.RUNNING;
        return shows(status, tells ? run.row(node).cause() : Optional.empty());
    }

    private static String shows(Status status, Optional<Cause> cause) {
        return status + cause.map(it -> "(" + it + ")").orElse("");
    }

    NodeState row(String name) {
        return run.row(number(name));
    }

    /** The nodes that wait for a slot, in the order they were announced. */
    List<String> ready() {
        return names(queue);
    }

    List<String> stopping() {
        return names(stopping);
    }

    List<String> unverified() {
        return names(unverified);
    }

    private List<String> names(Set<Integer> numbers) {
        return numbers.stream().map(node -> definition.node(node).name()).toList();
    }

    AssertionError difference(String what) {
        StringBuilder nodes = new StringBuilder();
        int shown = Math.min(definition.size(), 40);
        for (Node node : definition.workflow().nodes().subList(0, shown)) {
            nodes.append("\n  ").append(node).append(' ').append(node.trigger());
            nodes.append(node.disabled() ? " disabled" : "").append(' ').append(node.onLost());
            nodes.append(" attempts=").append(node.retry().maxAttempts());
            node.timeout().ifPresent(limit -> nodes.append(" timeout=").append(limit.toMillis()));
        }
        String told = story.length() > 4000 ? "…" + story.substring(story.length() - 4000) : story.toString();
        return new AssertionError(what + "\n " + settings + nodes + "\n events:" + told);
    }

    /** Fails with the whole story unless it holds. */
    void check(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw difference(otherwise.get());
        }
    }

    // What the run says

    @Override
    public void ready(int node) {
        queue.add(node);
    }

    @Override
    public void stop(int node, int attempt) {
        check(running.contains(node) && attempt == run.attempt(node), () -> "stops no running attempt: " + node);
        check(stopping.add(node), () -> "tells " + node + " to stop twice");
    }

    @Override
    public void unverified(int node, int attempt) {
        check(stopping.contains(node), () -> "gives up " + node + ", which it did not tell to stop");
        check(unverified.add(node), () -> "gives up " + node + " twice");
    }

    @Override
    public void nodeChanged(int node, Status from, Status to, Cause cause) {
        checks.nodeChanged(node, from, to);
    }

    @Override
    public boolean hearsWaiting() {
        return reference.isPresent();
    }

    @Override
    public void executionChanged(Status from, Status to, Cause cause) {
        checks.executionChanged(from, to);
    }
}

package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.run.ReferenceNode.Phase;
import dev.remora.internal.run.ReferenceNode.Stop;
import dev.remora.model.Cause;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Status;
import dev.remora.spi.JobResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of specification §4 and §5 once more, as plainly as they can be said: whatever follows from the states of
 * the nodes is worked out anew after each event. Slow on purpose; {@link Run} is compared with it.
 */
final class ReferenceRun {
    private static final long NEVER = ReferenceNode.NEVER;

    final Definition definition;
    final RunSettings settings;
    final List<ReferenceNode> nodes = new ArrayList<>();
    final int round;

    /** Nodes given up, because nobody could verify in time that they are gone. */
    final Set<Integer> unverified = new TreeSet<>();

    private long now;
    private boolean started;
    private boolean waitsForSlot;
    private boolean paused;
    private long pausedAt;
    private long deadline = NEVER;
    private boolean killed;
    private boolean timeUp;
    private boolean causeIsKill;
    private Cause cause;
    private Status end;

    ReferenceRun(Definition definition, RunSettings settings) {
        this(definition, settings, 1);
        nodes.forEach(node -> node.takesPart = node.selected);
        link();
    }

    ReferenceRun(Definition definition, RunSettings settings, int round) {
        this.definition = definition;
        this.settings = settings;
        this.round = round;
        for (int number = 0; number < definition.size(); number++) {
            nodes.add(new ReferenceNode(
                    number,
                    definition.node(number).name(),
                    settings.selected().get(number),
                    definition.disabled(number),
                    definition.allDone(number),
                    definition.instant(number)));
        }
    }

    /** Edges from nodes that do not take part count as met, so they are left out. */
    void link() {
        for (ReferenceNode node : nodes) {
            node.dependencies = definition.node(node.number).dep().stream()
                    .map(name -> nodes.get(definition.dag().number(name).orElseThrow()))
                    .filter(dependency -> dependency.takesPart)
                    .toList();
        }
    }

    // Events

    void open(long time) {
        now = time;
        settle();
    }

    /**
     * Another engine goes on: it asks again for what is being stopped, so the time allowed for that begins anew; that a
     * paused run waited for a slot is not stored.
     */
    void reopen(long time) {
        now = time;
        waitsForSlot &= !paused;
        nodes.stream().filter(ReferenceNode::isStopping).forEach(node -> node.stopAt = now + stopMillis(node));
        settle();
    }

    void noSlot() {
        waitsForSlot = waitsForSlot || shows() == Status.INIT;
    }

    boolean start(int number, long time) {
        now = time;
        ReferenceNode node = nodes.get(number);
        if (!mayStart(node)) {
            return false;
        }
        begin(node);
        settle();
        return true;
    }

    void ended(int number, int attempt, JobResult result, long time) {
        now = time;
        ReferenceNode node = nodes.get(number);
        if (node.phase != Phase.RUNNING || node.attempt != attempt) {
            return;
        }
        boolean counts = node.stop == Stop.NONE || result.beforeStop();
        if (counts && result.succeeded()) {
            node.end(Status.SUCCESS, null);
        } else if (counts) {
            attemptFailed(node, result.cause().orElseThrow());
        } else if (node.stop == Stop.NODE_TIMEOUT) {
            attemptFailed(node, Cause.TIMEOUT);
        } else {
            node.end(Status.KILL, node.stopCause);
        }
        settle();
    }

    void lost(int number, int attempt, long time) {
        now = time;
        ReferenceNode node = nodes.get(number);
        if (node.phase != Phase.RUNNING || node.attempt != attempt) {
            return;
        }
        if (node.stop == Stop.NODE_TIMEOUT) {
            attemptFailed(node, Cause.TIMEOUT);
        } else if (node.stop != Stop.NONE) {
            node.end(Status.KILL, node.stopCause);
        } else {
            node.losses++;
            if (!definition.rerunsWhenLost(number) || node.losses == 3) {
                failForGood(node, Cause.LOST);
            } else {
                node.phase = Phase.BACKING_OFF;
                node.retryAt = now;
            }
        }
        settle();
    }

    void tick(long time) {
        now = time;
        if (executionDeadline() <= now) {
            timeUp = true;
            decide(Cause.TIMEOUT);
            stopEverything(Stop.EXECUTION_TIMEOUT, Cause.EXECUTION_TIMEOUT);
        }
        for (ReferenceNode node : nodes) {
            if (node.isStopping() && node.stopAt <= now) {
                unverified.add(node.number);
                if (node.stop == Stop.NODE_TIMEOUT) {
                    failForGood(node, Cause.TIMEOUT);
                } else {
                    node.end(Status.KILL, Cause.KILL_UNVERIFIED);
                }
            }
        }
        for (ReferenceNode node : nodes) {
            if (node.phase == Phase.RUNNING && node.timeoutAt <= now) {
                tellToStop(node, Stop.NODE_TIMEOUT, Cause.TIMEOUT);
            }
        }
        settle();
    }

    void kill(Cause why, long time) {
        now = time;
        if (end != null || killed || timeUp) {
            return;
        }
        killed = true;
        paused = false;
        causeIsKill = cause == null;
        decide(why);
        stopEverything(Stop.COMMAND, why);
        settle();
    }

    void pause(long time) {
        now = time;
        if (end == null && !paused && !killed && !timeUp) {
            paused = true;
            pausedAt = now;
        }
    }

    void resume(long time) {
        now = time;
        if (paused && end == null) {
            paused = false;
            deadline = deadline == NEVER ? NEVER : deadline + now - pausedAt;
            settle();
        }
    }

    // Rules

    private void begin(ReferenceNode node) {
        node.phase = Phase.RUNNING;
        node.attempt++;
        node.stop = Stop.NONE;
        node.retryAt = NEVER;
        node.cause = null;
        long allowed = definition.timeoutMillis(node.number);
        node.timeoutAt = allowed == 0 ? NEVER : now + allowed;
        if (!started) {
            started = true;
            deadline = settings.timeoutMillis() == 0 ? NEVER : now + settings.timeoutMillis();
        }
    }

    private boolean attemptsLeft(ReferenceNode node) {
        return node.failures + 1 < definition.retry(node.number).maxAttempts();
    }

    private void attemptFailed(ReferenceNode node, Cause why) {
        if (!attemptsLeft(node)) {
            failForGood(node, why);
        } else if (node.stop == Stop.NONE || node.stop == Stop.NODE_TIMEOUT) {
            node.failures++;
            node.losses = 0;
            node.phase = Phase.BACKING_OFF;
            node.retryAt = now + definition.retry(node.number).delayMillis(node.failures, 0);
        } else {
            node.end(Status.KILL, node.stopCause);
        }
    }

    private void failForGood(ReferenceNode failed, Cause why) {
        failed.end(Status.FAILED, why);
        decide(why);
        if (settings.policy() == FailurePolicy.CONTINUE) {
            return;
        }
        Set<ReferenceNode> descendants = descendants(failed);
        for (ReferenceNode node : nodes) {
            if (!node.plays() || node.cleanUp) {
                continue;
            }
            if (node.phase == Phase.WAITING && descendants.contains(node)) {
                node.end(Status.DEP_FAILED, null);
            } else if (node.phase == Phase.WAITING) {
                node.end(Status.KILL, Cause.POLICY);
            } else if (settings.policy() == FailurePolicy.END) {
                stopNode(node, Stop.POLICY, Cause.POLICY);
            }
        }
    }

    private Set<ReferenceNode> descendants(ReferenceNode of) {
        Set<ReferenceNode> found = new HashSet<>(Set.of(of));
        boolean more = true;
        while (more) {
            more = false;
            for (ReferenceNode node : nodes) {
                more |= node.takesPart && node.dependencies.stream().anyMatch(found::contains) && found.add(node);
            }
        }
        return found;
    }

    private void stopEverything(Stop stop, Cause why) {
        nodes.stream().filter(ReferenceNode::plays).forEach(node -> stopNode(node, stop, why));
    }

    private void stopNode(ReferenceNode node, Stop stop, Cause why) {
        switch (node.phase) {
            case WAITING, BACKING_OFF -> node.end(Status.KILL, why);
            case RUNNING -> tellToStop(node, stop, why);
            case ENDED -> {}
        }
    }

    private void tellToStop(ReferenceNode node, Stop stop, Cause why) {
        if (node.stop == Stop.NONE) {
            node.stop = stop;
            node.stopCause = why;
            node.stopAt = now + stopMillis(node);
        } else if (node.stop == Stop.NODE_TIMEOUT && stop != Stop.NODE_TIMEOUT && attemptsLeft(node)) {
            node.stop = stop;
            node.stopCause = why;
        }
    }

    private long stopMillis(ReferenceNode node) {
        return settings.graceMillis() + (definition.forcible(node.number) ? settings.verificationMillis() : 0);
    }

    private void decide(Cause why) {
        cause = cause == null ? why : cause;
    }

    /** Lets happen what nobody has to ask for, until nothing more does. */
    private void settle() {
        boolean more = true;
        while (more) {
            more = false;
            for (ReferenceNode node : nodes) {
                if (!node.plays() || node.phase != Phase.WAITING) {
                    continue;
                }
                if (!node.cleanUp && node.dependencies.stream().anyMatch(ReferenceNode::isNotOk)) {
                    node.end(Status.DEP_FAILED, null);
                    more = true;
                } else if (node.instant && mayStart(node)) {
                    begin(node);
                    node.end(Status.SUCCESS, null);
                    more = true;
                }
            }
        }
        if (end == null && nodes.stream().filter(ReferenceNode::plays).allMatch(ReferenceNode::hasEnded)) {
            paused = false;
            conclude();
        }
    }

    private void conclude() {
        if (causeIsKill && killStoppedAny()) {
            end = Status.KILL;
            return;
        }
        Cause decided = causeIsKill ? null : cause;
        if (timeUp || anyIs(Status.FAILED)) {
            end = Status.FAILED;
            cause = decided == null ? causeOfOne(Status.FAILED) : decided;
        } else if (anyIs(Status.KILL)) {
            end = Status.KILL;
            cause = causeOfOne(Status.KILL);
        } else {
            end = Status.SUCCESS;
            cause = null;
        }
    }

    /** A kill that came when every node had, in truth, ended already decides nothing (F30). */
    private boolean killStoppedAny() {
        return nodes.stream()
                .anyMatch(node -> node.plays()
                        && node.end == Status.KILL
                        && (node.cause == cause || node.cause == Cause.KILL_UNVERIFIED));
    }

    /** Which of several decides then is not said anywhere: the first in the order of definition. */
    private Cause causeOfOne(Status status) {
        return nodes.stream()
                .filter(node -> node.counts() && node.end == status)
                .map(node -> node.cause)
                .findFirst()
                .orElseThrow();
    }

    private boolean anyIs(Status status) {
        return nodes.stream().anyMatch(node -> node.counts() && node.end == status);
    }

    private long executionDeadline() {
        return end != null || paused || killed || timeUp ? NEVER : deadline;
    }

    // What can be seen

    /** Whether a start would be granted now. */
    boolean mayStart(ReferenceNode node) {
        return !paused && isReady(node);
    }

    boolean isReady(ReferenceNode node) {
        if (end != null || !node.plays()) {
            return false;
        }
        return switch (node.phase) {
            case WAITING -> node.dependenciesMet();
            case BACKING_OFF -> node.retryAt <= now;
            case RUNNING, ENDED -> false;
        };
    }

    long nextDeadline() {
        long next = executionDeadline();
        for (ReferenceNode node : nodes) {
            if (node.isStopping()) {
                next = Math.min(next, node.stopAt);
            } else if (node.phase == Phase.RUNNING) {
                next = Math.min(next, node.timeoutAt);
            } else if (node.phase == Phase.BACKING_OFF && node.retryAt > now) {
                next = Math.min(next, node.retryAt);
            }
        }
        return next;
    }

    Status shows() {
        if (end != null) {
            return end;
        }
        if (paused) {
            return Status.PAUSED;
        }
        if (started) {
            return Status.RUNNING;
        }
        return waitsForSlot ? Status.WAITING_RES : Status.INIT;
    }

    /** Why the execution goes, or went, as it does; null if there is nothing to say. */
    Cause cause() {
        return cause;
    }

    Status shows(ReferenceNode node) {
        if (!node.counts()) {
            return Status.SKIPPED;
        }
        return switch (node.phase) {
            case ENDED -> node.end;
            case RUNNING -> Status.RUNNING;
            case BACKING_OFF -> Status.WAITING_RES;
            case WAITING -> started ? (isReady(node) ? Status.WAITING_RES : Status.WAITING_DEP) : Status.INIT;
        };
    }

    /** Why the node ended or is being stopped; null if there is nothing to say. */
    Cause cause(ReferenceNode node) {
        return switch (node.phase) {
            case ENDED -> node.cause;
            case RUNNING -> node.isStopping() ? node.stopCause : null;
            case WAITING, BACKING_OFF -> null;
        };
    }

    void beginWithCause(Cause kept) {
        cause = kept;
    }
}

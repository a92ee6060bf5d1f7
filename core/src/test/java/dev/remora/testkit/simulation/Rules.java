package dev.remora.testkit.simulation;

import dev.remora.model.Cause;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.spi.NodeState;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What must be true of a run that has ended; and how the simulation hears of what must not be. */
final class Rules {
    private final Scheduler scheduler;

    Rules(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Something is not as it must be: the simulation ends. */
    void require(boolean holds, String rule, Object... about) {
        if (!holds) {
            scheduler.fail(new AssertionError(String.format(Locale.ROOT, rule, about)));
        }
    }

    /** A round of an execution has ended. */
    void ended(Books books) {
        Shape shape = books.shape();
        Status end = books.state().status();
        int[] taking = IntStream.range(0, shape.size())
                .filter(node -> shape.isSelected(node) && !shape.node(node).disabled())
                .toArray();
        boolean anyFailed = false;
        boolean allSucceeded = true;
        for (int node : taking) {
            Status status = status(books, node);
            require(status.isFinal(), "execution %d is %s, but its node %d is %s", books.execId(), end, node, status);
            anyFailed |= status == Status.FAILED;
            allSucceeded &= status == Status.SUCCESS;
            if (books.state().round() == 1) {
                checkDependencies(books, node, status);
            }
            checkKill(books, node, status);
        }
        boolean timeUp = books.state().cause().equals(Optional.of(Cause.TIMEOUT));
        require(
                end != Status.SUCCESS || allSucceeded,
                "execution %d is SUCCESS, but not all of its nodes are",
                books.execId());
        require(
                end != Status.FAILED || anyFailed || timeUp,
                "execution %d is FAILED, but no node is, nor is its time up",
                books.execId());
        require(
                end != Status.KILL || books.wasKillTried() || books.state().round() > 1,
                "execution %d is KILL, but nobody killed it",
                books.execId());
        require(
                books.wasKillTried()
                        || timeUp
                        || end == (anyFailed ? Status.FAILED : Status.SUCCESS)
                        || books.state().round() > 1,
                "execution %d is %s, which does not follow from its nodes",
                books.execId(),
                end);
    }

    private static Status status(Books books, int node) {
        return books.row(node).map(NodeState::status).orElse(Status.INIT);
    }

    private void checkDependencies(Books books, int node, Status status) {
        Shape shape = books.shape();
        boolean met = shape.dependencies(node).stream().allMatch(dependency -> isMet(books, dependency));
        boolean ran = books.row(node).map(NodeState::attempt).orElse(0) > 0;
        boolean needsSuccess = shape.node(node).trigger() == Trigger.ALL_SUCCESS;
        require(
                !ran || !needsSuccess || met,
                "node %d of execution %d ran, but its dependencies had not succeeded",
                node,
                books.execId());
        require(
                status != Status.DEP_FAILED || !ran,
                "node %d of execution %d is DEP_FAILED, but it ran",
                node,
                books.execId());
        require(
                status != Status.DEP_FAILED || !met || shape.options().failurePolicy() != FailurePolicy.CONTINUE,
                "node %d of execution %d is DEP_FAILED, but its dependencies succeeded",
                node,
                books.execId());
    }

    private static boolean isMet(Books books, int node) {
        Shape shape = books.shape();
        if (!shape.isSelected(node)) {
            return true;
        }
        if (!shape.node(node).disabled()) {
            return status(books, node) == Status.SUCCESS;
        }
        return shape.node(node).trigger() == Trigger.ALL_DONE
                || shape.dependencies(node).stream().allMatch(dependency -> isMet(books, dependency));
    }

    private void checkKill(Books books, int node, Status status) {
        Optional<Cause> cause = books.row(node).flatMap(NodeState::cause);
        require(
                status != Status.KILL || !cause.equals(Optional.of(Cause.USER_KILL)) || books.wasKillTried(),
                "node %d of execution %d is KILL, but nobody killed it",
                node,
                books.execId());
        require(
                status != Status.KILL
                        || !cause.equals(Optional.of(Cause.POLICY))
                        || shape(books) != FailurePolicy.CONTINUE,
                "node %d of execution %d is stopped by a policy that stops nothing",
                node,
                books.execId());
    }

    private static FailurePolicy shape(Books books) {
        return books.shape().options().failurePolicy();
    }
}

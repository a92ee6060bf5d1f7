package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.JobResult;
import java.util.Optional;

/** What the end of an attempt means for its node: an end, another attempt after a while, or another one at once. */
final class AttemptEnds {
    private static final Optional<Cause> LOST = Optional.of(Cause.LOST);
    private static final int MOST_LOSSES = 3;
    private static final String NOT_VERIFIED = "told to stop, and could not be verified gone in time";
    private static final String HANDED_OVER = "stopped, as its engine closed";

    private final Run run;
    private final Definition definition;
    private final long execId;
    private final NodeTable nodes;
    private final Deadlines deadlines;

    AttemptEnds(Run run, Definition definition, long execId, NodeTable nodes, Deadlines deadlines) {
        this.run = run;
        this.definition = definition;
        this.execId = execId;
        this.nodes = nodes;
        this.deadlines = deadlines;
    }

    /** The job has ended, by itself or because it was told to stop (F8, F26). */
    void ended(int node, JobResult result, long now, RunOutput out) {
        Cause stop = nodes.cause(node);
        if (!result.begun()) {
            notBegun(node, result.message(), now, out);
        } else if (result.cause().equals(LOST)) {
            vanished(node, result.message(), now, out);
        } else if (stop != null && !result.beforeStop()) {
            stopped(node, stop, now, out);
        } else if (result.succeeded()) {
            nodes.resetLosses(node);
            nodes.outputs(node, result.outputs());
            run.finish(node, Status.SUCCESS, null, "", now, out);
        } else {
            failedAttempt(node, result.cause().orElseThrow(), result.message(), stop, now, out);
        }
    }

    /** The job is gone, and nobody knows how it ended (F31). */
    void vanished(int node, String message, long now, RunOutput out) {
        if (nodes.cause(node) != null) {
            // why: what vanished is gone, which is all that was wanted of it
            stopped(node, nodes.cause(node), now, out);
        } else if (definition.rerunsWhenLost(node) && nodes.countLoss(node) < MOST_LOSSES) {
            setBack(node, message, now, out);
        } else {
            run.finish(node, Status.FAILED, Cause.LOST, message, now, out);
        }
    }

    /** Nothing of the job has ever run, so it may run whatever its node says of losses, and did no harm to its engine. */
    private void notBegun(int node, String message, long now, RunOutput out) {
        if (nodes.cause(node) != null) {
            stopped(node, nodes.cause(node), now, out);
        } else {
            setBack(node, message, now, out);
        }
    }

    /** The job was stopped because its engine closes. */
    void handedOver(int node, long now, RunOutput out) {
        if (nodes.cause(node) == null && definition.rerunsWhenLost(node)) {
            setBack(node, HANDED_OVER, now, out);
        } else {
            vanished(node, HANDED_OVER, now, out);
        }
    }

    /** The job was told to stop, and the time to verify that it is gone is up (F27). */
    void unverified(int node, long now, RunOutput out) {
        out.unverified(node, nodes.attempt(node));
        if (nodes.cause(node) == Cause.TIMEOUT) {
            // why: no further attempt while the one before may still be running (F20)
            run.finish(node, Status.FAILED, Cause.TIMEOUT, timeoutMessage(node) + "; " + NOT_VERIFIED, now, out);
        } else {
            run.finish(node, Status.KILL, Cause.KILL_UNVERIFIED, NOT_VERIFIED, now, out);
        }
    }

    private void stopped(int node, Cause stop, long now, RunOutput out) {
        if (stop == Cause.TIMEOUT) {
            failedAttempt(node, stop, timeoutMessage(node), null, now, out);
        } else {
            run.finish(node, Status.KILL, stop, "", now, out);
        }
    }

    private void failedAttempt(int node, Cause cause, String message, Cause stop, long now, RunOutput out) {
        int failures = nodes.countFailure(node);
        if (failures >= definition.retry(node).maxAttempts()) {
            run.finish(node, Status.FAILED, cause, message, now, out);
        } else if (stop != null && stop != Cause.TIMEOUT) {
            run.finish(node, Status.KILL, stop, message, now, out);
        } else {
            double random = Jitter.of(execId, node, nodes.attempt(node));
            long retryAt = now + definition.retry(node).delayMillis(failures, random);
            nodes.end(node, Status.WAITING_RES, cause, message, now);
            nodes.retryAt(node, retryAt);
            nodes.touch(node);
            deadlines.set(node, retryAt);
            out.nodeChanged(node, Status.RUNNING, Status.WAITING_RES, cause);
        }
    }

    /** The node is tried again at once. */
    private void setBack(int node, String message, long now, RunOutput out) {
        deadlines.clear(node);
        nodes.end(node, Status.WAITING_RES, Cause.LOST, message, now);
        nodes.retryAt(node, now);
        nodes.touch(node);
        out.nodeChanged(node, Status.RUNNING, Status.WAITING_RES, Cause.LOST);
        out.ready(node);
    }

    private String timeoutMessage(int node) {
        return "ran longer than " + definition.timeoutMillis(node) + " ms";
    }
}

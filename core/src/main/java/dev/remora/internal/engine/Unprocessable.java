package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.event.ExecutionEvent;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends executions that this engine owns and cannot go on with, without their rules: FAILED, cause UNPROCESSABLE. */
final class Unprocessable {
    private static final Logger LOG = LoggerFactory.getLogger(Unprocessable.class);
    private static final int LONGEST_MESSAGE = 1000;

    private final EngineParts parts;

    Unprocessable(EngineParts parts) {
        this.parts = parts;
    }

    /**
     * Stores an end, and lets happen what follows one.
     *
     * @throws StorageException if it cannot be stored
     */
    void end(ExecutionRecord record, Lease lease, int tries, Throwable reason) {
        ExecutionState before = record.state();
        ExecutionState failed = new ExecutionState(
                Status.FAILED,
                Optional.of(Cause.UNPROCESSABLE),
                before.version(),
                before.round(),
                before.startedAt(),
                before.roundStartedAt(),
                parts.clock().now(),
                0,
                0);
        store(record, failed, lease, reason);
        LOG.error(
                "execution {} is FAILED, cause {}, as {} tries to go on with it were in vain",
                record.execId(),
                Cause.UNPROCESSABLE,
                tries,
                reason);
        parts.metrics().executionEnded(Status.FAILED);
        parts.listeners()
                .tell(new ExecutionEvent.ExecutionChanged(
                        record.execId(),
                        Instant.ofEpochMilli(failed.endedAt()),
                        record.submission().project(),
                        record.submission().workflow(),
                        before.status(),
                        Status.FAILED,
                        failed.cause()));
        parts.time().ended(record.submission());
        parts.notifications().look();
    }

    private void store(ExecutionRecord record, ExecutionState failed, Lease lease, Throwable reason) {
        Optional<ExecutionState> notice = parts.notifications().noticeOf(record.submission(), failed);
        try {
            List<NodeState> nodes = store().nodes(record.execId()).stream()
                    .filter(node -> !node.status().isFinal())
                    .map(node -> failed(node, failed.endedAt(), reason))
                    .toList();
            commit(lease, new ExecutionChange(record.execId(), failed, true, nodes, false, notice));
        } catch (StorageException refused) {
            if (refused.isTransient() || refused instanceof LeaseLostException) {
                throw refused;
            }
            // why: it may be the nodes that cannot be read or stored; the end of the execution matters more
            commit(lease, new ExecutionChange(record.execId(), failed, true, List.of(), false, notice));
        }
    }

    /** A node that has not ended: one that ran has failed, one that had yet to start is stopped. */
    private static NodeState failed(NodeState node, long now, Throwable reason) {
        boolean ran = node.status() == Status.RUNNING;
        String message = reason.toString();
        return new NodeState(
                node.node(),
                ran ? Status.FAILED : Status.KILL,
                Optional.of(Cause.UNPROCESSABLE),
                ran ? message.substring(0, Math.min(LONGEST_MESSAGE, message.length())) : "",
                node.round(),
                node.attempt(),
                node.failures(),
                node.losses(),
                node.startedAt(),
                now,
                0,
                "",
                node.appLinks(),
                node.outputs());
    }

    private void commit(Lease lease, ExecutionChange change) {
        store().commit(lease, List.of(change));
    }

    private ExecutionStore store() {
        return parts.storage().executions();
    }
}

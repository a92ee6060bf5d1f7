package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.Execution;
import dev.remora.model.JobId;
import dev.remora.model.Node;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NodeState;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Shows what is stored the way users see it.
 *
 * @param now durations of what is not over count to this time
 */
record Views(long now) {
    Execution execution(ExecutionRecord record) {
        Submission submission = record.submission();
        ExecutionState state = record.state();
        return new Execution(
                record.execId(),
                submission.project(),
                submission.workflow(),
                state.version(),
                submission.type(),
                submission.submitTime(),
                instant(state.startedAt()),
                instant(state.endedAt()),
                submission.scheduleTime(),
                duration(state.startedAt(), state.endedAt()),
                submission.submitUser(),
                submission.owner(),
                state.status(),
                state.cause(),
                state.round(),
                submission.occasion().backfillId(),
                submission.options(),
                record.damage());
    }

    NodeExecution node(long execId, Node node, Status shown, NodeState row, Optional<JsonNode> resolvedParameter) {
        return new NodeExecution(
                node,
                new JobId(execId, node.name()).toString(),
                shown,
                row.cause(),
                row.message(),
                row.attempt(),
                shown == Status.SKIPPED ? 0 : row.round(),
                instant(row.startedAt()),
                instant(row.endedAt()),
                duration(row.startedAt(), row.endedAt()),
                instant(row.retryAt()),
                resolvedParameter,
                row.appLinks(),
                row.outputs());
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private Optional<Duration> duration(long start, long end) {
        if (start == 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(Math.max(0, (end == 0 ? now : end) - start) / 1000));
    }
}

package dev.remora.testkit.simulation;

import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.NodeState;
import dev.remora.spi.Submission;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the trace shows of values: short. */
final class Texts {
    private Texts() {}

    static String call(Method method, Object[] arguments) {
        return method.getName() + Arrays.stream(arguments).map(Texts::of).collect(Collectors.joining(", ", "(", ")"));
    }

    static String of(Object value) {
        if (value instanceof Lease lease) {
            return lease.engine() + "#" + lease.incarnation();
        } else if (value instanceof ExecutionChange change) {
            return change.execId() + " " + of(change.state()) + " " + of(change.nodes());
        } else if (value instanceof ExecutionState state) {
            return state.status() + of("/", state.cause()) + " round " + state.round();
        } else if (value instanceof NodeState row) {
            return row.node() + ":" + row.status() + of("/", row.cause()) + "#" + row.attempt()
                    + (row.failures() > 0 ? " failures " + row.failures() : "")
                    + (row.status() == Status.WAITING_RES ? " until " + row.retryAt() : "");
        } else if (value instanceof Submission submission) {
            return submission.workflow() + of(" key ", submission.options().idempotencyKey());
        } else if (value instanceof Collection<?> all) {
            return all.stream().map(Texts::of).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof ExecutionRecord record) {
            return record.execId() + " " + of(record.state());
        } else if (value instanceof ExecutionStore.StoredPage page) {
            return of(page.executions());
        } else if (value instanceof LogChunk chunk) {
            return chunk.job() + "#" + chunk.attempt() + " " + chunk.lineCount() + " lines from " + chunk.firstLine();
        } else if (value instanceof SavedWorkflow saved) {
            return saved.name() + " v" + saved.version();
        } else if (value instanceof Optional<?> optional) {
            return optional.map(Texts::of).orElse("nothing");
        }
        return String.valueOf(value);
    }

    private static String of(String prefix, Optional<?> value) {
        return value.map(one -> prefix + one).orElse("");
    }
}

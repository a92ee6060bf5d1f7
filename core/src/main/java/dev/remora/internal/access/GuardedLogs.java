package dev.remora.internal.access;

import dev.remora.LogFollow;
import dev.remora.LogReader;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.model.Operation;
import java.util.function.Consumer;

/** Reads the logs that the user may read. */
record GuardedLogs(LogReader logs, Gate gate) implements LogReader {
    @Override
    public LogPage read(LogRequest request) {
        gate.requireJob(Operation.READ_LOG, request.jobId());
        return logs.read(request);
    }

    @Override
    public LogFollow follow(String jobId, long fromLine, Consumer<LogLine> lines) {
        gate.requireJob(Operation.READ_LOG, jobId);
        return logs.follow(jobId, fromLine, lines);
    }
}

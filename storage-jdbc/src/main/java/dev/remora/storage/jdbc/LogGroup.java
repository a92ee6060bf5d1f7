package dev.remora.storage.jdbc;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one transaction appends to logs. Not safe for use by several threads. */
final class LogGroup {
    private final Session session;
    private final Map<JobId, LogTable.End> ends;
    /** The logs whose end is known from this transaction, not from an earlier one. */
    private final Set<JobId> certain = new HashSet<>();

    private final List<LogTable.Appended> appended = new ArrayList<>();

    /**
     * Begins within a transaction.
     *
     * @param known where logs ended when this handle last appended to them; another may have appended since
     */
    LogGroup(Session session, Map<JobId, LogTable.End> known) {
        this.session = session;
        ends = new HashMap<>(known);
    }

    /**
     * Appends what can be appended, and notes at the other requests why not.
     *
     * @return where the logs end then
     */
    Map<JobId, LogTable.End> store(List<LogRequest> requests) throws SQLException {
        fence(requests);
        Set<Long> execIds = new TreeSet<>();
        requests.stream()
                .filter(LogGroup::isOpen)
                .forEach(request -> execIds.add(request.chunk().job().execId()));
        if (execIds.isEmpty()) {
            return Map.of();
        }
        Map<Long, LogTable.Owned> owned = LogTable.lock(session, execIds);
        for (LogRequest request : requests) {
            if (isOpen(request) && mayAppend(request, owned)) {
                append(request);
            }
        }
        if (!appended.isEmpty()) {
            LogTable.append(session, appended);
        }
        return ends;
    }

    private static boolean isOpen(LogRequest request) {
        return request.failure().isEmpty();
    }

    private void fence(List<LogRequest> requests) throws SQLException {
        // why: transactions that lock several rows must do so in the same order
        Map<Lease, List<LogRequest>> byLease =
                new TreeMap<>(Comparator.comparingLong(Lease::incarnation).thenComparing(Lease::engine));
        for (LogRequest request : requests) {
            byLease.computeIfAbsent(request.owner(), lease -> new ArrayList<>()).add(request);
        }
        for (Map.Entry<Lease, List<LogRequest>> same : byLease.entrySet()) {
            try {
                EngineTable.fence(session, same.getKey());
            } catch (LeaseLostException e) {
                same.getValue().forEach(request -> request.fail(EngineTable.lost(request.owner())));
            }
        }
    }

    private static boolean mayAppend(LogRequest request, Map<Long, LogTable.Owned> all) {
        JobId job = request.chunk().job();
        LogTable.Owned owned = all.get(job.execId());
        if (owned == null) {
            request.fail(new StorageException(
                    "execution " + job.execId() + " does not exist, so job " + job + " cannot log", false));
            return false;
        }
        if (owned.active() && owned.owner() != request.owner().incarnation()) {
            request.fail(ExecutionTable.notOwned(request.owner(), List.of(job.execId())));
            return false;
        }
        return true;
    }

    private void append(LogRequest request) throws SQLException {
        LogChunk chunk = request.chunk();
        JobId job = chunk.job();
        LogTable.End end = ends.get(job);
        if (end == null || chunk.firstLine() > end.lines() && certain.add(job)) {
            end = LogTable.end(session, job);
            ends.put(job, end);
            certain.add(job);
        }
        if (chunk.firstLine() > end.lines()) {
            request.fail(new StorageException(
                    "log of job " + job + " has " + end.lines() + " lines; a chunk from line " + chunk.firstLine()
                            + " would leave a gap",
                    false));
        } else if (chunk.firstLine() == end.lines()) {
            LogTable.End next = end.with(chunk);
            appended.add(new LogTable.Appended(chunk, next));
            ends.put(job, next);
            certain.add(job);
        }
    }
}

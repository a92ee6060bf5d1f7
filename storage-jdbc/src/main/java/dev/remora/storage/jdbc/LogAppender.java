package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends to logs. What comes while one transaction is under way shares the next one, so that a hundred jobs that write
 * need not sync a hundred times. Safe for use by several threads.
 */
final class LogAppender {
    private static final int TRIES = 10;
    private static final int MOST_ENDS = 10_000;

    private final Database database;
    private final GroupWork<LogRequest> groups =
            new GroupWork<>(this::store, request -> request.chunk().text().length);
    private final Map<JobId, LogTable.End> ends = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, LogTable.End> eldest) {
            return size() > MOST_ENDS;
        }
    };

    LogAppender(Database database) {
        this.database = database;
    }

    /** Appends a chunk; see {@link dev.remora.spi.LogStore#append}. */
    void append(Lease owner, LogChunk chunk) {
        // why: asked before, as the thread that stores may do so for others
        database.requireUnbound("append to the log of job " + chunk.job());
        LogRequest request = new LogRequest(owner, chunk);
        groups.run(request);
        if (request.failure().isPresent()) {
            throw request.failure().get();
        }
    }

    /** Stores what it can, and notes at each request why it cannot be stored. */
    private void store(List<LogRequest> requests) {
        try {
            storeTogether(requests);
        } catch (StorageException e) {
            if (e.isTransient() || requests.size() == 1) {
                requests.forEach(request -> request.fail(copyOf(e)));
                return;
            }
            // why: one that the database refuses must not keep the others from being stored
            for (LogRequest request : requests) {
                store(List.of(request));
            }
        }
    }

    /** Each caller throws an exception of its own, as it belongs to one thread. */
    private static StorageException copyOf(StorageException e) {
        return new StorageException(e.getMessage(), e.isTransient(), e);
    }

    private void storeTogether(List<LogRequest> requests) {
        for (int attempt = 1; ; attempt++) {
            Map<JobId, LogTable.End> known = known(requests);
            try {
                Map<JobId, LogTable.End> appended =
                        database.write("append to the logs of " + requests.size() + " jobs", session -> {
                            requests.forEach(LogRequest::begin);
                            return new LogGroup(session, known).store(requests);
                        });
                synchronized (ends) {
                    ends.putAll(appended);
                }
                return;
            } catch (StorageException e) {
                // why: what this handle remembers of a log may be outdated; its key shows that another has appended
                forget(requests);
                boolean overtaken = e.getCause() instanceof SQLException cause && SqlErrors.isDuplicateKey(cause);
                if (!overtaken || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Map<JobId, LogTable.End> known(List<LogRequest> requests) {
        Map<JobId, LogTable.End> known = new HashMap<>();
        synchronized (ends) {
            for (LogRequest request : requests) {
                LogTable.End end = ends.get(request.chunk().job());
                if (end != null) {
                    known.put(request.chunk().job(), end);
                }
            }
        }
        return known;
    }

    private void forget(List<LogRequest> requests) {
        synchronized (ends) {
            requests.forEach(request -> ends.remove(request.chunk().job()));
        }
    }
}

package dev.remora.storage.memory;

import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The logs of one execution's jobs. */
final class JobLogs {
    private final Space space;
    private Map<String, JobLog> byNode = Map.of();
    private boolean removed;

    JobLogs(Space space) {
        this.space = space;
    }

    synchronized JobLog forWriting(JobId job) {
        if (removed) {
            throw gone(job);
        }
        if (byNode.isEmpty()) {
            // why: most executions of a busy storage never log, so they do not hold a map
            byNode = new HashMap<>();
        }
        return byNode.computeIfAbsent(job.node(), node -> new JobLog(job, space));
    }

    synchronized Optional<JobLog> find(JobId job) {
        return Optional.ofNullable(byNode.get(job.node()));
    }

    /** Returns how many lines all of them have. */
    synchronized long lines() {
        long lines = 0;
        for (JobLog log : byNode.values()) {
            lines += log.lines();
        }
        return lines;
    }

    synchronized void remove() {
        removed = true;
        byNode.values().forEach(JobLog::remove);
        byNode = Map.of();
    }

    static StorageException gone(JobId job) {
        return new StorageException(
                "execution " + job.execId() + " does not exist, so job " + job + " cannot log", false);
    }
}

package dev.remora.internal.engine;

import dev.remora.model.JobId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes those who follow a log when this engine has appended to it. */
final class LogActivity {
    private final Map<JobId, Set<Runnable>> followers = new ConcurrentHashMap<>();

    void follow(JobId job, Runnable follower) {
        followers.compute(job, (id, set) -> {
            Set<Runnable> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(follower);
            return all;
        });
    }

    void unfollow(JobId job, Runnable follower) {
        followers.computeIfPresent(job, (id, set) -> {
            set.remove(follower);
            return set.isEmpty() ? null : set;
        });
    }

    void appended(JobId job) {
        Set<Runnable> all = followers.get(job);
        if (all != null) {
            all.forEach(Runnable::run);
        }
    }
}

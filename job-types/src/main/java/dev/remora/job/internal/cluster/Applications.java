package dev.remora.job.internal.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The applications of one job: what its client has told, and what its cluster says. Used by one thread at a time. */
final class Applications {
    /** A program that submits more than that is still found by its tag. */
    private static final int MOST_IDS = 1000;

    private final Optional<Cluster> cluster;
    private final String tag;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, String> driverStates = new HashMap<>();

    Applications(Optional<Cluster> cluster, JobToken token) {
        this.cluster = cluster;
        tag = token.tag();
        ids.addAll(token.ids());
    }

    /** Returns whether that is new. */
    boolean add(String id) {
        return ids.size() < MOST_IDS && ids.add(id);
    }

    void driver(String id, String state) {
        if (ids.contains(id)) {
            driverStates.put(id, state);
        }
    }

    JobToken token() {
        return new JobToken(tag, new ArrayList<>(ids));
    }

    boolean inCluster() {
        return cluster.isPresent();
    }

    /** Tells whether an application would be found if there is one. */
    boolean searchable() {
        return cluster.isEmpty() || cluster.get().knowsTags() || !ids.isEmpty();
    }

    List<Application> find() throws IOException {
        if (cluster.isEmpty()) {
            return List.of();
        }
        List<Application> found = new ArrayList<>(cluster.get().find(tag, ids));
        // why: a cluster forgets what ended long ago; the client may have heard of its end before
        driverStates.forEach((id, word) -> {
            Application.State state = StandaloneMaster.state(word);
            if (state != Application.State.ACTIVE
                    && found.stream().noneMatch(application -> application.id().equals(id))) {
                found.add(new Application(id, state, "the client said " + word));
            }
        });
        return found;
    }

    /** Ends those that have not ended. */
    void kill(List<Application> found) throws IOException {
        IOException failure = null;
        for (Application application : found) {
            if (application.active()) {
                try {
                    cluster.orElseThrow().kill(application.id());
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

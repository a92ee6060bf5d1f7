package dev.remora.storage.jdbc;

import dev.remora.error.LeaseLostException;
import dev.remora.error.NotFoundException;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores submissions. What comes while one transaction is under way shares the next one, so that a hundred callers need not
 * sync a hundred times. Safe for use by several threads.
 */
final class Submissions {
    /** About how many characters a row takes beside its texts of any length. */
    private static final int ROW = 500;

    /** What one caller submits, and what became of it. Used by one thread at a time. */
    private static final class Request {
        private final Lease owner;
        private final Submission submission;
        private long execId;
        private Optional<RemoraException> failure = Optional.empty();

        private Request(Lease owner, Submission submission) {
            this.owner = owner;
            this.submission = submission;
        }

        private long size() {
            return ROW
                    + submission.options().params().entrySet().stream()
                            .mapToLong(param -> (long) param.getKey().length()
                                    + param.getValue().length())
                            .sum();
        }
    }

    private final Database database;
    private final Definitions definitions;
    private final GroupWork<Request> groups = new GroupWork<>(this::store, Request::size);

    Submissions(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    /**
     * Stores a submission without an idempotency key, in a transaction of its own or of several callers.
     *
     * @return its id
     */
    long create(Lease owner, Submission submission) {
        Request request = new Request(owner, submission);
        groups.run(request);
        if (request.failure.isPresent()) {
            throw request.failure.get();
        }
        return request.execId;
    }

    private void store(List<Request> requests) {
        Map<Lease, List<Request>> byLease = new LinkedHashMap<>();
        for (Request request : requests) {
            byLease.computeIfAbsent(request.owner, lease -> new ArrayList<>()).add(request);
        }
        byLease.forEach(this::store);
    }

    private void store(Lease owner, List<Request> requests) {
        try {
            List<NewExecution> executions = requests.stream()
                    .map(request -> NewExecution.ready(request.submission))
                    .toList();
            List<Long> ids = database.write("store " + requests.size() + " submissions", session -> {
                EngineTable.fence(session, owner);
                return Creations.createAll(session, definitions, owner, executions);
            });
            for (int i = 0; i < ids.size(); i++) {
                requests.get(i).execId = ids.get(i);
            }
        } catch (LeaseLostException lost) {
            // why: an exception belongs to one thread
            requests.forEach(request -> request.failure = Optional.of(EngineTable.lost(owner)));
        } catch (StorageException | NotFoundException refused) {
            refused(owner, requests, refused);
        }
    }

    private void refused(Lease owner, List<Request> requests, RemoraException refused) {
        if (requests.size() == 1) {
            requests.get(0).failure = Optional.of(refused);
        } else if (refused instanceof StorageException away && away.isTransient()) {
            requests.forEach(
                    request -> request.failure = Optional.of(new StorageException(away.getMessage(), true, away)));
        } else {
            // why: one that cannot be stored must not keep the others from being so
            requests.forEach(request -> store(owner, List.of(request)));
        }
    }
}

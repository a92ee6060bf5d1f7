package dev.remora.internal.engine;

import dev.remora.error.IdempotencyConflictException;
import dev.remora.error.NotFoundException;
import dev.remora.internal.param.RunParameters;
import dev.remora.model.ExecutionType;
import dev.remora.model.Plan;
import dev.remora.model.RunOptions;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.Occasion;
import dev.remora.spi.Submission;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What all kinds of requests of one user share, from the checked request to the run that has begun. */
final class Acceptance {
    private final Engine engine;
    private final String user;

    Acceptance(Engine engine, String user) {
        this.engine = engine;
        this.user = user;
    }

    String user() {
        return user;
    }

    /**
     * Makes a submission of a request.
     *
     * @param zone that of the workflow's schedule, which its other runs have too (P19)
     */
    Submission submission(
            String project, String workflow, int version, String owner, RunOptions options, Optional<ZoneId> zone) {
        Instant now = engine.now();
        return new Submission(
                project,
                workflow,
                version,
                ExecutionType.DIRECT,
                now,
                options.scheduleTime().orElse(now),
                user,
                owner,
                options,
                Occasion.in(zone.orElse(engine.parts().config().zone())));
    }

    /** That of a workflow's schedule. */
    Optional<ZoneId> zone(String project, String workflow) {
        return engine.parts()
                .storage()
                .schedules()
                .find(project, workflow)
                .flatMap(record -> record.schedule().zone());
    }

    /** Throws if the selection or the parameters of a request do not fit the workflow. */
    void check(Prepared prepared, Submission submission) {
        prepared.check(
                submission.options(),
                submission.scheduleTime(),
                submission.occasion().zone());
    }

    Plan plan(
            String project,
            String workflow,
            int version,
            Prepared prepared,
            RunOptions options,
            Optional<ZoneId> zone) {
        Instant scheduleTime = options.scheduleTime().orElse(engine.now());
        RunParameters parameters = prepared.check(
                options, scheduleTime, zone.orElse(engine.parts().config().zone()));
        return Planner.plan(project, workflow, version, prepared, options, parameters);
    }

    /** An answer of the storage, and the run that has come to life by it. */
    private record Adopted(Accepted accepted, Optional<ActiveRun> run) {}

    /** Stores what was asked for, and begins with it if it is new. */
    Accepted accept(Submission submission, Function<Lease, Accepted> create) {
        Adopted adopted = engine.parts()
                .strays()
                .whileAdopting(() -> engine.parts().ownership().withLease(lease -> adopt(submission, lease, create)));
        // why: the hand-over to another thread would cost more than the first step of most runs
        adopted.run().ifPresent(ActiveRun::openHere);
        return adopted.accepted();
    }

    private Adopted adopt(Submission submission, Lease lease, Function<Lease, Accepted> create) {
        Accepted accepted = create.apply(lease);
        long execId = accepted.execId();
        if (accepted.owned()) {
            Activation activation = engine.parts().activation();
            activation.submitted(execId, submission);
            ExecutionState state = ExecutionState.accepted(submission.version());
            return new Adopted(accepted, Optional.of(activation.adopt(execId, lease, submission, state, List.of())));
        }
        if (accepted.created()) {
            engine.expect(execId);
        }
        return new Adopted(accepted, Optional.empty());
    }

    ExecutionRecord record(long execId) {
        return store().find(execId).orElseThrow(() -> NotFoundException.execution(execId));
    }

    void requireSameRequest(long execId, Submission submission) {
        requireSameRequest(record(execId), submission.workflow(), submission.options());
    }

    /** An idempotency key stands for one request (F58); when it was made does not matter. */
    void requireSameRequest(ExecutionRecord first, String workflow, RunOptions options) {
        first.requireWhole();
        boolean same = first.submission().workflow().equals(workflow)
                && first.submission().options().equals(options);
        if (!same) {
            throw conflict(options, first.execId());
        }
    }

    IdempotencyConflictException conflict(RunOptions options, long execId) {
        return new IdempotencyConflictException(options.idempotencyKey().orElse(""), execId);
    }

    ExecutionStore store() {
        return engine.parts().storage().executions();
    }
}

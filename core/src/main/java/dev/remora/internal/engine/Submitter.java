package dev.remora.internal.engine;

import dev.remora.WorkflowExecutor;
import dev.remora.error.AlreadyExistsException;
import dev.remora.error.IdempotencyConflictException;
import dev.remora.error.NotFoundException;
import dev.remora.internal.param.RunParameters;
import dev.remora.internal.resource.ReceivedPackage;
import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.ExecutionType;
import dev.remora.model.Plan;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunOptions;
import dev.remora.model.RunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes requests of one user: checks them, stores what they ask for, and sets it going. */
final class Submitter implements WorkflowExecutor {
    private final Engine engine;
    private final String user;

    Submitter(Engine engine, String user) {
        this.engine = engine;
        this.user = user;
    }

    @Override
    public long run(RunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        SavedWorkflow saved = saved(request);
        check(saved);
        Submission submission =
                submission(request.project(), request.workflow(), saved.version(), saved.owner(), request.options());
        check(engine.parts().definitions().of(saved), submission);
        return adopting(() -> {
            Lease lease = engine.ownership().lease();
            ExecutionStore.Accepted accepted = store().create(lease, submission);
            if (accepted.created()) {
                begin(accepted.execId(), lease, submission);
            } else {
                requireSameRequest(accepted.execId(), submission);
            }
            return accepted.execId();
        });
    }

    @Override
    public long runDirect(DirectRunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        try (ReceivedPackage received = receive(request)) {
            check(request, received);
            Submission submission = submission(request.project(), request.workflow(), 1, user, request.options());
            Prepared prepared = prepare(received);
            check(prepared, submission);
            return submit(request, received, prepared, submission);
        }
    }

    private long submit(DirectRunRequest request, ReceivedPackage received, Prepared prepared, Submission submission) {
        SavedWorkflow unsaved = new SavedWorkflow(
                request.project(),
                request.workflow(),
                1,
                received.definition(),
                received.files(),
                user,
                submission.submitTime(),
                true);
        // why: storing files may take long; only what follows it must not be taken for a stray
        ExecutionStore.Accepted accepted = engine.parts()
                .resources()
                .store(
                        received,
                        () -> adopting(() -> create(unsaved, prepared, submission)),
                        ExecutionStore.Accepted::created);
        if (!accepted.created()) {
            requireSameDefinition(request, received, accepted.execId());
            requireSameRequest(accepted.execId(), submission);
        }
        return accepted.execId();
    }

    private ExecutionStore.Accepted create(SavedWorkflow unsaved, Prepared prepared, Submission submission) {
        Lease lease = engine.ownership().lease();
        ExecutionStore.Accepted accepted = store().createUnsaved(lease, submission, unsaved);
        if (accepted.created()) {
            engine.parts().definitions().keep(unsaved, prepared, accepted.execId());
            begin(accepted.execId(), lease, submission);
        }
        return accepted;
    }

    private <T> T adopting(Supplier<T> work) {
        return engine.parts().strays().whileAdopting(work);
    }

    /** The zip archive wins over the definition. */
    private ReceivedPackage receive(DirectRunRequest request) {
        return request.zip()
                .map(engine.parts().resources()::receive)
                .orElseGet(() -> ReceivedPackage.of(request.definition().orElseThrow()));
    }

    @Override
    public Plan plan(RunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        SavedWorkflow saved = saved(request);
        check(saved);
        request.options()
                .idempotencyKey()
                .flatMap(key -> store().findByKey(request.project(), key))
                .ifPresent(first -> requireSameRequest(first, request.workflow(), request.options()));
        Prepared prepared = engine.parts().definitions().of(saved);
        return plan(request.project(), request.workflow(), saved.version(), prepared, request.options());
    }

    @Override
    public Plan plan(DirectRunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        try (ReceivedPackage received = receive(request)) {
            check(request, received);
            checkName(request, received);
            return plan(request.project(), request.workflow(), 0, prepare(received), request.options());
        }
    }

    private Plan plan(String project, String workflow, int version, Prepared prepared, RunOptions options) {
        Instant scheduleTime = options.scheduleTime().orElse(engine.now());
        RunParameters parameters =
                prepared.check(options, scheduleTime, engine.parts().config().zone());
        return Planner.plan(project, workflow, version, prepared, options, parameters);
    }

    @Override
    public void kill(long execId) {
        engine.command(execId, new Command.Kill(Cause.USER_KILL));
    }

    @Override
    public void pause(long execId) {
        engine.command(execId, new Command.Pause());
    }

    @Override
    public void resume(long execId) {
        engine.command(execId, new Command.Resume());
    }

    @Override
    public void rerun(RerunRequest request) {
        engine.requireOpen();
        engine.rounds().open(request);
    }

    private SavedWorkflow saved(RunRequest request) {
        Optional<SavedWorkflow> latest =
                engine.parts().storage().workflows().latest(request.project(), request.workflow());
        if (latest.isEmpty()) {
            throw NotFoundException.workflow(request.project(), request.workflow());
        }
        if (request.version().isEmpty()
                || request.version().getAsInt() == latest.get().version()) {
            return latest.get();
        }
        int version = request.version().getAsInt();
        return engine.parts()
                .storage()
                .workflows()
                .version(request.project(), request.workflow(), version)
                .orElseThrow(() -> NotFoundException.version(request.project(), request.workflow(), version));
    }

    /** Refuses what the storage would refuse when it is to store the run. */
    private void checkName(DirectRunRequest request, ReceivedPackage received) {
        Optional<ExecutionRecord> first =
                request.options().idempotencyKey().flatMap(key -> store().findByKey(request.project(), key));
        if (first.isPresent()) {
            requireSameDefinition(request, received, first.get().execId());
            requireSameRequest(first.get(), request.workflow(), request.options());
            return;
        }
        WorkflowStore workflows = engine.parts().storage().workflows();
        if (workflows.latest(request.project(), request.workflow()).isPresent()
                || workflows.version(request.project(), request.workflow(), 1).isPresent()) {
            throw new AlreadyExistsException(request.project(), request.workflow(), "take another name");
        }
    }

    private Prepared prepare(ReceivedPackage received) {
        return engine.parts().definitions().prepare(received.definition(), received.files());
    }

    private void check(DirectRunRequest request, ReceivedPackage received) {
        engine.check()
                .definition(
                        request.project(),
                        request.workflow(),
                        received.definition(),
                        received.files().keySet(),
                        true);
    }

    private void check(SavedWorkflow saved) {
        engine.check()
                .definition(
                        saved.project(),
                        saved.name(),
                        saved.definition(),
                        saved.files().keySet(),
                        false);
    }

    private void check(Prepared prepared, Submission submission) {
        prepared.check(
                submission.options(),
                submission.scheduleTime(),
                engine.parts().config().zone());
    }

    private Submission submission(String project, String workflow, int version, String owner, RunOptions options) {
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
                options);
    }

    private void begin(long execId, Lease lease, Submission submission) {
        engine.submitted(execId, submission);
        engine.activation().begin(execId, lease, submission, ExecutionState.accepted(submission.version()), List.of());
    }

    private void requireSameRequest(long execId, Submission submission) {
        ExecutionRecord first = store().find(execId).orElseThrow(() -> NotFoundException.execution(execId));
        requireSameRequest(first, submission.workflow(), submission.options());
    }

    /** An idempotency key stands for one request (F58); when it was made does not matter. */
    private static void requireSameRequest(ExecutionRecord first, String workflow, RunOptions options) {
        boolean same = first.submission().workflow().equals(workflow)
                && first.submission().options().equals(options);
        if (!same) {
            throw conflict(options, first.execId());
        }
    }

    private void requireSameDefinition(DirectRunRequest request, ReceivedPackage received, long execId) {
        ExecutionRecord first = store().find(execId).orElseThrow(() -> NotFoundException.execution(execId));
        boolean same = engine.parts()
                .storage()
                .workflows()
                .version(
                        request.project(),
                        first.submission().workflow(),
                        first.submission().version())
                .filter(saved -> saved.definition().equals(received.definition())
                        && saved.files().equals(received.files()))
                .isPresent();
        if (!same) {
            throw conflict(request.options(), execId);
        }
    }

    private static IdempotencyConflictException conflict(RunOptions options, long execId) {
        return new IdempotencyConflictException(options.idempotencyKey().orElse(""), execId);
    }

    private ExecutionStore store() {
        return engine.parts().storage().executions();
    }
}

package dev.remora.internal.engine;

import dev.remora.WorkflowExecutor;
import dev.remora.error.NotFoundException;
import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Plan;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowStore.Current;

/** Takes requests of one user: checks them, stores what they ask for, and sets it going. */
final class Submitter implements WorkflowExecutor {
    private final Engine engine;
    private final Acceptance acceptance;
    private final UnsavedSubmitter unsaved;

    Submitter(Engine engine, String user) {
        this.engine = engine;
        acceptance = new Acceptance(engine, user);
        unsaved = new UnsavedSubmitter(engine, acceptance);
    }

    @Override
    public long run(RunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        Current current = current(request);
        int version = request.version().orElse(current.version());
        Prepared prepared = prepared(request, version);
        Submission submission = acceptance.submission(
                request.project(), request.workflow(), version, current.owner(), request.options(), current.zone());
        acceptance.check(prepared, submission);
        Accepted accepted =
                acceptance.accept(submission, lease -> acceptance.store().create(lease, submission));
        if (!accepted.created()) {
            acceptance.requireSameRequest(accepted.execId(), submission);
        }
        return accepted.execId();
    }

    @Override
    public long runDirect(DirectRunRequest request) {
        return unsaved.run(request);
    }

    @Override
    public Plan plan(RunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        Current current = current(request);
        int version = request.version().orElse(current.version());
        Prepared prepared = prepared(request, version);
        request.options()
                .idempotencyKey()
                .flatMap(key -> acceptance.store().findByKey(request.project(), key))
                .ifPresent(first -> acceptance.requireSameRequest(first, request.workflow(), request.options()));
        return acceptance.plan(
                request.project(), request.workflow(), version, prepared, request.options(), current.zone());
    }

    @Override
    public Plan plan(DirectRunRequest request) {
        return unsaved.plan(request);
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

    private Current current(RunRequest request) {
        return engine.parts()
                .storage()
                .workflows()
                .current(request.project(), request.workflow())
                .orElseThrow(() -> NotFoundException.workflow(request.project(), request.workflow()));
    }

    private Prepared prepared(RunRequest request, int version) {
        return engine.parts().definitions().runnable(request.project(), request.workflow(), version, engine.check());
    }
}

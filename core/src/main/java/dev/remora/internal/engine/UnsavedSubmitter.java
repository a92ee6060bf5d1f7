package dev.remora.internal.engine;

import dev.remora.error.AlreadyExistsException;
import dev.remora.internal.resource.ReceivedPackage;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Plan;
import dev.remora.model.SavedWorkflow;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowStore;
import java.time.ZoneId;
import java.util.Optional;

/** Takes runs of workflows that come with their request. */
final class UnsavedSubmitter {
    private final Engine engine;
    private final Acceptance acceptance;

    UnsavedSubmitter(Engine engine, Acceptance acceptance) {
        this.engine = engine;
        this.acceptance = acceptance;
    }

    long run(DirectRunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        try (ReceivedPackage received = receive(request)) {
            check(request, received);
            Submission submission = acceptance.submission(
                    request.project(), request.workflow(), 1, acceptance.user(), request.options(), zone(request));
            Prepared prepared = prepare(received);
            acceptance.check(prepared, submission);
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
                acceptance.user(),
                submission.submitTime(),
                true);
        // why: storing files may take long; only what follows it must not be taken for a stray
        Accepted accepted = engine.parts()
                .resources()
                .store(received, () -> create(unsaved, prepared, submission), Accepted::created);
        if (!accepted.created()) {
            requireSameDefinition(request, received, accepted.execId());
            acceptance.requireSameRequest(accepted.execId(), submission);
        }
        return accepted.execId();
    }

    private Accepted create(SavedWorkflow unsaved, Prepared prepared, Submission submission) {
        return acceptance.accept(submission, lease -> {
            Accepted accepted = acceptance.store().createUnsaved(lease, submission, unsaved);
            // why: what is not committed may vanish, and another definition take its name
            if (accepted.owned()) {
                engine.parts().definitions().keep(unsaved, prepared, accepted.execId());
            }
            return accepted;
        });
    }

    /** The zip archive wins over the definition. */
    private ReceivedPackage receive(DirectRunRequest request) {
        return request.zip()
                .map(engine.parts().resources()::receive)
                .orElseGet(() -> ReceivedPackage.of(request.definition().orElseThrow()));
    }

    Plan plan(DirectRunRequest request) {
        engine.requireOpen();
        engine.check().options(request.project(), request.workflow(), request.options());
        try (ReceivedPackage received = receive(request)) {
            check(request, received);
            checkName(request, received);
            return acceptance.plan(
                    request.project(), request.workflow(), 0, prepare(received), request.options(), zone(request));
        }
    }

    /** Refuses what the storage would refuse when it is to store the run. */
    private void checkName(DirectRunRequest request, ReceivedPackage received) {
        Optional<ExecutionRecord> first = request.options()
                .idempotencyKey()
                .flatMap(key -> acceptance.store().findByKey(request.project(), key));
        if (first.isPresent()) {
            requireSameDefinition(request, received, first.get().execId());
            acceptance.requireSameRequest(first.get(), request.workflow(), request.options());
            return;
        }
        WorkflowStore workflows = engine.parts().storage().workflows();
        if (workflows.latest(request.project(), request.workflow()).isPresent()
                || workflows.version(request.project(), request.workflow(), 1).isPresent()) {
            throw new AlreadyExistsException(request.project(), request.workflow(), "take another name");
        }
    }

    private Optional<ZoneId> zone(DirectRunRequest request) {
        return acceptance.zone(request.project(), request.workflow());
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

    private void requireSameDefinition(DirectRunRequest request, ReceivedPackage received, long execId) {
        ExecutionRecord first = acceptance.record(execId);
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
            throw acceptance.conflict(request.options(), execId);
        }
    }
}

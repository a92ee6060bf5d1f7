package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.Remora;
import dev.remora.error.IdempotencyConflictException;
import dev.remora.event.ExecutionEvent;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Submissions that are part of a transaction of their caller: the run exists if and only if the caller commits. For
 * storages that number executions without gaps; a storage with real transactions shows it with those.
 */
public abstract class CallersTransactionContract extends EnginePart {
    private final List<ExecutionEvent> events = new CopyOnWriteArrayList<>();
    private CallersTransaction transaction;
    private Remora remora;

    /** Creates the part. */
    protected CallersTransactionContract() {}

    @BeforeEach
    void startEngine() throws InterruptedException {
        Remora first = engine();
        long last = run(first, flow(builder -> builder.node("a", "OK")));
        await(first, last);
        transaction = new CallersTransaction(storage, last);
        remora = engine(
                transaction.storage(fixture.open()),
                jobs,
                builder -> builder.name("second").listener(events::add));
        first.close();
    }

    private long include(LongSupplier submission) {
        AtomicLong execId = new AtomicLong();
        transaction.include(() -> execId.set(submission.getAsLong()));
        return execId.get();
    }

    private long submit() {
        return include(() -> remora.executor().run(RunRequest.of(PROJECT, FLOW)));
    }

    private void endsWell(long execId) throws InterruptedException {
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        until(
                "its end is told",
                () -> events.stream()
                        .anyMatch(event -> event instanceof ExecutionEvent.ExecutionChanged changed
                                && changed.execId() == execId
                                && changed.to() == Status.SUCCESS));
        List<ExecutionEvent> told =
                events.stream().filter(event -> event.execId() == execId).toList();
        assertThat(told.get(0)).isInstanceOf(ExecutionEvent.Submitted.class);
        assertThat(told.stream().filter(ExecutionEvent.Submitted.class::isInstance))
                .hasSize(1);
    }

    @Test
    void nothingHappensBeforeTheCommit() throws InterruptedException {
        long execId = submit();
        assertThat(remora.query().find(execId)).isEmpty();
        assertThat(events).isEmpty();
        transaction.commit();
        endsWell(execId);
    }

    @Test
    void nothingHappensAfterARollback() throws InterruptedException {
        long execId = submit();
        long other = remora.executor().run(RunRequest.of(PROJECT, FLOW));
        endsWell(other);
        assertThat(other).isEqualTo(execId);
        assertThat(total(remora)).isEqualTo(2);
    }

    @Test
    void manyRunsOfOneTransactionAllRun() throws InterruptedException {
        List<Long> ids = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(submit());
        }
        transaction.commit();
        for (long execId : ids) {
            endsWell(execId);
        }
    }

    @Test
    void aKeyStandsForOneRunWithinTheTransactionToo() throws InterruptedException {
        RunRequest request =
                RunRequest.builder(PROJECT, FLOW).idempotencyKey("once").build();
        long execId = include(() -> remora.executor().run(request));
        assertThat(include(() -> remora.executor().run(request))).isEqualTo(execId);
        RunRequest other = RunRequest.builder(PROJECT, FLOW)
                .idempotencyKey("once")
                .param("day", "1")
                .build();
        assertThatThrownBy(() -> include(() -> remora.executor().run(other)))
                .isInstanceOf(IdempotencyConflictException.class);
        transaction.commit();
        endsWell(execId);
        assertThat(total(remora)).isEqualTo(2);
        assertThat(remora.executor().run(request)).isEqualTo(execId);
    }

    @Test
    void unsavedWorkflowsToo() throws InterruptedException {
        DirectRunRequest request = DirectRunRequest.of(PROJECT, "loose", flow(builder -> builder.node("b", "OK")));
        long execId = include(() -> remora.executor().runDirect(request));
        assertThat(storage.workflows().version(PROJECT, "loose", 1)).isEmpty();
        transaction.commit();
        endsWell(execId);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: b SUCCESS");
    }

    @Test
    void anUnsavedDefinitionThatWasRolledBackIsForgotten() throws InterruptedException {
        include(() -> remora.executor()
                .runDirect(DirectRunRequest.of(PROJECT, "loose", flow(builder -> builder.node("b", "FAIL")))));
        long execId = remora.executor()
                .runDirect(DirectRunRequest.of(PROJECT, "loose", flow(builder -> builder.node("c", "OK"))));
        endsWell(execId);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: c SUCCESS");
    }

    @Test
    void anotherEngineMayFindTheRun() throws InterruptedException {
        long execId = submit();
        remora.close();
        transaction.commit();
        Remora other = engine(fixture.open(), jobs.another(), builder -> builder.name("third"));
        assertThat(await(other, execId).status()).isEqualTo(Status.SUCCESS);
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.LeaseLostException;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import org.junit.jupiter.api.Test;

/** How executions of unsaved workflows come about. */
public abstract class UnsavedContract extends StoragePart {
    private static final String PROJECT = "p";
    private static final String NAME = "loose";

    /** Creates this part. */
    protected UnsavedContract() {}

    private static Accepted create(Storage handle, Lease owner, Submission submission) {
        return handle.executions()
                .createUnsaved(owner, submission, Samples.unsaved(submission.project(), submission.workflow()));
    }

    private void refusedByName(Submission submission) {
        int before = listed().size();
        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(() -> create(second, two, submission))
                .satisfies(e -> {
                    assertThat(e.project()).isEqualTo(submission.project());
                    assertThat(e.workflow()).isEqualTo(submission.workflow());
                });
        assertThat(listed()).hasSize(before);
    }

    @Test
    void storesTheDefinitionWithTheExecution() {
        Submission submission = Samples.submission(PROJECT, NAME);

        Accepted accepted = create(first, one, submission);

        assertThat(accepted.created()).isTrue();
        assertThat(second.executions().find(accepted.execId()))
                .contains(new ExecutionRecord(accepted.execId(), submission, ExecutionState.accepted(1)));
        assertThat(second.workflows().version(PROJECT, NAME, 1)).contains(Samples.unsaved(PROJECT, NAME));
        assertThat(second.workflows().current(PROJECT, NAME)).isEmpty();
    }

    @Test
    void isOwnedByWhoTookIt() {
        Accepted accepted = create(first, one, Samples.submission(PROJECT, NAME));

        assertThat(second.executions().claim(two, 10)).isEmpty();
        end(one, accepted.execId());
        assertThat(second.executions().find(accepted.execId()).orElseThrow().state())
                .isEqualTo(Samples.state(Status.SUCCESS));
    }

    @Test
    void refusesTheNameOfASavedWorkflow() {
        Samples.saveFor(first, Samples.submission(PROJECT, NAME));

        refusedByName(Samples.keyed(PROJECT, NAME, "key"));

        assertThat(second.workflows().latest(PROJECT, NAME).orElseThrow().unsaved())
                .isFalse();
        assertThat(second.executions().findByKey(PROJECT, "key")).isEmpty();
    }

    @Test
    void refusesTheNameOfADeletedWorkflow() {
        Samples.saveFor(first, Samples.submission(PROJECT, NAME));
        first.workflows().delete(PROJECT, NAME);

        refusedByName(Samples.submission(PROJECT, NAME));
    }

    @Test
    void refusesTheNameOfAnotherUnsavedWorkflow() {
        create(first, one, Samples.submission(PROJECT, NAME));

        refusedByName(Samples.submission(PROJECT, NAME));
        refusedByName(Samples.keyed(PROJECT, NAME, "key"));
    }

    @Test
    void theNameStaysTakenWhenTheExecutionHasEnded() {
        Accepted accepted = create(first, one, Samples.submission(PROJECT, NAME));
        end(one, accepted.execId());

        refusedByName(Samples.submission(PROJECT, NAME));
    }

    @Test
    void tellsNamesApartByCaseAndProject() {
        create(first, one, Samples.submission(PROJECT, NAME));

        assertThat(create(second, two, Samples.submission(PROJECT, "LOOSE")).created())
                .isTrue();
        assertThat(create(second, two, Samples.submission("P", NAME)).created()).isTrue();
    }

    @Test
    void theSameKeyReturnsTheFirst() {
        Accepted accepted = create(first, one, Samples.keyed(PROJECT, NAME, "key"));

        assertThat(create(second, two, Samples.keyed(PROJECT, NAME, "key")))
                .isEqualTo(Accepted.existing(accepted.execId()));
        assertThat(create(second, two, Samples.keyed(PROJECT, "another", "key")))
                .isEqualTo(Accepted.existing(accepted.execId()));
        assertThat(second.workflows().version(PROJECT, "another", 1)).isEmpty();
        assertThat(listed()).containsExactly(accepted.execId());
    }

    @Test
    void refusesAnEngineWithoutALease() {
        first.engines().release(one);

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> create(first, one, Samples.submission(PROJECT, NAME)));

        assertThat(listed()).isEmpty();
        assertThat(second.workflows().version(PROJECT, NAME, 1)).isEmpty();
    }
}

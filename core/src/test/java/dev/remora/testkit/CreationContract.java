package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.error.NotFoundException;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How executions come about. */
public abstract class CreationContract extends StoragePart {
    /** Creates this part. */
    protected CreationContract() {}

    private Accepted createKeyed(Storage handle, String project, String key) {
        Submission submission = Samples.keyed(project, "flow", key);
        Samples.saveFor(handle, submission);
        return handle.executions().create(handle == first ? one : two, submission);
    }

    @Test
    void refusesAVersionThatIsNotStored() {
        Submission submission = Samples.keyed("p", "flow", "key");
        for (Storage handle : List.of(first, second)) {
            refusedAsNotFound(handle, submission);
        }
        first.workflows().save("p", "flow", Samples.workflow("1"), Samples.USER, Samples.NOW);
        first.workflows().save("p", "flow", Samples.workflow("2"), Samples.USER, Samples.NOW);
        first.workflows().delete("p", "flow");
        // why: with no execution that refers to it, a deleted workflow is gone at once
        refusedAsNotFound(second, submission);
        first.workflows().save("p", "flow", Samples.workflow("3"), Samples.USER, Samples.NOW);
        refusedAsNotFound(second, submission);

        assertThat(listed()).isEmpty();
        assertThat(second.executions().findByKey("p", "key")).isEmpty();
    }

    private void refusedAsNotFound(Storage handle, Submission submission) {
        Lease owner = handle == first ? one : two;
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> handle.executions().create(owner, submission))
                .withMessageContaining("version 1 of workflow flow");
    }

    @Test
    void takesADeletedVersionThatIsStillStored() {
        long before = create();
        first.workflows().delete(Samples.PROJECT, Samples.WORKFLOW);

        long execId = second.executions().create(two, Samples.submission()).execId();

        end(one, before);
        Samples.purge(first, List.of(before));
        assertThat(second.workflows().version(Samples.PROJECT, Samples.WORKFLOW, 1))
                .isPresent();
        assertThat(listed()).containsExactly(execId);
    }

    @Test
    void storesWhatWasAccepted() {
        Submission submission = Samples.submission("p", "w");
        long execId = create(submission);

        ExecutionRecord expected = new ExecutionRecord(execId, submission, ExecutionState.accepted(1));
        assertThat(execId).isPositive();
        assertThat(first.executions().find(execId)).contains(expected);
        assertThat(second.executions().find(execId)).contains(expected);
        assertThat(second.executions().nodes(execId)).isEmpty();
    }

    @Test
    void startsWithTheVersionOfTheSubmission() {
        Submission base = Samples.submission();
        Submission third = new Submission(
                base.project(),
                base.workflow(),
                3,
                base.type(),
                base.submitTime(),
                base.scheduleTime(),
                base.submitUser(),
                base.owner(),
                base.options(),
                base.occasion());

        long execId = create(third);

        assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(ExecutionState.accepted(3));
    }

    @Test
    void findsNothingUnknown() {
        long execId = create();

        for (long unknown : new long[] {0, -1, execId + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(second.executions().find(unknown)).isEmpty();
            assertThat(second.executions().nodes(unknown)).isEmpty();
        }
        assertThat(second.executions().findByKey(Samples.PROJECT, "key")).isEmpty();
        assertThat(second.executions().findByKey(Samples.PROJECT, "")).isEmpty();
    }

    @Test
    void numbersIncreaseOverAllHandles() {
        Samples.saveFor(first, Samples.submission());
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(first.executions().create(one, Samples.submission()).execId());
            ids.add(second.executions().create(two, Samples.submission()).execId());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void createsOnceForOneKey() {
        Accepted created = createKeyed(first, "p", "key");
        Accepted again = createKeyed(first, "p", "key");
        Accepted elsewhere = createKeyed(second, "p", "key");

        assertThat(created.created()).isTrue();
        assertThat(again).isEqualTo(Accepted.existing(created.execId()));
        assertThat(elsewhere).isEqualTo(again);
        assertThat(listed()).containsExactly(created.execId());
    }

    @Test
    void returnsTheFirstWhateverTheSecondSays() {
        Accepted created = createKeyed(first, "p", "key");
        Submission other = Samples.keyed("p", "other", "key");
        Samples.saveFor(second, other);

        assertThat(second.executions().create(two, other)).isEqualTo(Accepted.existing(created.execId()));
        assertThat(second.executions().find(created.execId()).orElseThrow().submission())
                .isEqualTo(Samples.keyed("p", "flow", "key"));
    }

    @Test
    void aKeyStaysWhenTheExecutionHasEnded() {
        Accepted created = createKeyed(first, "p", "key");
        end(one, created.execId());

        assertThat(createKeyed(second, "p", "key")).isEqualTo(Accepted.existing(created.execId()));
    }

    @Test
    void tellsKeysApart() {
        List<String> keys = new ArrayList<>(List.of("a", "A", "a ", " a", "a%", "a_", "ä", "a\u0308", "ß", "ss", ""));
        keys.add("键".repeat(200));
        keys.add("键".repeat(199));
        for (String key : keys) {
            Accepted accepted = createKeyed(first, "p", key);

            assertThat(accepted.created()).as("key '%s'", key).isTrue();
            assertThat(second.executions().findByKey("p", key))
                    .as("key '%s'", key)
                    .map(ExecutionRecord::execId)
                    .contains(accepted.execId());
        }
        assertThat(listed()).hasSize(keys.size());
    }

    @Test
    void keysBelongToAProject() {
        Accepted here = createKeyed(first, "p", "key");
        Accepted there = createKeyed(first, "P", "key");

        assertThat(there.created()).isTrue();
        assertThat(second.executions().findByKey("p", "key").orElseThrow().execId())
                .isEqualTo(here.execId());
        assertThat(second.executions().findByKey("P", "key").orElseThrow().execId())
                .isEqualTo(there.execId());
        assertThat(second.executions().findByKey("q", "key")).isEmpty();
    }

    @Test
    void findsByKeyWhatIsStoredNow() {
        long execId = createKeyed(first, "p", "key").execId();
        end(one, execId);

        assertThat(second.executions().findByKey("p", "key"))
                .isEqualTo(second.executions().find(execId))
                .isPresent();
    }

    @Test
    void refusesAnEngineWithoutALease() {
        Submission submission = Samples.keyed("p", "flow", "key");
        Samples.saveFor(first, submission);
        first.engines().release(one);

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.executions().create(one, submission))
                .satisfies(e -> assertThat(e.isTransient()).isFalse());

        assertThat(listed()).isEmpty();
        assertThat(second.executions().findByKey("p", "key")).isEmpty();
    }
}

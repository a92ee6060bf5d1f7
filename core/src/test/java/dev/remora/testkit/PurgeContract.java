package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.Cause;
import dev.remora.model.JobId;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.LogChunk;
import dev.remora.spi.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a purge removes, and what it leaves. */
public abstract class PurgeContract extends StoragePart {
    /** Creates this part. */
    protected PurgeContract() {}

    private void log(JobId job) {
        byte[] text = "line\n".getBytes(StandardCharsets.UTF_8);
        first.logs().append(one, new LogChunk(job, 1, 0, 1, text, 0));
    }

    @Test
    void removesAllThatBelongsToTheExecution() {
        long execId = create(Samples.keyed("p", "flow", "key"));
        commit(one, execId, Samples.state(Status.SUCCESS), Samples.node(0, 1), Samples.node(1, 1));
        JobId job = new JobId(execId, "a");
        JobId other = new JobId(execId, "b");
        log(job);
        log(other);
        first.executions().send(execId, new Command.Kill(Cause.USER_KILL));

        assertThat(Samples.purge(second, List.of(execId))).isEqualTo(1);

        assertThat(first.executions().find(execId)).isEmpty();
        assertThat(first.executions().nodes(execId)).isEmpty();
        assertThat(first.executions().findByKey("p", "key")).isEmpty();
        assertThat(first.executions().commands(one, 10)).isEmpty();
        for (JobId one : List.of(job, other)) {
            assertThat(first.logs().extents(one)).isEmpty();
            assertThat(first.logs().read(one, 0, 1000)).isEmpty();
        }
        assertThat(listed()).isEmpty();
        assertThat(Samples.purge(second, List.of(execId))).isZero();
    }

    @Test
    void leavesEverythingElse() {
        long purged = createFinal();
        long kept = create(Samples.keyed("p", "flow", "key"));
        commit(one, kept, Samples.state(Status.SUCCESS), Samples.node(0, 1));
        JobId job = new JobId(kept, "a");
        log(job);
        first.executions().send(kept, new Command.Pause());

        Samples.purge(first, List.of(purged));

        assertThat(listed()).containsExactly(kept);
        assertThat(second.executions().nodes(kept)).containsExactly(Samples.node(0, 1));
        assertThat(second.executions().findByKey("p", "key")).isPresent();
        assertThat(second.executions().commands(one, 10)).hasSize(1);
        assertThat(second.logs().extents(job)).hasSize(1);
        assertThat(second.workflows().latest(Samples.PROJECT, Samples.WORKFLOW)).isPresent();
    }

    @Test
    void passesOverWhatIsNotFinalOrUnknown() {
        List<Long> ids = new ArrayList<>();
        for (Status status :
                List.of(Status.INIT, Status.WAITING_DEP, Status.WAITING_RES, Status.RUNNING, Status.PAUSED)) {
            long execId = create();
            commit(one, execId, Samples.state(status), Samples.node(0, 1));
            ids.add(execId);
        }
        long ended = createFinal();
        List<Long> asked = new ArrayList<>(ids);
        asked.addAll(List.of(ended, ended + 1000, -1L, 0L));

        assertThat(Samples.purge(first, asked)).isEqualTo(1);
        assertThat(Samples.purge(first, List.of())).isZero();

        assertThat(listed()).containsExactlyInAnyOrderElementsOf(ids);
        ids.forEach(execId -> assertThat(second.executions().nodes(execId)).hasSize(1));
    }

    @Test
    void removesEveryFinalStatus() {
        List<Long> ids = new ArrayList<>();
        for (Status status : List.of(Status.SUCCESS, Status.KILL, Status.FAILED, Status.DEP_FAILED)) {
            long execId = create();
            commit(one, execId, Samples.state(status));
            ids.add(execId);
        }

        assertThat(Samples.purge(first, Set.copyOf(ids))).isEqualTo(4);
        assertThat(listed()).isEmpty();
    }

    @Test
    void countsEachOnce() {
        long execId = createFinal();

        assertThat(Samples.purge(first, List.of(execId, execId))).isEqualTo(1);
    }

    @Test
    void removesAThousandAtOnce() {
        Samples.saveFor(first, Samples.submission());
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(first.executions().create(one, Samples.submission()).execId());
        }
        first.executions()
                .commit(
                        one,
                        ids.stream()
                                .map(execId -> change(execId, Samples.state(Status.SUCCESS), Samples.node(0, 1)))
                                .toList());

        assertThat(Samples.purge(second, ids)).isEqualTo(1000);
        assertThat(listed()).isEmpty();
    }

    @Test
    void theOwnerCannotWriteItBack() {
        long execId = createFinal();
        Samples.purge(second, List.of(execId));

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> end(one, execId));
        assertThat(first.executions().claimFinal(one, execId)).isFalse();
        assertThat(listed()).isEmpty();
    }

    @Test
    void idsAreNotUsedAgain() {
        long execId = createFinal();
        Samples.purge(first, List.of(execId));

        assertThat(create()).isGreaterThan(execId);
    }

    @Test
    void theKeyIsFreeAgain() {
        Submission submission = Samples.keyed("p", "flow", "key");
        long execId = create(submission);
        end(one, execId);
        Samples.purge(first, List.of(execId));

        Accepted again = second.executions().create(two, submission);

        assertThat(again.created()).isTrue();
        assertThat(again.execId()).isGreaterThan(execId);
    }

    @Test
    void theNameOfAnUnsavedWorkflowIsFreeAgain() {
        Submission submission = Samples.submission("p", "loose");
        SavedWorkflow unsaved = Samples.unsaved("p", "loose");
        long execId = first.executions().createUnsaved(one, submission, unsaved).execId();
        end(one, execId);

        Samples.purge(first, List.of(execId));

        assertThat(second.workflows().version("p", "loose", 1)).isEmpty();
        Accepted again = second.executions().createUnsaved(two, submission, unsaved);
        assertThat(again.created()).isTrue();
        end(two, again.execId());
        Samples.purge(first, List.of(again.execId()));
        SavedWorkflow saved = second.workflows().save("p", "loose", Samples.workflow("saved"), "anna", Samples.NOW);
        assertThat(saved.version()).isEqualTo(1);
        assertThat(saved.owner()).isEqualTo("anna");
        assertThat(first.workflows().latest("p", "loose")).contains(saved);
    }

    @Test
    void anUnsavedWorkflowStaysWhileAnExecutionRefersToIt() {
        Submission submission = Samples.submission("p", "loose");
        SavedWorkflow unsaved = Samples.unsaved("p", "loose");
        long older = first.executions().createUnsaved(one, submission, unsaved).execId();
        long newer = first.executions().create(one, submission).execId();
        end(one, older);

        assertThat(Samples.purge(first, List.of(older, newer))).isEqualTo(1);
        assertThat(second.workflows().version("p", "loose", 1)).contains(unsaved);

        end(one, newer);
        Samples.purge(first, List.of(newer));
        assertThat(second.workflows().version("p", "loose", 1)).isEmpty();
    }

    @Test
    void savedWorkflowsStay() {
        long execId = createFinal();

        Samples.purge(first, List.of(execId));

        assertThat(second.workflows().latest(Samples.PROJECT, Samples.WORKFLOW)).isPresent();
        assertThat(second.workflows().version(Samples.PROJECT, Samples.WORKFLOW, 1))
                .isPresent();
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.WorkflowVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who owns which execution, and how that changes. */
public abstract class OwnershipContract extends StoragePart {
    private static final ExecutionState RUNNING = Samples.state(Status.RUNNING);

    /** Creates this part. */
    protected OwnershipContract() {}

    private void refused(Lease lease, long execId) {
        ExecutionState before = second.executions().find(execId).orElseThrow().state();
        List<ExecutionChange> changes = List.of(change(execId, Samples.state(Status.PAUSED), Samples.node(9, 9)));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.executions().commit(lease, changes));
        assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(before);
        assertThat(second.executions().nodes(execId)).doesNotContain(Samples.node(9, 9));
    }

    @Test
    void onlyTheOwnerCommits() {
        long execId = create();

        refused(two, execId);
        commit(one, execId, RUNNING);
    }

    @Test
    void claimsNothingThatAStandingLeaseOwns() {
        create();
        create(two, Samples.submission());

        assertThat(first.executions().claim(one, 10)).isEmpty();
        assertThat(second.executions().claim(two, 10)).isEmpty();
    }

    @Test
    void claimsTheOldestFirst() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(create());
        }
        first.engines().release(one);

        assertThat(second.executions().claim(two, 0)).isEmpty();
        assertThat(second.executions().claim(two, 10)).isEqualTo(ids.subList(0, 10));
        assertThat(second.executions().claim(two, 10)).isEqualTo(ids.subList(10, 20));
        assertThat(second.executions().claim(two, 10)).isEqualTo(ids.subList(20, 25));
        assertThat(second.executions().claim(two, 10)).isEmpty();
        ids.forEach(execId -> commit(two, execId, RUNNING));
    }

    @Test
    void passesOverDefinitionsThatTheEngineCannotRun() {
        long unknown = create(Samples.submission("p", "unknown"));
        long known = create(Samples.submission("p", "known"));
        long unknownElsewhere = create(Samples.submission("q", "unknown"));
        long alsoUnknown = create(Samples.submission("p", "unknown"));
        first.engines().release(one);
        Set<WorkflowVersion> passedOver =
                Set.of(new WorkflowVersion("p", "unknown", 1), new WorkflowVersion("p", "known", 2));

        assertThat(second.executions().claim(two, 2, passedOver)).containsExactly(known, unknownElsewhere);
        assertThat(second.executions().claim(two, 10, passedOver)).isEmpty();

        assertThat(second.executions().claim(two, 10)).containsExactly(unknown, alsoUnknown);
    }

    @Test
    void passesOverByTheDefinitionOfTheCurrentRound() {
        long execId = createFinal();
        first.executions().claimFinal(one, execId);
        ExecutionState rerun =
                new ExecutionState(Status.RUNNING, Optional.empty(), 2, 2, Samples.NOW.toEpochMilli(), 0, 0, 0, 0);
        commit(one, execId, rerun);
        first.executions().release(one, List.of(execId));

        assertThat(second.executions()
                        .claim(two, 10, Set.of(new WorkflowVersion(Samples.PROJECT, Samples.WORKFLOW, 2))))
                .isEmpty();
        assertThat(second.executions()
                        .claim(two, 10, Set.of(new WorkflowVersion(Samples.PROJECT, Samples.WORKFLOW, 1))))
                .containsExactly(execId);
    }

    @Test
    void aLeaseFromWhichEverythingIsPassedOverIsNotLost() {
        long execId = create();
        expire(one);

        assertThat(second.executions()
                        .claim(two, 10, Set.of(new WorkflowVersion(Samples.PROJECT, Samples.WORKFLOW, 1))))
                .isEmpty();

        assertThat(first.engines().renew(one, LONG)).isTrue();
        commit(one, execId, RUNNING);
    }

    @Test
    void passesOverAsManyAsItMay() {
        long execId = create();
        first.engines().release(one);
        Set<WorkflowVersion> passedOver = IntStream.range(0, ExecutionStore.MOST_PASSED_OVER)
                .mapToObj(i -> new WorkflowVersion("p", "flow" + i, i + 1))
                .collect(Collectors.toSet());

        assertThat(second.executions().claim(two, 10, passedOver)).containsExactly(execId);
    }

    @Test
    void claimsFromSeveralEnginesInOrderOfAge() {
        long released = create();
        long running = create();
        long expired = create(two, Samples.submission());
        long alsoReleased = create();
        commit(one, running, RUNNING, Samples.node(0, 1));
        first.executions().release(one, List.of(alsoReleased, released));
        expire(two);

        assertThat(first.executions().claim(one, 10)).containsExactly(released, expired, alsoReleased);
        assertThat(second.engines().renew(two, LONG)).isFalse();
    }

    @Test
    void whatWasStoredStaysWhenTheOwnerChanges() {
        long execId = create();
        commit(one, execId, RUNNING, Samples.node(0, 1), Samples.node(1, 1));
        first.engines().release(one);

        assertThat(second.executions().claim(two, 10)).containsExactly(execId);

        assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(RUNNING);
        assertThat(second.executions().nodes(execId)).containsExactlyInAnyOrder(Samples.node(0, 1), Samples.node(1, 1));
    }

    @Test
    void claimsPausedAndWaitingExecutions() {
        List<Long> ids = new ArrayList<>();
        for (Status status : List.of(
                Status.INIT,
                Status.WAITING_DEP,
                Status.WAITING_RES,
                Status.RUNNING,
                Status.PAUSED,
                Status.SUCCESS,
                Status.FAILED,
                Status.KILL,
                Status.DEP_FAILED)) {
            long execId = create();
            commit(one, execId, Samples.state(status));
            if (!status.isFinal()) {
                ids.add(execId);
            }
        }
        first.engines().release(one);

        assertThat(second.executions().claim(two, 100)).isEqualTo(ids);
    }

    @Test
    void releasesSingleExecutions() {
        long released = create();
        long kept = create();

        first.executions().release(one, List.of(released, kept + 1000));

        refused(one, released);
        commit(one, kept, RUNNING);
        assertThat(second.executions().claim(two, 10)).containsExactly(released);
        commit(two, released, RUNNING);
        assertThat(first.engines().renew(one, LONG)).isTrue();
    }

    @Test
    void releasesOnlyWhatItOwns() {
        long theirs = create(two, Samples.submission());

        first.executions().release(one, List.of(theirs));
        first.executions().release(one, List.of());

        assertThat(first.executions().claim(one, 10)).isEmpty();
        commit(two, theirs, RUNNING);
    }

    @Test
    void theReleasingEngineMayClaimAgain() {
        long execId = create();
        first.executions().release(one, List.of(execId));

        assertThat(first.executions().claim(one, 10)).containsExactly(execId);
        commit(one, execId, RUNNING);
    }

    @Test
    void claimsAFinalExecutionFromItsOwner() {
        long execId = createFinal();

        assertThat(second.executions().claimFinal(two, execId)).isTrue();

        refused(one, execId);
        commit(two, execId, RUNNING);
        assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(RUNNING);
        assertThat(first.executions().claim(one, 10)).isEmpty();
    }

    @Test
    void claimsAFinalExecutionThatItOwns() {
        long execId = createFinal();

        assertThat(first.executions().claimFinal(one, execId)).isTrue();
        assertThat(first.executions().claimFinal(one, execId)).isTrue();
        commit(one, execId, RUNNING);
    }

    @Test
    void claimsAFinalExecutionWithoutAnOwner() {
        long execId = createFinal();
        long released = createFinal();
        first.executions().release(one, List.of(released));
        first.engines().release(one);

        assertThat(second.executions().claim(two, 10)).isEmpty();
        assertThat(second.executions().claimFinal(two, execId)).isTrue();
        assertThat(second.executions().claimFinal(two, released)).isTrue();
        commit(two, execId, RUNNING);
        commit(two, released, RUNNING);
    }

    @Test
    void claimsNothingAsFinalThatIsNot() {
        long execId = create();
        long orphan = create();
        first.executions().release(one, List.of(orphan));

        assertThat(second.executions().claimFinal(two, execId)).isFalse();
        assertThat(second.executions().claimFinal(two, orphan)).isFalse();
        assertThat(second.executions().claimFinal(two, orphan + 1000)).isFalse();

        commit(one, execId, RUNNING);
        refused(two, orphan);
    }

    @Test
    void aReopenedExecutionIsTakenOverLikeAnyOther() {
        long execId = createFinal();
        second.executions().claimFinal(two, execId);
        commit(two, execId, RUNNING);
        expire(two);

        assertThat(first.executions().claim(one, 10)).containsExactly(execId);
        refused(two, execId);
        commit(one, execId, RUNNING);
    }
}

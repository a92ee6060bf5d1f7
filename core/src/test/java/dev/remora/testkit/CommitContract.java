package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NodeState;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What commits store. */
public abstract class CommitContract extends StoragePart {
    private static final ExecutionState RUNNING = Samples.state(Status.RUNNING);

    /** Creates this part. */
    protected CommitContract() {}

    private ExecutionState stored(long execId) {
        return second.executions().find(execId).orElseThrow().state();
    }

    private List<NodeState> storedNodes(long execId) {
        return second.executions().nodes(execId);
    }

    @Test
    void storesStateAndNodes() {
        long execId = create();
        ExecutionState state = new ExecutionState(Status.PAUSED, Optional.of(Cause.TIMEOUT), 7, 2, 11, 12, 13, 14, 15);

        commit(one, execId, state, Samples.node(0, 1), Samples.node(3, 2));

        assertThat(stored(execId)).isEqualTo(state);
        assertThat(storedNodes(execId)).containsExactlyInAnyOrder(Samples.node(0, 1), Samples.node(3, 2));
        assertThat(first.executions().nodes(execId)).containsExactlyInAnyOrder(Samples.node(0, 1), Samples.node(3, 2));
    }

    @Test
    void storesEveryStatusAndCause() {
        long execId = create();
        for (Status status : EnumSet.complementOf(EnumSet.of(Status.SKIPPED))) {
            ExecutionState state = Samples.state(status);
            commit(one, execId, state);
            assertThat(stored(execId)).isEqualTo(state);
        }
        for (Cause cause : Cause.values()) {
            ExecutionState state = new ExecutionState(Status.FAILED, Optional.of(cause), 1, 1, 1, 1, 1, 0, 0);
            commit(one, execId, state);
            assertThat(stored(execId)).isEqualTo(state);
        }
    }

    @Test
    void storesAStateWithoutNodes() {
        long execId = create();
        commit(one, execId, RUNNING, Samples.node(0, 1));

        commit(one, execId, Samples.state(Status.PAUSED));

        assertThat(stored(execId).status()).isEqualTo(Status.PAUSED);
        assertThat(storedNodes(execId)).containsExactly(Samples.node(0, 1));
    }

    @Test
    void makesSureOfTheOwnerWhenTheStateIsAsItWas() {
        long execId = create();
        commit(one, execId, RUNNING);
        ExecutionChange unchanged =
                new ExecutionChange(execId, RUNNING, false, List.of(Samples.node(0, 1)), false, Optional.empty());

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.executions().commit(two, List.of(unchanged)));
        assertThat(storedNodes(execId)).isEmpty();

        first.executions().commit(one, List.of(unchanged));
        assertThat(stored(execId)).isEqualTo(RUNNING);
        assertThat(storedNodes(execId)).containsExactly(Samples.node(0, 1));
    }

    @Test
    void overwritesNodesAndKeepsOthers() {
        long execId = create();
        commit(one, execId, RUNNING, Samples.node(0, 1), Samples.node(1, 1));

        commit(one, execId, RUNNING, Samples.node(1, 2), Samples.node(2, 1));

        assertThat(storedNodes(execId))
                .containsExactlyInAnyOrder(Samples.node(0, 1), Samples.node(1, 2), Samples.node(2, 1));
    }

    @Test
    void replacesAllNodesWhenTold() {
        long execId = create();
        long other = create();
        commit(one, execId, RUNNING, Samples.node(0, 1), Samples.node(1, 1), Samples.node(2, 1));
        commit(one, other, RUNNING, Samples.node(0, 9));

        first.executions()
                .commit(one, List.of(new ExecutionChange(execId, RUNNING, List.of(Samples.node(1, 5)), true)));
        assertThat(storedNodes(execId)).containsExactly(Samples.node(1, 5));

        first.executions().commit(one, List.of(new ExecutionChange(execId, RUNNING, List.of(), true)));
        assertThat(storedNodes(execId)).isEmpty();
        assertThat(storedNodes(other)).containsExactly(Samples.node(0, 9));
    }

    @Test
    void storesTheNodesOfSeveralExecutions() {
        List<Long> ids = IntStream.range(0, 30).mapToObj(i -> create()).toList();

        first.executions()
                .commit(
                        one,
                        ids.stream()
                                .sorted(Comparator.reverseOrder())
                                .map(id ->
                                        change(id, Samples.state(Status.RUNNING, id), Samples.node(0, id.intValue())))
                                .toList());

        for (long id : ids) {
            assertThat(stored(id).startedAt()).isEqualTo(id);
            assertThat(storedNodes(id)).containsExactly(Samples.node(0, (int) id));
        }
    }

    @Test
    void storesManyNodesAtOnce() {
        long execId = create();
        List<NodeState> started =
                IntStream.range(0, 10_000).mapToObj(i -> Samples.node(i, 1)).toList();
        List<NodeState> again =
                IntStream.range(5_000, 15_000).mapToObj(i -> Samples.node(i, 2)).toList();

        first.executions().commit(one, List.of(new ExecutionChange(execId, RUNNING, started, false)));
        assertThat(storedNodes(execId)).containsExactlyInAnyOrderElementsOf(started);

        first.executions().commit(one, List.of(new ExecutionChange(execId, RUNNING, again, false)));
        assertThat(storedNodes(execId)).hasSize(15_000).containsAll(again).containsAll(started.subList(0, 5_000));
    }

    @Test
    void takesNodesInAnyOrder() {
        long execId = create();

        commit(one, execId, RUNNING, Samples.node(1_999_999, 1), Samples.node(0, 1), Samples.node(77, 1));
        commit(one, execId, RUNNING, Samples.node(5, 1));

        assertThat(storedNodes(execId))
                .containsExactlyInAnyOrder(
                        Samples.node(1_999_999, 1), Samples.node(0, 1), Samples.node(77, 1), Samples.node(5, 1));
    }

    @Test
    void canBeRepeated() {
        long execId = create();
        List<ExecutionChange> last = List.of(change(execId, Samples.state(Status.SUCCESS), Samples.node(0, 1)));

        first.executions().commit(one, last);
        first.executions().commit(one, last);

        assertThat(stored(execId)).isEqualTo(Samples.state(Status.SUCCESS));
        assertThat(storedNodes(execId)).containsExactly(Samples.node(0, 1));
    }

    @Test
    void opensAFinalExecutionAgain() {
        long execId = createFinal();
        ExecutionState second = new ExecutionState(Status.RUNNING, Optional.empty(), 1, 2, 5, 6, 0, 0, 0);

        commit(one, execId, second, Samples.node(0, 2));

        assertThat(stored(execId)).isEqualTo(second);
    }

    @Test
    void acceptsNothingToDo() {
        first.executions().commit(one, List.of());

        first.engines().release(one);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.executions().commit(one, List.of()));
    }

    @Test
    void storesNothingIfOneOfTheExecutionsIsNotOwned() {
        long mine = create();
        long theirs = create(two, Samples.submission());
        long alsoMine = create();
        long unknown = alsoMine + 1000;
        commit(one, mine, RUNNING, Samples.node(0, 1));

        for (long foreign : new long[] {theirs, unknown}) {
            List<ExecutionChange> changes = List.of(
                    change(mine, Samples.state(Status.SUCCESS), Samples.node(0, 2), Samples.node(1, 1)),
                    change(foreign, RUNNING, Samples.node(0, 1)),
                    change(alsoMine, RUNNING, Samples.node(0, 1)));

            assertThatExceptionOfType(LeaseLostException.class)
                    .isThrownBy(() -> first.executions().commit(one, changes))
                    .satisfies(e -> assertThat(e.isTransient()).isFalse());
        }

        assertThat(stored(mine)).isEqualTo(RUNNING);
        assertThat(storedNodes(mine)).containsExactly(Samples.node(0, 1));
        assertThat(stored(theirs)).isEqualTo(ExecutionState.accepted(1));
        assertThat(storedNodes(theirs)).isEmpty();
        assertThat(stored(alsoMine)).isEqualTo(ExecutionState.accepted(1));
        assertThat(storedNodes(alsoMine)).isEmpty();
    }
}

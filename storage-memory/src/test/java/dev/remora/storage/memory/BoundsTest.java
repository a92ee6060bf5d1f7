package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LimitExceededException;
import dev.remora.error.ValidationException;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.Submission;
import dev.remora.testkit.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private MemoryStorage storage;
    private ExecutionStore executions;
    private Lease lease;

    private void open(MemoryStorage.Builder builder) {
        storage = builder.build();
        executions = storage.executions();
        lease = storage.engines().register("engine", LONG);
    }

    @AfterEach
    void close() {
        if (storage != null) {
            storage.close();
        }
    }

    private long create() {
        return create(Samples.submission()).execId();
    }

    private ExecutionStore.Accepted create(Submission submission) {
        Samples.saveFor(storage, submission);
        return executions.create(lease, submission);
    }

    private void commit(long execId, ExecutionState state) {
        executions.commit(lease, List.of(new ExecutionChange(execId, state, List.of(Samples.node(0, 1)), false)));
    }

    private void end(long execId) {
        commit(execId, Samples.state(Status.SUCCESS));
    }

    private List<Long> stored() {
        return executions.list(ExecutionFilter.builder().build()).executions().stream()
                .map(ExecutionRecord::execId)
                .toList();
    }

    @Test
    void refusesMoreActiveExecutionsThanItTakes() {
        open(MemoryStorage.builder().maxActive(2));
        long first = create();
        long second = create();
        Submission third = Samples.keyed("p", "flow", "key");

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> create(third))
                .withMessageContaining("ACTIVE_EXECUTIONS")
                .satisfies(e -> {
                    assertThat(e.limit()).isEqualTo(Limit.ACTIVE_EXECUTIONS);
                    assertThat(e.bound()).isEqualTo(2);
                });
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> executions.createUnsaved(
                        lease, Samples.submission("p", "loose"), Samples.unsaved("p", "loose")));

        assertThat(stored()).containsExactly(second, first);
        assertThat(executions.findByKey("p", "key")).isEmpty();
        assertThat(storage.workflows().version("p", "loose", 1)).isEmpty();

        end(first);
        assertThat(create(third).created()).isTrue();
    }

    @Test
    void passesOverTheLastWholeRunOfASchedule() {
        open(MemoryStorage.builder().maxExecutions(3));
        long earlier = create(scheduled(0)).execId();
        long last = create(scheduled(1)).execId();
        end(earlier);
        end(last);

        List<Long> others = List.of(create(), create());
        assertThat(stored()).containsExactlyInAnyOrder(last, others.get(0), others.get(1));

        others.forEach(this::end);
        create();
        create();
        assertThat(stored()).hasSize(3).contains(last).doesNotContainAnyElementsOf(others);
    }

    @Test
    void whatIsNeededGoesWhenThereIsNothingElse() {
        open(MemoryStorage.builder().maxExecutions(1));
        long last = create(scheduled(1)).execId();
        end(last);

        long next = create();

        assertThat(stored()).containsExactly(next);
    }

    private static Submission scheduled(int day) {
        Submission direct = Samples.submission();
        return new Submission(
                direct.project(),
                direct.workflow(),
                direct.version(),
                ExecutionType.SCHEDULER,
                direct.submitTime(),
                direct.scheduleTime().plus(Duration.ofDays(day)),
                direct.submitUser(),
                direct.owner(),
                direct.options(),
                direct.occasion());
    }

    @Test
    void answersForAKnownKeyEvenWhenItIsFull() {
        open(MemoryStorage.builder().maxActive(1));
        Submission keyed = Samples.keyed("p", "flow", "key");
        long execId = create(keyed).execId();

        assertThat(create(keyed)).isEqualTo(Accepted.existing(execId));
    }

    @Test
    void neverRefusesARerun() {
        open(MemoryStorage.builder().maxActive(1));
        long first = create();
        end(first);
        create();

        commit(first, Samples.state(Status.RUNNING));

        assertThat(executions.find(first).orElseThrow().state().status()).isEqualTo(Status.RUNNING);
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(this::create);
    }

    @Test
    void evictsThoseThatEndedFirst() {
        open(MemoryStorage.builder().maxExecutions(3));
        long endsLast = create();
        long endsFirst = create();
        long runs = create();
        end(endsFirst);
        end(endsLast);

        long fourth = create();
        assertThat(stored()).containsExactlyInAnyOrder(endsLast, runs, fourth);
        long fifth = create();
        assertThat(stored()).containsExactlyInAnyOrder(runs, fourth, fifth);

        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(this::create);
    }

    @Test
    void evictsWithNodesKeysLogsAndUnsavedDefinitions() {
        open(MemoryStorage.builder().maxExecutions(1));
        Submission keyed = Samples.keyed("p", "loose", "key");
        long execId = executions
                .createUnsaved(lease, keyed, Samples.unsaved("p", "loose"))
                .execId();
        JobId job = new JobId(execId, "a");
        storage.logs().append(lease, new LogChunk(job, 1, 0, 1, new byte[] {'\n'}, 0));
        end(execId);

        create();

        assertThat(executions.find(execId)).isEmpty();
        assertThat(executions.nodes(execId)).isEmpty();
        assertThat(executions.findByKey("p", "key")).isEmpty();
        assertThat(storage.logs().extents(job)).isEmpty();
        assertThat(storage.logHeapUsed()).isZero();
        assertThat(storage.workflows().version("p", "loose", 1)).isEmpty();
    }

    @Test
    void evictsLastWhatIsAboutToRunAgain() {
        open(MemoryStorage.builder().maxExecutions(2));
        long again = create();
        end(again);
        long other = create();
        end(other);
        executions.claimFinal(lease, again);

        long third = create();

        assertThat(stored()).containsExactlyInAnyOrder(third, again);
        commit(again, Samples.state(Status.RUNNING));
    }

    @Test
    void doesNotEvictWhatRunsAgain() {
        open(MemoryStorage.builder().maxExecutions(2));
        long again = create();
        end(again);
        commit(again, Samples.state(Status.RUNNING));
        long other = create();
        end(other);

        long third = create();

        assertThat(stored()).containsExactlyInAnyOrder(third, again);
    }

    @Test
    void takesNoMoreActiveExecutionsThanItKeeps() {
        open(MemoryStorage.builder().maxExecutions(1));
        create();

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(this::create)
                .satisfies(e -> assertThat(e.bound()).isEqualTo(1));
    }

    @Test
    void namesTheBoundThatIsBroken() {
        broken(MemoryStorage.builder().maxExecutions(0), "maxExecutions");
        broken(MemoryStorage.builder().maxActive(0), "maxActive");
        broken(MemoryStorage.builder().maxExecutions(5).maxActive(6), "maxActive");
        broken(MemoryStorage.builder().logHeap(-1), "logHeap");
    }

    private static void broken(MemoryStorage.Builder builder, String name) {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> assertThat(e.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.path()).isEqualTo(name)));
    }

    @Test
    void keepsAMillionNodesOfOneExecution() {
        open(MemoryStorage.builder());
        long execId = create();
        int count = 1_000_000;
        ExecutionState running = Samples.state(Status.RUNNING);
        for (int node = 0; node < count; node++) {
            executions.commit(
                    lease, List.of(new ExecutionChange(execId, running, List.of(Samples.node(node, 1)), false)));
        }

        assertThat(executions.nodes(execId).stream()
                        .mapToLong(node -> node.node())
                        .sum())
                .isEqualTo(count * (count - 1L) / 2);
    }
}

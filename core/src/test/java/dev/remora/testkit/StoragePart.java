package dev.remora.testkit;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the parts of the contract share: two handles on one data set, each with an engine of its own. */
public abstract class StoragePart {
    /** A lease that stands for the whole test. */
    static final Duration LONG = Duration.ofHours(1);

    private static final Duration MOMENT = Duration.ofMillis(1);

    /** The data set. */
    StorageFixture fixture;
    /** A handle. */
    Storage first;
    /** Another handle on the same data. */
    Storage second;
    /** The lease of the engine on the first handle. */
    Lease one;
    /** The lease of the engine on the second handle. */
    Lease two;

    StoragePart() {}

    /**
     * Makes an empty data set.
     *
     * @return a fixture of its own for each test
     */
    protected abstract StorageFixture newFixture();

    @BeforeEach
    void openHandles() {
        fixture = newFixture();
        first = fixture.open();
        second = fixture.open();
        one = first.engines().register("one", LONG);
        two = second.engines().register("two", LONG);
    }

    @AfterEach
    void closeHandles() {
        second.close();
        first.close();
        fixture.close();
    }

    /** Creates an execution on the first handle, and the workflow that it runs, if need be. */
    final long create() {
        return create(Samples.submission());
    }

    /** Creates an execution on the first handle, and the workflow that it runs, if need be. */
    final long create(Submission submission) {
        return create(one, submission);
    }

    /** Creates an execution of a lease on the first handle, and the workflow that it runs, if need be. */
    final long create(Lease owner, Submission submission) {
        Samples.saveFor(first, submission);
        return first.executions().create(owner, submission).execId();
    }

    /** Creates an execution on the first handle that has ended. */
    final long createFinal() {
        long execId = create();
        end(one, execId);
        return execId;
    }

    /** Ends an execution. */
    final void end(Lease owner, long execId) {
        commit(owner, execId, Samples.state(Status.SUCCESS));
    }

    /** Commits, on the first handle, the change of one execution. */
    final void commit(Lease owner, long execId, ExecutionState state, NodeState... nodes) {
        first.executions().commit(owner, List.of(change(execId, state, nodes)));
    }

    static ExecutionChange change(long execId, ExecutionState state, NodeState... nodes) {
        return new ExecutionChange(execId, state, List.of(nodes), false);
    }

    /** Makes a standing lease run out, without anyone claiming from it. */
    final void expire(Lease lease) {
        first.engines().renew(lease, MOMENT);
        fixture.passTime(MOMENT);
    }

    /** Returns the ids of all executions, as the second handle lists them. */
    final List<Long> listed() {
        return ids(second.executions()
                .list(ExecutionFilter.builder().size(ExecutionFilter.MAX_SIZE).build()));
    }

    static List<Long> ids(StoredPage page) {
        return page.executions().stream().map(ExecutionRecord::execId).toList();
    }
}

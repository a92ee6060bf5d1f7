package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.JobId;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Leases: how they stand, end and come back, and what one that does not stand may no longer do. */
public abstract class LeaseContract extends StoragePart {
    private static final ExecutionState RUNNING = Samples.state(Status.RUNNING);

    /** Creates this part. */
    protected LeaseContract() {}

    private void unchanged(long execId) {
        assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(ExecutionState.accepted(1));
        assertThat(second.executions().nodes(execId)).isEmpty();
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    private static LogChunk line(long execId) {
        return new LogChunk(new JobId(execId, "a"), 1, 0, 1, new byte[] {'x', '\n'}, 2);
    }

    /** Checks that a lease can write nothing, for an execution that it owns or owned. */
    private void writesNothing(Lease lease, long execId) {
        long ended = create(two, Samples.submission());
        end(two, ended);
        List<Long> before = listed();

        refused(() -> commit(lease, execId, RUNNING, Samples.node(0, 1)));
        refused(() -> first.executions().create(lease, Samples.submission()));
        refused(() -> first.executions()
                .createUnsaved(lease, Samples.submission("p", "loose"), Samples.unsaved("p", "loose")));
        refused(() -> first.logs().append(lease, line(execId)));
        refused(() -> first.logs().append(lease, line(ended)));
        refused(() -> first.executions().claim(lease, 10));
        refused(() -> first.executions().claimFinal(lease, ended));

        unchanged(execId);
        assertThat(second.logs().extents(line(execId).job())).isEmpty();
        assertThat(second.logs().extents(line(ended).job())).isEmpty();
        assertThat(listed()).isEqualTo(before);
        assertThat(second.workflows().version("p", "loose", 1)).isEmpty();
        end(two, ended);
    }

    @Test
    void incarnationsIncreaseOverAllEngines() {
        Lease three = second.engines().register("three", LONG);
        Lease four = first.engines().register("one", LONG);

        assertThat(List.of(one, two, three, four))
                .extracting(Lease::incarnation)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(three.engine()).isEqualTo("three");
    }

    @Test
    void canBeRenewedThroughAnyHandle() {
        assertThat(first.engines().renew(one, LONG)).isTrue();
        assertThat(second.engines().renew(one, LONG)).isTrue();
    }

    @Test
    void anUnknownLeaseNeverStands() {
        long execId = create();
        Lease unknown = new Lease("unknown", 1);
        Lease wrongIncarnation = new Lease("one", two.incarnation() + 1);
        Lease wrongName = new Lease("three", one.incarnation());

        for (Lease lease : List.of(unknown, wrongIncarnation, wrongName)) {
            assertThat(first.engines().renew(lease, LONG)).isFalse();
            first.engines().release(lease);
            refused(() -> commit(lease, execId, RUNNING));
        }
        assertThat(first.engines().renew(one, LONG)).isTrue();
        unchanged(execId);
    }

    @Test
    void aNewerIncarnationEndsTheOlderOne() {
        long execId = create();

        Lease newer = second.engines().register("one", LONG);

        writesNothing(one, execId);
        assertThat(first.engines().renew(one, LONG)).isFalse();
        assertThat(first.engines().renew(newer, LONG)).isTrue();
        assertThat(second.executions().claim(newer, 10)).containsExactly(execId);
        commit(newer, execId, RUNNING);
    }

    @Test
    void anOlderIncarnationCannotHarmTheNewerOne() {
        Lease newer = first.engines().register("one", LONG);
        long execId = create(newer, Samples.submission());

        first.engines().release(one);
        first.executions().release(one, List.of(execId));

        assertThat(first.engines().renew(newer, LONG)).isTrue();
        assertThat(second.executions().claim(two, 10)).isEmpty();
        commit(newer, execId, RUNNING);
    }

    @Test
    void aReleasedLeaseIsLost() {
        long execId = create();

        first.engines().release(one);
        first.engines().release(one);

        assertThat(first.engines().renew(one, LONG)).isFalse();
        writesNothing(one, execId);
        assertThat(second.executions().claim(two, 10)).containsExactly(execId);
    }

    @Test
    void aLeaseStandsAsLongAsWasAsked() {
        long execId = create();
        first.engines().renew(one, Duration.ofMinutes(10));

        fixture.passTime(Duration.ofMillis(5));

        assertThat(second.executions().claim(two, 10)).isEmpty();
        commit(one, execId, RUNNING);
    }

    @Test
    void aLeaseWhoseTimeIsUpWritesNothingUntilItIsRenewed() {
        long execId = create();

        expire(one);

        writesNothing(one, execId);
        assertThat(first.engines().renew(one, LONG)).isTrue();
        assertThat(second.executions().claim(two, 10)).isEmpty();
        commit(one, execId, RUNNING, Samples.node(0, 1));
        assertThat(second.executions().nodes(execId)).containsExactly(Samples.node(0, 1));
    }

    @Test
    void aRegistrationRunsOutToo() {
        Lease brief = first.engines().register("brief", Duration.ofMillis(1));
        fixture.passTime(Duration.ofMillis(1));

        refused(() -> first.executions().create(brief, Samples.submission()));
        assertThat(first.engines().renew(brief, LONG)).isTrue();
        assertThat(create(brief, Samples.submission())).isPositive();
    }

    @Test
    void aLeaseThatWasClaimedFromIsLostForGood() {
        long taken = create();
        long left = create();
        expire(one);

        assertThat(second.executions().claim(two, 1)).containsExactly(taken);

        assertThat(first.engines().renew(one, LONG)).isFalse();
        writesNothing(one, taken);
        writesNothing(one, left);
        refused(() -> first.executions()
                .commit(one, List.of(change(left, RUNNING, Samples.node(0, 1)), change(taken, RUNNING))));
        unchanged(left);
        assertThat(second.executions().claim(two, 10)).containsExactly(left);
        commit(two, taken, RUNNING);
        commit(two, left, RUNNING);
    }

    @Test
    void aLeaseThatOwnsNothingCannotBeClaimedFrom() {
        expire(one);

        assertThat(second.executions().claim(two, 10)).isEmpty();

        assertThat(first.engines().renew(one, LONG)).isTrue();
    }

    @Test
    void finalExecutionsAreNotClaimedFromALease() {
        long execId = createFinal();
        expire(one);

        assertThat(second.executions().claim(two, 10)).isEmpty();

        assertThat(first.engines().renew(one, LONG)).isTrue();
        end(one, execId);
    }

    @Test
    void aClaimThatIsFullTakesNothingFromALease() {
        long older = create(two, Samples.submission());
        long execId = create();
        second.executions().release(two, List.of(older));
        expire(one);

        assertThat(second.executions().claim(two, 1)).containsExactly(older);

        assertThat(first.engines().renew(one, LONG)).isTrue();
        commit(one, execId, RUNNING);
    }

    @Test
    void aFinalExecutionThatIsClaimedLeavesTheLeaseAlone() {
        long execId = createFinal();
        long running = create();

        assertThat(second.executions().claimFinal(two, execId)).isTrue();

        assertThat(first.engines().renew(one, LONG)).isTrue();
        commit(one, running, RUNNING);
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remora.error.StorageException;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.JobId;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.Storage;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The handles on a storage. */
public abstract class HandleContract extends StoragePart {
    /** Creates this part. */
    protected HandleContract() {}

    @Test
    void givesTheSameStoresEachTime() {
        assertThat(first.workflows()).isSameAs(first.workflows());
        assertThat(first.executions()).isSameAs(first.executions());
        assertThat(first.logs()).isSameAs(first.logs());
        assertThat(first.engines()).isSameAs(first.engines());
    }

    @Test
    void closingOneLeavesTheOthers() {
        long execId = create();

        first.close();
        first.close();

        assertThat(second.executions().find(execId)).isPresent();
        assertThat(second.engines().renew(one, LONG)).isTrue();
    }

    @Test
    void refusesCallsOnAClosedHandle() {
        long execId = create();
        JobId job = new JobId(execId, "a");
        first.close();
        ExecutionStore closed = first.executions();

        refused(() -> first.workflows().save("p", "w", Samples.workflow("x"), "user", Samples.NOW));
        refused(() -> first.workflows().latest("p", "w"));
        refused(() -> first.workflows().current("p", "w"));
        refused(() -> first.workflows().version("p", "w", 1));
        refused(() -> first.workflows().list("p", 0, 1));
        refused(() -> first.workflows().delete("p", "w"));
        refused(() -> closed.create(one, Samples.submission()));
        refused(() -> closed.createUnsaved(one, Samples.submission("p", "w"), Samples.unsaved("p", "w")));
        refused(() -> closed.commit(one, List.of()));
        refused(() -> closed.find(execId));
        refused(() -> closed.findByKey("p", "k"));
        refused(() -> closed.nodes(execId));
        refused(() -> closed.list(ExecutionFilter.builder().build()));
        refused(() -> closed.claim(one, 1));
        refused(() -> closed.claimFinal(one, execId));
        refused(() -> closed.release(one, List.of(execId)));
        refused(() -> closed.send(execId, new Command.Pause()));
        refused(() -> closed.commands(one, 1));
        refused(() -> closed.done(List.of(1L)));
        refused(() -> first.retention().purge(List.of(execId), Long.MAX_VALUE));
        refused(() -> first.logs().append(one, new LogChunk(job, 1, 0, 1, new byte[] {'\n'}, 0)));
        refused(() -> first.logs().extents(job));
        refused(() -> first.logs().read(job, 0, 1));
        refused(() -> first.engines().register("one", LONG));
        refused(() -> first.engines().renew(one, LONG));
        refused(() -> first.engines().release(one));
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void dataOutliveTheHandles() {
        assumeTrue(fixture.durable(), "the storage does not claim to be durable");
        long execId = create();
        commit(one, execId, Samples.state(Status.RUNNING), Samples.node(0, 1));
        first.close();
        second.close();

        try (Storage later = fixture.open()) {
            Lease third = later.engines().register("three", LONG);

            assertThat(third.incarnation()).isGreaterThan(two.incarnation());
            assertThat(later.executions().nodes(execId)).containsExactly(Samples.node(0, 1));
            assertThat(later.executions().create(third, Samples.submission()).execId())
                    .isGreaterThan(execId);
        }
    }
}

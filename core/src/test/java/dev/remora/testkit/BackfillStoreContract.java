package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillScope;
import dev.remora.model.BackfillStatus;
import dev.remora.model.ExecutionType;
import dev.remora.model.PlannedRun;
import dev.remora.model.Status;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Occasion;
import dev.remora.spi.Storage;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The backfills. */
public abstract class BackfillStoreContract extends StoragePart {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final ExecutionState HELD = ExecutionState.accepted(1).held(Status.INIT, 0, 0);

    /** Creates this part. */
    protected BackfillStoreContract() {}

    private BackfillRecord record(String project) {
        BackfillRequest request = BackfillRequest.builder(project, "flow", HeldContract.time(0), HeldContract.time(9))
                .build();
        return record(request);
    }

    private BackfillRecord record(BackfillRequest request) {
        return new BackfillRecord(
                first.backfills().newId(), request, 1, "user", Samples.NOW, 1, BackfillStatus.RUNNING);
    }

    private static NewExecution run(BackfillRecord backfill, int hour) {
        Occasion occasion =
                new Occasion(ZONE, OptionalLong.of(backfill.id()), 1, Optional.empty(), List.of(), Optional.empty());
        return new NewExecution(HeldContract.submission("flow", ExecutionType.COMPLEMENT_DATA, hour, occasion), HELD);
    }

    private List<PlannedRun> create(BackfillRecord backfill, int... hours) {
        Samples.saveFor(first, Samples.submission());
        return first.backfills()
                .create(
                        one,
                        backfill,
                        IntStream.of(hours)
                                .mapToObj(hour -> run(backfill, hour))
                                .toList());
    }

    private static HeldChange release(long execId) {
        return new HeldChange(execId, HELD, HELD.released(), Optional.empty());
    }

    @Test
    void everythingComesBack() {
        BackfillRecord backfill =
                record(BackfillRequest.builder("p", "flow", HeldContract.time(0), HeldContract.time(9))
                        .cron("0 0 * * * ?")
                        .zone(ZONE)
                        .scope(BackfillScope.FAILED)
                        .order(BackfillOrder.DESCENDING)
                        .parallel(7)
                        .stopOnFailure(true)
                        .waits(true)
                        .attempts(4)
                        .nodes("a")
                        .param("k", OddTexts.CONTROLS)
                        .build());

        List<PlannedRun> runs = create(backfill, 5, 3, 4);

        assertThat(runs)
                .extracting(PlannedRun::time)
                .containsExactly(HeldContract.time(5), HeldContract.time(3), HeldContract.time(4));
        assertThat(runs).extracting(PlannedRun::execId).isSorted().doesNotHaveDuplicates();
        assertThat(second.backfills().find(backfill.id())).contains(backfill);
        assertThat(second.backfills().runs(backfill.id())).isEqualTo(runs);
        assertThat(second.executions().find(runs.get(0).execId()).orElseThrow().submission())
                .isEqualTo(run(backfill, 5).submission());
    }

    @Test
    void idsAreDifferentOnAllHandles() {
        long firstId = first.backfills().newId();
        long secondId = second.backfills().newId();

        assertThat(firstId).isPositive();
        assertThat(List.of(firstId, secondId, first.backfills().newId())).doesNotHaveDuplicates();
    }

    @Test
    void findsNothingUnknown() {
        assertThat(second.backfills().find(99)).isEmpty();
        assertThat(second.backfills().runs(99)).isEmpty();
        assertThat(second.backfills().list("p", 0, 10)).isEmpty();
        assertThat(second.backfills().open(0, 10)).isEmpty();
    }

    @Test
    void listsTheNewestFirst() {
        List<BackfillRecord> all = List.of(record("p"), record("p"), record("q"), record("p"));
        all.forEach(backfill -> create(backfill, 1));

        assertThat(second.backfills().list("p", 0, 10)).containsExactly(all.get(3), all.get(1), all.get(0));
        assertThat(second.backfills().list("p", 1, 1)).containsExactly(all.get(1));
    }

    @Test
    void tellsWhichHaveNotEnded() {
        List<BackfillRecord> all = List.of(record("p"), record("p"), record("q"));
        all.forEach(backfill -> create(backfill, 1));
        first.backfills().step(one, all.get(1).next(BackfillStatus.SUCCESS), List.of());

        assertThat(second.backfills().open(0, 10)).containsExactly(all.get(0), all.get(2));
        assertThat(second.backfills().open(0, 1)).containsExactly(all.get(0));
        assertThat(second.backfills().open(all.get(0).id(), 10)).containsExactly(all.get(2));
    }

    @Test
    void aStepReleasesRunsToItsEngine() {
        BackfillRecord backfill = record("p");
        long execId = create(backfill, 1, 2).get(0).execId();
        BackfillRecord next = backfill.next(BackfillStatus.RUNNING);

        assertThat(second.backfills().step(two, next, List.of(release(execId)))).isTrue();

        assertThat(first.backfills().find(backfill.id())).contains(next);
        second.executions().commit(two, List.of(change(execId, Samples.state(Status.RUNNING))));
    }

    @Test
    void aStepThatDoesNotFitDoesNothing() {
        BackfillRecord backfill = record("p");
        List<PlannedRun> runs = create(backfill, 1, 2);
        BackfillRecord next = backfill.next(BackfillStatus.PAUSED);
        long execId = runs.get(0).execId();
        HeldChange other =
                new HeldChange(runs.get(1).execId(), HELD.held(Status.PAUSED, 1, 0), HELD.released(), Optional.empty());

        assertThat(first.backfills().step(one, next.next(BackfillStatus.RUNNING), List.of(release(execId))))
                .isFalse();
        assertThat(first.backfills().step(one, next, List.of(release(execId), other)))
                .isFalse();

        assertThat(second.backfills().find(backfill.id())).contains(backfill);
        assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(HELD);
    }

    @Test
    void refusesAnEngineWithoutALease() {
        BackfillRecord backfill = record("p");
        List<PlannedRun> runs = create(backfill, 1);
        BackfillRecord another = record("p");
        expire(one);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> create(another, 1));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.backfills()
                        .step(
                                one,
                                backfill.next(BackfillStatus.RUNNING),
                                List.of(release(runs.get(0).execId()))));

        assertThat(second.backfills().find(another.id())).isEmpty();
        assertThat(listed()).hasSize(1);
    }

    @Test
    void ofManyEnginesOneMakesAStep() throws Exception {
        BackfillRecord backfill = record("p");
        List<PlannedRun> runs = create(backfill, IntStream.range(0, 50).toArray());
        AtomicInteger steps = new AtomicInteger();

        Race.between(
                () -> stepOften(first, one, backfill, runs, steps),
                () -> stepOften(second, two, backfill, runs, steps));

        assertThat(second.backfills().find(backfill.id()).orElseThrow().revision())
                .isEqualTo(steps.get() + 1L);
        assertThat(runs.stream()
                        .filter(run -> !second.executions()
                                .find(run.execId())
                                .orElseThrow()
                                .state()
                                .held())
                        .count())
                .isEqualTo(steps.get());
    }

    private static void stepOften(
            Storage handle, Lease lease, BackfillRecord backfill, List<PlannedRun> runs, AtomicInteger steps)
            throws Exception {
        BackfillRecord last = backfill;
        for (PlannedRun run : runs) {
            BackfillRecord next = last.next(BackfillStatus.RUNNING);
            if (Race.persistently(() -> handle.backfills().step(lease, next, List.of(release(run.execId()))))) {
                steps.incrementAndGet();
            }
            last = next;
        }
    }
}

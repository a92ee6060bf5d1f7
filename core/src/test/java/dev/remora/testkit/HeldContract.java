package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.Cause;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Occasion;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Executions that are created many at a time, that are held, and that are found by their schedule time. */
public abstract class HeldContract extends StoragePart {
    private static final ExecutionState ACCEPTED = ExecutionState.accepted(1);
    private static final ExecutionState HELD = ACCEPTED.held(Status.INIT, 0, 0);

    /** Creates this part. */
    protected HeldContract() {}

    private static NewExecution at(int hour, ExecutionState state) {
        return new NewExecution(
                submission("flow", ExecutionType.SCHEDULER, hour, Occasion.in(ZoneId.of("UTC"))), state);
    }

    static Submission submission(String workflow, ExecutionType type, int hour, Occasion occasion) {
        Submission base = Samples.submission();
        return new Submission(
                base.project(),
                workflow,
                1,
                type,
                base.submitTime(),
                time(hour),
                base.submitUser(),
                base.owner(),
                base.options(),
                occasion);
    }

    static Instant time(int hour) {
        return Samples.NOW.plus(Duration.ofHours(hour));
    }

    private long hold() {
        return createAll(at(0, HELD)).get(0);
    }

    private List<Long> createAll(NewExecution... executions) {
        for (NewExecution one : executions) {
            Samples.saveFor(first, one.submission());
        }
        return Samples.create(first, one, List.of(executions));
    }

    private static HeldChange held(long execId, ExecutionState next) {
        return new HeldChange(execId, HELD, next, Optional.empty());
    }

    private ExecutionState state(long execId) {
        return second.executions().find(execId).orElseThrow().state();
    }

    private List<Instant> times(TimedFilter filter) {
        return second.executions().timed(filter).stream()
                .map(record -> record.submission().scheduleTime())
                .toList();
    }

    @Test
    void storesManyAtOnceInTheirOrder() {
        Occasion occasion = new Occasion(
                ZoneId.of("Europe/Berlin"),
                OptionalLong.of(7),
                3,
                Optional.of(time(4)),
                List.of(
                        new Occasion.Wait("other", Occasion.Period.SAME),
                        new Occasion.Wait("flow", Occasion.Period.PREVIOUS)),
                Optional.of(Duration.ofMinutes(90)));
        Submission special = submission("flow", ExecutionType.COMPLEMENT_DATA, 5, occasion);
        List<NewExecution> all = new ArrayList<>(
                IntStream.range(0, 3_650).mapToObj(hour -> at(hour, HELD)).toList());
        all.add(NewExecution.ready(special));
        Samples.saveFor(first, special);

        List<Long> ids = Samples.create(first, one, all);

        assertThat(ids).hasSize(3_651).isSorted().doesNotHaveDuplicates();
        assertThat(second.executions().find(ids.get(0)))
                .contains(new ExecutionRecord(ids.get(0), all.get(0).submission(), HELD));
        assertThat(second.executions().find(ids.get(3_650)))
                .contains(new ExecutionRecord(ids.get(3_650), special, ACCEPTED));
    }

    @Test
    void onlyThoseThatMayStartAreOwned() {
        ExecutionState ended = ACCEPTED.ended(Status.FAILED, Cause.BAD_PARAMETER, 5);
        List<Long> ids = createAll(at(0, HELD), at(1, ACCEPTED), at(2, ended));
        first.engines().release(one);

        assertThat(second.executions().claim(two, 10)).containsExactly(ids.get(1));
        assertThat(state(ids.get(2))).isEqualTo(ended);
    }

    @Test
    void whatIsHeldIsNeverClaimed() {
        long execId = hold();
        expire(one);

        assertThat(second.executions().claim(two, 10)).isEmpty();
        second.executions().release(two, List.of(execId));
        assertThat(second.executions().claim(two, 10)).isEmpty();
        assertThat(second.executions().claimFinal(two, execId)).isFalse();
        assertThat(Samples.purge(second, List.of(execId))).isZero();
    }

    @Test
    void whoReleasesItOwnsIt() {
        long execId = hold();

        assertThat(second.executions().changeHeld(two, List.of(held(execId, HELD.released()))))
                .isTrue();

        assertThat(state(execId)).isEqualTo(ACCEPTED);
        assertThat(first.executions().claim(one, 10)).isEmpty();
        second.executions().commit(two, List.of(change(execId, Samples.state(Status.RUNNING))));
        second.executions().send(execId, new Command.Pause());
        assertThat(second.executions().commands(two, 10)).hasSize(1);
        second.engines().release(two);
        assertThat(first.executions().claim(one, 10)).containsExactly(execId);
    }

    @Test
    void itIsChangedOnlyFromTheStateThatIsExpected() {
        long execId = hold();
        ExecutionState waiting = HELD.held(Status.WAITING_DEP, 0, 77);

        assertThat(first.executions().changeHeld(one, List.of(held(execId, waiting))))
                .isTrue();
        assertThat(second.executions().changeHeld(two, List.of(held(execId, HELD.released()))))
                .isFalse();
        assertThat(state(execId)).isEqualTo(waiting);
        assertThat(second.executions().changeHeld(two, List.of(held(execId + 1, HELD.released()))))
                .isFalse();
    }

    @Test
    void whatIsNotHeldIsNotChangedThisWay() {
        long execId = createAll(at(0, ACCEPTED)).get(0);

        assertThat(first.executions()
                        .changeHeld(one, List.of(new HeldChange(execId, ACCEPTED, HELD, Optional.empty()))))
                .isFalse();
        assertThat(state(execId)).isEqualTo(ACCEPTED);
    }

    @Test
    void allChangesAreMadeOrNone() {
        List<Long> ids = createAll(at(0, HELD), at(1, ACCEPTED), at(2, HELD));

        assertThat(first.executions()
                        .changeHeld(
                                one,
                                ids.stream()
                                        .map(execId -> held(execId, HELD.released()))
                                        .toList()))
                .isFalse();
        assertThat(state(ids.get(0))).isEqualTo(HELD);
        assertThat(state(ids.get(2))).isEqualTo(HELD);
    }

    @Test
    void anEndIsKept() {
        long execId = hold();
        ExecutionState killed = HELD.ended(Status.KILL, Cause.BACKFILL_CANCELLED, 99);

        assertThat(first.executions().changeHeld(one, List.of(held(execId, killed))))
                .isTrue();

        assertThat(state(execId)).isEqualTo(killed);
        assertThat(second.executions().claim(two, 10)).isEmpty();
        assertThat(second.executions().claimFinal(two, execId)).isTrue();
    }

    @Test
    void aNewRoundMayBeHeld() {
        long execId = createFinal();
        ExecutionState waiting =
                new ExecutionState(Status.INIT, Optional.empty(), 1, 2, 1, 0, 0, 0, 0).held(Status.WAITING_DEP, 0, 500);
        first.executions().claimFinal(one, execId);
        commit(one, execId, waiting);
        first.executions().release(one, List.of(execId));

        assertThat(second.executions().claim(two, 10)).isEmpty();
        assertThat(second.executions()
                        .changeHeld(
                                two, List.of(new HeldChange(execId, waiting, waiting.released(), Optional.empty()))))
                .isTrue();
        assertThat(state(execId)).isEqualTo(waiting.released());
    }

    @Test
    void refusesAnEngineWithoutALease() {
        long execId = hold();
        expire(one);

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> Samples.create(first, one, List.of(at(3, HELD))));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.executions().changeHeld(one, List.of(held(execId, HELD.released()))));
        assertThat(listed()).containsExactly(execId);
        assertThat(state(execId)).isEqualTo(HELD);
    }

    @Test
    void ofManyThatReleaseItOneDoes() throws Exception {
        List<Long> ids = IntStream.range(0, 50)
                .mapToObj(hour -> createAll(at(hour, HELD)).get(0))
                .toList();
        AtomicInteger released = new AtomicInteger();

        Race.between(() -> releaseEach(first, one, ids, released), () -> releaseEach(second, two, ids, released));

        assertThat(released).hasValue(50);
    }

    private static void releaseEach(Storage handle, Lease lease, List<Long> ids, AtomicInteger released)
            throws Exception {
        for (long execId : ids) {
            List<HeldChange> changes = List.of(held(execId, HELD.released()));
            if (Race.persistently(() -> handle.executions().changeHeld(lease, changes))) {
                released.incrementAndGet();
            }
        }
    }

    @Test
    void findsByScheduleTime() {
        createAll(at(3, HELD), at(1, ACCEPTED), at(2, HELD), at(2, ACCEPTED.ended(Status.KILL, Cause.USER_KILL, 1)));
        createAll(
                NewExecution.ready(submission("flow2", ExecutionType.SCHEDULER, 1, Occasion.in(ZoneId.of("UTC")))),
                NewExecution.ready(submission("flow", ExecutionType.DIRECT, 1, Occasion.in(ZoneId.of("UTC")))));
        TimedFilter all = TimedFilter.of(Samples.PROJECT, "flow", 100);

        assertThat(times(all)).containsExactly(time(1), time(2), time(2), time(3));
        assertThat(second.executions().timed(all)).isSortedAccordingTo((a, b) -> {
            int byTime = a.submission().scheduleTime().compareTo(b.submission().scheduleTime());
            return byTime != 0 ? byTime : Long.compare(a.execId(), b.execId());
        });
        assertThat(second.executions().timed(all.fromTheLatest()))
                .isEqualTo(reversed(second.executions().timed(all)));
        assertThat(times(all.between(time(2), time(2)))).hasSize(2);
        assertThat(times(all.until(time(2)))).hasSize(3);
        assertThat(times(all.held(true))).containsExactly(time(2), time(3));
        assertThat(times(all.held(false))).containsExactly(time(1), time(2));
        assertThat(times(all.statuses(Status.KILL, Status.FAILED))).containsExactly(time(2));
        assertThat(times(all.type(ExecutionType.SCHEDULER))).hasSize(4);
        assertThat(times(all.type(ExecutionType.COMPLEMENT_DATA))).isEmpty();
        assertThat(times(TimedFilter.of(Samples.PROJECT, "flow", 2))).containsExactly(time(1), time(2));
        assertThat(times(TimedFilter.of(Samples.PROJECT, "flo", 100))).isEmpty();
        assertThat(times(TimedFilter.of("other", "flow", 100))).isEmpty();
    }

    private static List<ExecutionRecord> reversed(List<ExecutionRecord> records) {
        List<ExecutionRecord> turned = new ArrayList<>(records);
        Collections.reverse(turned);
        return turned;
    }

    @Test
    void findsThoseOfABackfill() {
        for (long id : new long[] {7, 8}) {
            Occasion occasion = new Occasion(
                    ZoneId.of("UTC"), OptionalLong.of(id), 1, Optional.empty(), List.of(), Optional.empty());
            createAll(new NewExecution(submission("flow", ExecutionType.COMPLEMENT_DATA, (int) id, occasion), HELD));
        }

        assertThat(times(TimedFilter.of(Samples.PROJECT, "flow", 10).backfill(8)))
                .containsExactly(time(8));
    }

    @Test
    void forgetsWhatIsPurged() {
        List<Long> ids = createAll(at(0, ACCEPTED.ended(Status.KILL, Cause.USER_KILL, 1)), at(1, HELD));

        assertThat(Samples.purge(first, ids)).isEqualTo(1);

        assertThat(times(TimedFilter.of(Samples.PROJECT, "flow", 10))).containsExactly(time(1));
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.ExecutionType;
import dev.remora.model.MisfirePolicy;
import dev.remora.model.NodeDependency;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Occasion;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The schedules, and that each fire time is dealt with once. */
public abstract class ScheduleStoreContract extends StoragePart {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** Creates this part. */
    protected ScheduleStoreContract() {}

    private static ScheduleRecord record(String project, String workflow, ScheduleState state) {
        Schedule schedule =
                Schedule.builder(project, workflow, "0 0 2 * * ?").zone(ZONE).build();
        return new ScheduleRecord(schedule, "user", Samples.NOW, state);
    }

    private static ScheduleState state(long revision, Instant next) {
        return new ScheduleState(revision, Samples.NOW, Optional.of(next), Optional.empty(), 0);
    }

    private static Instant in(int hours) {
        return Samples.NOW.plus(Duration.ofHours(hours));
    }

    private static NewExecution run(int hour) {
        return NewExecution.ready(HeldContract.submission("flow", ExecutionType.SCHEDULER, hour, Occasion.in(ZONE)));
    }

    private Optional<List<Long>> fire(Storage handle, Lease lease, long revision, NewExecution... created) {
        return handle.schedules()
                .step(lease, Samples.PROJECT, "flow", state(revision, in(9)), List.of(created), List.of());
    }

    private void save() {
        Samples.saveFor(first, Samples.submission());
        assertThat(first.schedules().save(record(Samples.PROJECT, "flow", state(1, in(1)))))
                .isTrue();
    }

    private List<String> upcoming(int limit) {
        return second.schedules().upcoming(limit).stream()
                .map(one -> one.schedule().project() + "/" + one.schedule().workflow())
                .toList();
    }

    @Test
    void everythingComesBack() {
        Schedule full = Schedule.builder("p", "w", "0 0/5 2 ? * MON#1 2030")
                .zone(ZONE)
                .start(Instant.parse("2026-01-01T00:00:00.001Z"))
                .end(Instant.parse("2027-01-01T00:00:00Z"))
                .online(false)
                .misfire(MisfirePolicy.ALL)
                .overlap(OverlapPolicy.REPLACE)
                .attempts(3)
                .waitFor("b", "a")
                .waitForPrevious(true)
                .waitTimeout(Duration.ofMinutes(5))
                .nodes("x")
                .nodeDependency(NodeDependency.NODE_PRE)
                .param("k", OddTexts.CONTROLS)
                .timeout(Duration.ofHours(1))
                .notifyMails("a@b.example")
                .build();
        ScheduleRecord record = new ScheduleRecord(
                full, "someone", Samples.NOW, new ScheduleState(1, in(-1), Optional.empty(), Optional.of(in(-2)), 17));

        assertThat(first.schedules().save(record)).isTrue();

        assertThat(second.schedules().find("p", "w")).contains(record);
        assertThat(second.schedules().list("p", 0, 10)).containsExactly(record);
        assertThat(second.schedules().upcoming(10)).isEmpty();
    }

    @Test
    void savesOnlyOnTopOfTheRevisionBefore() {
        save();

        assertThat(second.schedules().save(record(Samples.PROJECT, "flow", state(1, in(5)))))
                .isFalse();
        assertThat(second.schedules().save(record(Samples.PROJECT, "flow", state(3, in(5)))))
                .isFalse();
        assertThat(second.schedules().save(record(Samples.PROJECT, "new", state(2, in(5)))))
                .isFalse();
        assertThat(second.schedules().save(record(Samples.PROJECT, "flow", state(2, in(5)))))
                .isTrue();
        assertThat(first.schedules().find(Samples.PROJECT, "flow").orElseThrow().state())
                .isEqualTo(state(2, in(5)));
    }

    @Test
    void listsByProjectAndName() {
        for (String name : List.of("b", "B", "a", "c")) {
            first.schedules().save(record("p", name, state(1, in(1))));
        }
        first.schedules().save(record("P", "x", state(1, in(1))));

        assertThat(second.schedules().list("p", 0, 10))
                .extracting(one -> one.schedule().workflow())
                .containsExactly("B", "a", "b", "c");
        assertThat(second.schedules().list("p", 1, 2))
                .extracting(one -> one.schedule().workflow())
                .containsExactly("a", "b");
        assertThat(second.schedules().find("p", "A")).isEmpty();
        assertThat(second.schedules().list("q", 0, 10)).isEmpty();
    }

    @Test
    void tellsWhatFiresNext() {
        first.schedules().save(record("p", "late", state(1, in(3))));
        first.schedules().save(record("p", "b", state(1, in(2))));
        first.schedules().save(record("p", "a", state(1, in(2))));
        first.schedules().save(record("p", "soon", state(1, in(1))));
        ScheduleState never = new ScheduleState(1, Samples.NOW, Optional.empty(), Optional.empty(), 0);
        first.schedules().save(record("p", "never", never));

        assertThat(upcoming(10)).containsExactly("p/soon", "p/a", "p/b", "p/late");
        assertThat(upcoming(2)).containsExactly("p/soon", "p/a");

        first.schedules().save(record("p", "soon", state(2, in(4))));
        first.schedules().delete("p", "a");

        assertThat(upcoming(10)).containsExactly("p/b", "p/late", "p/soon");
    }

    @Test
    void deletesOnce() {
        save();

        assertThat(second.schedules().delete(Samples.PROJECT, "flow")).isTrue();
        assertThat(first.schedules().delete(Samples.PROJECT, "flow")).isFalse();
        assertThat(first.schedules().find(Samples.PROJECT, "flow")).isEmpty();
        assertThat(fire(first, one, 2, run(1))).isEmpty();
        save();
    }

    @Test
    void aStepCreatesItsExecutionsAndMovesOn() {
        save();

        List<Long> ids = fire(first, one, 2, run(1), run(2)).orElseThrow();

        assertThat(ids).hasSize(2).isSorted();
        assertThat(listed()).containsExactlyInAnyOrderElementsOf(ids);
        ScheduleRecord after = second.schedules().find(Samples.PROJECT, "flow").orElseThrow();
        assertThat(after).isEqualTo(record(Samples.PROJECT, "flow", state(2, in(9))));
        first.executions().commit(one, List.of(change(ids.get(0), Samples.state(Status.RUNNING))));
    }

    @Test
    void aStepFromAnOlderRevisionDoesNothing() {
        save();
        fire(first, one, 2, run(1));

        assertThat(fire(second, two, 2, run(1))).isEmpty();
        assertThat(fire(second, two, 4, run(1))).isEmpty();
        assertThat(listed()).hasSize(1);
        assertThat(fire(second, two, 3, run(2))).isPresent();
    }

    @Test
    void aStepWithAChangeThatDoesNotFitDoesNothing() {
        save();
        ExecutionState held = ExecutionState.accepted(1).held(Status.INIT, 0, 0);
        NewExecution queued = new NewExecution(run(1).submission(), held);
        long execId = fire(first, one, 2, queued).orElseThrow().get(0);
        HeldChange fits = new HeldChange(execId, held, held.released(), Optional.empty());
        HeldChange other = new HeldChange(execId, held.held(Status.PAUSED, 5, 0), held.released(), Optional.empty());

        assertThat(second.schedules()
                        .step(two, Samples.PROJECT, "flow", state(3, in(9)), List.of(run(2)), List.of(other)))
                .isEmpty();
        assertThat(listed()).containsExactly(execId);
        assertThat(second.schedules()
                        .step(two, Samples.PROJECT, "flow", state(3, in(9)), List.of(run(2)), List.of(fits)))
                .isPresent();
        assertThat(first.executions().find(execId).orElseThrow().state()).isEqualTo(held.released());
        second.executions().commit(two, List.of(change(execId, Samples.state(Status.RUNNING))));
    }

    @Test
    void refusesAnEngineWithoutALease() {
        save();
        expire(one);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> fire(first, one, 2, run(1)));

        assertThat(listed()).isEmpty();
        assertThat(fire(second, two, 2, run(1))).isPresent();
    }

    @Test
    void ofManyEnginesOneFires() throws Exception {
        save();
        AtomicInteger fired = new AtomicInteger();

        Race.between(() -> fireMany(first, one, fired), () -> fireMany(second, two, fired));

        long revision = second.schedules()
                .find(Samples.PROJECT, "flow")
                .orElseThrow()
                .state()
                .revision();
        assertThat(listed()).hasSize(fired.get()).hasSize((int) revision - 1);
    }

    private void fireMany(Storage handle, Lease lease, AtomicInteger fired) throws Exception {
        for (int i = 0; i < 50; i++) {
            int number = i;
            if (Race.persistently(() -> fire(handle, lease, number + 2, run(number)))
                    .isPresent()) {
                fired.incrementAndGet();
            }
        }
    }
}

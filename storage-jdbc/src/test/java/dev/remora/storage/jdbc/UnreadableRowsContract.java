package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import dev.remora.model.AccessRight;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Cause;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.model.RunOptions;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.WorkflowJson;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.Command;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Notice;
import dev.remora.spi.Occasion;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import dev.remora.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows that somebody else has changed, or that a newer version has written: each is named, and stops no other. */
abstract class UnreadableRowsContract extends TablesPart {
    private static final int ALL = 100;

    /** What may be wrong with the row of an execution, and how it is told. */
    private static final Map<String, String> DAMAGES = Map.of(
            "options = '{\"priority\":'", "its options (",
            "options = '{\"timeout\":\"soon\"}'", "its options (",
            "options = '{\"failurePolicy\":\"OF_THE_FUTURE\"}'", "its options (",
            "occasion = '{'", "its zone or occasion (",
            "zone = 'Atlantis/Centre'", "its zone or occasion (",
            "schedule_second = 9000000000000000000", "its schedule time (",
            "cause = 'OF_THE_FUTURE'", "its cause (",
            "type = 'OF_THE_FUTURE'", "its type (");

    private void store(String name, String json) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE remora_workflow_chunk SET bytes = ? WHERE name = ?")) {
            update.setBytes(1, json.getBytes(StandardCharsets.UTF_8));
            Dialect.of(connection).setText(update, 2, name);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    @Test
    void aDefinitionOfANewerVersionIsReadLeniently() throws SQLException {
        storage.workflows().save("p", "newer", Samples.workflow("1"), "anna", Samples.NOW);
        String json = WorkflowJson.write(Samples.workflow("1"));
        store("newer", json.replaceFirst("\\{", "{\"ofTheFuture\":[1],"));

        assertThat(storage.workflows().latest("p", "newer").orElseThrow().definition())
                .isEqualTo(Samples.workflow("1"));
    }

    @Test
    void aDefinitionThatCannotBeReadIsNamedAndStopsNoOther() throws SQLException {
        for (String name : List.of("broken", "sound")) {
            storage.workflows().save("p", name, Samples.workflow("1"), "anna", Samples.NOW);
        }
        store("broken", "{\"nodes\":7");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.workflows().latest("p", "broken"))
                .withMessageStartingWith("version 1 of workflow broken of project p is stored, but cannot be read")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
        assertThat(storage.workflows().latest("p", "sound")).isPresent();
        assertThat(storage.workflows()
                        .save("p", "broken", Samples.workflow("2"), "anna", Samples.NOW)
                        .version())
                .isEqualTo(2);
        assertThat(storage.workflows().latest("p", "broken")).isPresent();
    }

    @Test
    void aScheduleThatCannotBeReadIsNamedAndStopsNoOther() throws SQLException {
        for (String name : List.of("broken", "sound")) {
            Schedule schedule = Schedule.builder("p", name, "0 0 0 * * ?")
                    .zone(ZoneOffset.UTC)
                    .build();
            ScheduleState state = new ScheduleState(1, Samples.NOW, Optional.of(Samples.NOW), Optional.empty(), 0);
            assertThat(storage.schedules().save(new ScheduleRecord(schedule, "anna", Samples.NOW, state)))
                    .isTrue();
        }
        execute("UPDATE remora_schedule SET definition = '{' WHERE workflow = 'broken'");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.schedules().find("p", "broken"))
                .withMessageStartingWith("the schedule of workflow broken of project p is stored, but cannot be read")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
        assertThat(storage.schedules().upcoming(10))
                .extracting(one -> one.schedule().workflow())
                .containsExactly("sound");
    }

    @Test
    void aBackfillThatCannotBeReadIsNamedAndStopsNoOther() throws SQLException {
        for (int number = 1; number <= 2; number++) {
            BackfillRequest request = BackfillRequest.builder("p", "flow", Samples.NOW, Samples.NOW)
                    .build();
            storage.backfills()
                    .create(
                            lease,
                            new BackfillRecord(number, request, 1, "anna", Samples.NOW, 1, BackfillStatus.RUNNING),
                            List.of());
        }
        execute("UPDATE remora_backfill SET status = 'OF_THE_FUTURE' WHERE id = 1");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.backfills().find(1))
                .withMessageStartingWith("backfill 1 is stored, but cannot be read");
        assertThat(storage.backfills().open(0, 10))
                .extracting(BackfillRecord::id)
                .containsExactly(2L);
    }

    private static Submission timed() {
        Submission base = Samples.submission();
        return new Submission(
                base.project(),
                base.workflow(),
                base.version(),
                ExecutionType.SCHEDULER,
                base.submitTime(),
                base.scheduleTime(),
                base.submitUser(),
                base.owner(),
                RunOptions.DEFAULT,
                Occasion.in(ZoneOffset.UTC));
    }

    private List<Long> create(ExecutionState state, int count) {
        return Samples.create(
                storage,
                lease,
                Stream.generate(() -> new NewExecution(timed(), state))
                        .limit(count)
                        .toList());
    }

    private ExecutionRecord found(long execId) {
        return storage.executions().find(execId).orElseThrow();
    }

    private void damage(long execId, String how) throws SQLException {
        execute("UPDATE remora_execution SET " + how + " WHERE exec_id = " + execId);
    }

    @Test
    void whatCanBeReadOfAnExecutionIsFoundAmongTheOthers() throws SQLException {
        for (Map.Entry<String, String> damage : DAMAGES.entrySet()) {
            List<Long> ids = create(ExecutionState.accepted(1), 3);
            ExecutionRecord before = found(ids.get(1));
            damage(ids.get(1), damage.getKey());

            ExecutionRecord after = found(ids.get(1));

            assertThat(after.damage().orElseThrow()).as(damage.getKey()).startsWith(damage.getValue());
            assertThat(after.state()).isEqualTo(before.state());
            assertThat(after.submission().workflow())
                    .isEqualTo(before.submission().workflow());
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(after::requireWhole)
                    .withMessageStartingWith("execution " + ids.get(1) + " is stored, but cannot be read whole: its ")
                    .satisfies(e -> assertThat(e.isTransient()).isFalse());
            assertThat(storage.executions()
                            .list(ExecutionFilter.builder().size(3).build())
                            .executions())
                    .containsExactly(found(ids.get(2)), after, found(ids.get(0)));
            assertThat(found(ids.get(0)).damage()).isEmpty();
        }
    }

    @Test
    void whatStandsInAnIndexIsFoundByScheduleTimeToo() throws SQLException {
        List<Long> ids = create(ExecutionState.accepted(1), 3);
        damage(ids.get(1), "options = '{'");
        TimedFilter filter = TimedFilter.of(Samples.PROJECT, Samples.WORKFLOW, ALL);

        for (TimedFilter one :
                List.of(filter, filter.type(ExecutionType.SCHEDULER).statuses(Status.INIT), filter.fromTheLatest())) {
            assertThat(storage.executions().timed(one))
                    .extracting(ExecutionRecord::execId)
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    /** Else a backfill would end before one of its times has run. */
    @Test
    void whatIsPartOfABackfillStaysSoWhateverCannotBeRead() throws SQLException {
        BackfillRequest request =
                BackfillRequest.builder("p", "flow", Samples.NOW, Samples.NOW).build();
        Submission base = timed();
        Submission backfilled = new Submission(
                base.project(),
                base.workflow(),
                base.version(),
                ExecutionType.COMPLEMENT_DATA,
                base.submitTime(),
                base.scheduleTime(),
                base.submitUser(),
                base.owner(),
                RunOptions.DEFAULT,
                new Occasion(ZoneOffset.UTC, OptionalLong.of(1), 1, Optional.empty(), List.of(), Optional.empty()));
        ExecutionState held = ExecutionState.accepted(1).held(Status.INIT, 0, 0);
        long execId = storage.backfills()
                .create(
                        lease,
                        new BackfillRecord(1, request, 1, "anna", Samples.NOW, 1, BackfillStatus.RUNNING),
                        List.of(new NewExecution(backfilled, held)))
                .get(0)
                .execId();
        TimedFilter ofBackfill =
                TimedFilter.of(base.project(), base.workflow(), ALL).backfill(1);
        damage(execId, "occasion = '{'");

        for (TimedFilter one : List.of(
                ofBackfill,
                ofBackfill.statuses(Status.INIT),
                ofBackfill.held(true).statuses(Status.INIT))) {
            assertThat(storage.executions().timed(one))
                    .extracting(ExecutionRecord::execId)
                    .containsExactly(execId);
        }
        assertThat(storage.executions()
                        .timed(TimedFilter.of(base.project(), "other", ALL)
                                .backfill(1)
                                .statuses(Status.INIT)))
                .isEmpty();
    }

    @Test
    void anExecutionOfAnUnknownStateIsTakenForOneThatRunsOrHasFailed() throws SQLException {
        long runs = create(ExecutionState.accepted(1), 1).get(0);
        long ended = create(Samples.state(Status.SUCCESS, 1).ended(Status.SUCCESS, Cause.TIMEOUT, 2), 1)
                .get(0);
        for (long execId : List.of(runs, ended)) {
            damage(execId, "status = 77");
        }

        assertThat(found(runs).state().status()).isEqualTo(Status.RUNNING);
        assertThat(found(ended).state().status()).isEqualTo(Status.FAILED);
        assertThat(found(ended).damage().orElseThrow())
                .startsWith("its state (")
                .contains("77");
    }

    @Test
    void anExecutionThatCannotBeReadWholeCanBeEnded() throws SQLException {
        ExecutionState held = ExecutionState.accepted(1).held(Status.INIT, 0, 0);
        long waits = create(held, 1).get(0);
        long runs = create(ExecutionState.accepted(1), 1).get(0);
        damage(waits, "options = '{'");
        damage(runs, "cause = 'OF_THE_FUTURE'");
        ExecutionState killed = held.ended(Status.KILL, Cause.USER_KILL, 5);
        ExecutionState failed = found(runs).state().ended(Status.FAILED, Cause.UNPROCESSABLE, 5);

        assertThat(storage.executions()
                        .changeHeld(
                                lease,
                                List.of(new HeldChange(waits, found(waits).state(), killed, Optional.empty()))))
                .isTrue();
        storage.executions().commit(lease, List.of(new ExecutionChange(runs, failed, List.of(), false)));

        assertThat(found(waits).state()).isEqualTo(killed);
        assertThat(found(runs)).isEqualTo(new ExecutionRecord(runs, found(runs).submission(), failed));
        EndedFilter all = new EndedFilter(
                Optional.empty(),
                Optional.empty(),
                Set.of(Status.KILL, Status.FAILED),
                Optional.empty(),
                Samples.NOW,
                Optional.empty(),
                Optional.empty(),
                ALL);
        assertThat(storage.retention().find(all))
                .extracting(ExecutionRecord::execId)
                .containsExactlyInAnyOrder(waits, runs);
        assertThat(Samples.purge(storage, List.of(waits, runs))).isEqualTo(2);
    }

    @Test
    void aCommandThatCannotBeReadStopsNoOther() throws SQLException {
        long execId = create(ExecutionState.accepted(1), 1).get(0);
        storage.executions().send(execId, new Command.Pause());
        execute("UPDATE remora_command SET kind = 'OF_THE_FUTURE'");
        storage.executions().send(execId, new Command.Kill(Cause.USER_KILL));

        assertThat(storage.executions().commands(lease, ALL))
                .singleElement()
                .satisfies(one -> assertThat(one.command()).isEqualTo(new Command.Kill(Cause.USER_KILL)));
    }

    @Test
    void aNoticeThatCannotBeReadIsSetAsideWithTheOthers() throws SQLException {
        List<Long> ids = create(ExecutionState.accepted(1), 2);
        ExecutionState end = ExecutionState.accepted(1).ended(Status.FAILED, Cause.EXIT_CODE, 5);
        storage.executions()
                .commit(
                        lease,
                        ids.stream()
                                .map(id -> new ExecutionChange(id, end, true, List.of(), false, Optional.of(end)))
                                .toList());
        execute("UPDATE remora_notice SET cause = 'OF_THE_FUTURE' WHERE exec_id = " + ids.get(0));

        assertThat(storage.notices().take(10, 20, 1)).isEmpty();
        assertThat(storage.notices().take(10, 20, 1)).extracting(Notice::execId).containsExactly(ids.get(1));
        assertThat(storage.notices().take(10, 20, 1)).isEmpty();
    }

    @Test
    void aGrantThatCannotBeReadGrantsNothingAndStopsNoOther() throws SQLException {
        storage.projects().create(new Project("granted", "ada", Samples.NOW));
        storage.projects().grant(new Grant("granted", "bob", AccessRight.EXECUTE));
        storage.projects().grant(new Grant("granted", "cyd", AccessRight.READ));
        execute("UPDATE remora_project_grant SET access_right = 'ALL' WHERE access_right = 'EXECUTE'");

        assertThat(storage.projects().grants("granted", 0, ALL))
                .containsExactly(new Grant("granted", "cyd", AccessRight.READ));
        assertThat(storage.projects().right("granted", "bob")).isEmpty();
        assertThat(storage.projects().right("granted", "cyd")).contains(AccessRight.READ);
    }
}

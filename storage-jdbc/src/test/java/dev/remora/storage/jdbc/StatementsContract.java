package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.PlannedRun;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.NodeState;
import dev.remora.spi.Occasion;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Submission;
import dev.remora.testkit.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many statements the calls take that are made most often. */
abstract class StatementsContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final int EXECUTIONS = 100;
    private static final int NODES = 10;
    private static final int TEN_YEARS = 3_653;
    private static final ExecutionState HELD = ExecutionState.accepted(1).held(Status.INIT, 0, 0);

    private final Counting counting = new Counting();
    private JdbcStorage storage;
    private Lease lease;

    /** Returns connections to a database of this test alone. */
    abstract DataSource connections() throws SQLException;

    /** Returns how the statements begin that a commit runs before it ends the transaction. */
    abstract List<String> commit();

    /** Returns how the statements begin that insert so many parts of executions, each as large as is possible. */
    abstract List<String> insertions(int parts);

    /** Returns how many of the rows of a backfill are one part. */
    abstract int mostRows();

    /** Returns what follows the end of a transaction that changed something. */
    abstract List<String> afterwards();

    /** Returns what follows one statement that finds few rows. */
    List<String> afterALook() {
        return List.of("commit");
    }

    /** Drops the database. */
    abstract void drop() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        storage =
                JdbcStorage.builder().dataSource(counting.around(connections())).build();
        lease = storage.engines().register("engine", LONG);
        Samples.saveFor(storage, Samples.submission());
        counting.since();
    }

    @AfterEach
    void close() throws SQLException {
        storage.close();
        drop();
    }

    private long create() {
        return storage.executions().create(lease, Samples.submission()).execId();
    }

    private List<ExecutionChange> changes(List<Long> ids, Status status) {
        List<NodeState> nodes = IntStream.range(0, NODES)
                .mapToObj(number -> Samples.node(number, 1))
                .toList();
        return ids.stream()
                .map(execId -> new ExecutionChange(execId, Samples.state(status), nodes, false))
                .toList();
    }

    private List<Long> createMany() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < EXECUTIONS; i++) {
            ids.add(create());
        }
        counting.since();
        return ids;
    }

    @Test
    void aSubmissionMakesSureOfTheLeaseAndTheDefinitionAndInsertsARow() {
        create();

        assertRun(submission(), afterwards());
    }

    @Test
    void aLookAtANameTakesOneStatement() {
        assertThat(storage.workflows().current(Samples.PROJECT, Samples.WORKFLOW))
                .isPresent();

        assertRun(List.of("SELECT w.highest"), afterALook());
    }

    @Test
    void aCommitThatChangesNoStateOnlyLocksTheRows() {
        List<Long> ids = createMany();
        List<ExecutionChange> unchanged = changes(ids, Status.INIT).stream()
                .map(change -> new ExecutionChange(
                        change.execId(), change.state(), false, change.nodes(), false, Optional.empty()))
                .toList();

        storage.executions().commit(lease, unchanged);

        assertRun(
                List.of("SELECT 1 FROM remora_engine", "SELECT exec_id FROM remora_execution"),
                commit().subList(commit().size() - 1, commit().size()),
                List.of("commit"),
                afterwards());
        assertThat(storage.executions().nodes(ids.get(0))).hasSize(NODES);
    }

    @Test
    void aCommitTakesFewStatements() {
        List<Long> ids = createMany();

        storage.executions().commit(lease, changes(ids, Status.RUNNING));

        assertRun(commit(), List.of("commit"), afterwards());
        assertThat(storage.executions().nodes(ids.get(0))).hasSize(NODES);
    }

    @Test
    void lookingForWorkInVainTakesOneStatementAndLocksNothing() {
        createMany();

        assertThat(storage.executions().claim(lease, 100)).isEmpty();
        assertRun(List.of("SELECT CASE WHEN EXISTS", "commit"));

        assertThat(storage.executions().commands(lease, 100)).isEmpty();
        assertRun(List.of("SELECT c.id", "commit"));
    }

    @Test
    void tenYearsOfDaysAreStoredInOneTransactionOfFewStatements() {
        BackfillRequest request = BackfillRequest.builder(
                        Samples.PROJECT,
                        Samples.WORKFLOW,
                        Samples.NOW,
                        Samples.NOW.plus(Duration.ofDays(TEN_YEARS - 1)))
                .parallel(3)
                .build();
        BackfillRecord backfill = new BackfillRecord(
                storage.backfills().newId(), request, 1, Samples.USER, Samples.NOW, 1, BackfillStatus.RUNNING);
        List<NewExecution> runs = IntStream.range(0, TEN_YEARS)
                .mapToObj(day -> timed(day, ExecutionType.COMPLEMENT_DATA, OptionalLong.of(backfill.id())))
                .map(run -> new NewExecution(run, HELD))
                .toList();
        counting.since();

        List<PlannedRun> planned = storage.backfills().create(lease, backfill, runs);

        int parts = (TEN_YEARS - 1) / mostRows() + 1;
        assertRun(
                List.of("SELECT 1 FROM remora_engine", "SELECT 1 FROM remora_workflow"),
                insertions(parts),
                List.of("INSERT INTO remora_backfill"),
                Collections.nCopies(parts, "INSERT INTO remora_backfill_run"),
                List.of("commit"),
                afterwards());
        assertThat(storage.backfills().runs(backfill.id())).isEqualTo(planned).hasSize(TEN_YEARS);
    }

    @Test
    void aFireTimeIsOneTransactionOfFewStatements() {
        Schedule schedule = Schedule.builder(Samples.PROJECT, Samples.WORKFLOW, "0 0 0 * * ?")
                .zone(ZoneOffset.UTC)
                .build();
        ScheduleState state =
                new ScheduleState(1, Samples.NOW, Optional.of(Samples.NOW.plusSeconds(1)), Optional.empty(), 0);
        storage.schedules().save(new ScheduleRecord(schedule, Samples.USER, Samples.NOW, state));
        ScheduleState next = new ScheduleState(2, Samples.NOW, Optional.empty(), Optional.empty(), 0);
        NewExecution run = NewExecution.ready(timed(0, ExecutionType.SCHEDULER, OptionalLong.empty()));
        counting.since();

        assertThat(storage.schedules().step(lease, Samples.PROJECT, Samples.WORKFLOW, next, List.of(run), List.of()))
                .isPresent();

        assertRun(
                List.of("SELECT 1 FROM remora_engine", "UPDATE remora_schedule", "SELECT 1 FROM remora_workflow"),
                List.of("INSERT INTO remora_execution"),
                List.of("commit"),
                afterwards());
    }

    private static Submission timed(int day, ExecutionType type, OptionalLong backfill) {
        Submission base = Samples.submission();
        return new Submission(
                base.project(),
                base.workflow(),
                1,
                type,
                Samples.NOW,
                Samples.NOW.plus(Duration.ofDays(day)),
                Samples.USER,
                base.owner(),
                base.options(),
                new Occasion(ZoneOffset.UTC, backfill, 1, Optional.empty(), List.of(), Optional.empty()));
    }

    @Test
    void lookingForNoticesInVainTakesOneStatementAndLocksNothing() {
        assertThat(storage.notices().take(Long.MAX_VALUE, Long.MAX_VALUE, 100)).isEmpty();

        assertRun(List.of("SELECT 1 FROM remora_notice", "commit"));
    }

    @Test
    void aSynchronisationIsLeftOutWhereThatWasChosen() throws SQLException {
        try (JdbcStorage weaker = JdbcStorage.builder()
                .dataSource(counting.around(connections()))
                .durability(Durability.MAY_LOSE_LAST_HALF_SECOND)
                .build()) {
            counting.since();
            weaker.executions().create(lease, Samples.submission());
        }

        assertRun(submission());
    }

    @Test
    void connectionsGoBackAsTheyCame() throws Exception {
        DataSource connections = connections();
        try (Connection only = connections.getConnection()) {
            for (boolean autoCommit : new boolean[] {true, false}) {
                only.setAutoCommit(autoCommit);
                only.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                try (JdbcStorage ours = JdbcStorage.builder()
                        .dataSource(OneConnection.of(only))
                        .durability(Durability.MAY_LOSE_LAST_HALF_SECOND)
                        .build()) {
                    long execId = ours.executions()
                            .create(lease, Samples.submission())
                            .execId();
                    assertThat(storage.executions().find(execId)).isPresent();
                }
                assertThat(only.isClosed()).isFalse();
                assertThat(only.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            }
        }
    }

    @Test
    void whatIsCommittedStaysSoIfTheConnectionCannotGoBack() throws SQLException {
        DataSource connections = connections();
        long before =
                storage.executions().list(ExecutionFilter.builder().build()).total();
        AtomicBoolean fails = new AtomicBoolean();
        DataSource failing = Failing.proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = Failing.call(connections, method, arguments);
            return result instanceof Connection real ? notGoingBack(real, fails) : result;
        });
        try (JdbcStorage ours = JdbcStorage.builder().dataSource(failing).build()) {
            fails.set(true);
            ours.executions().create(lease, Samples.submission());
            fails.set(false);
        }
        assertThat(storage.executions().list(ExecutionFilter.builder().build()).total())
                .isEqualTo(before + 1);
    }

    private static Connection notGoingBack(Connection real, AtomicBoolean fails) {
        return Failing.proxy(Connection.class, (proxy, method, arguments) -> {
            if (fails.get() && method.getName().equals("setAutoCommit") && Boolean.TRUE.equals(arguments[0])) {
                throw new SQLException("meant to fail");
            }
            return Failing.call(real, method, arguments);
        });
    }

    private static List<String> submission() {
        return List.of(
                "SELECT 1 FROM remora_engine",
                "SELECT 1 FROM remora_workflow",
                "INSERT INTO remora_execution",
                "commit");
    }

    @SafeVarargs
    private void assertRun(List<String>... beginnings) {
        List<String> expected = new ArrayList<>();
        for (List<String> part : beginnings) {
            expected.addAll(part);
        }
        List<Counting.Ran> run = counting.since();
        assertThat(run).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(run.get(i).sql()).startsWith(expected.get(i));
        }
    }
}

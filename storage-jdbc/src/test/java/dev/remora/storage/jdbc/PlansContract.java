package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.AccessRight;
import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.Lease;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.RankedPlace;
import dev.remora.spi.TimedFilter;
import dev.remora.testkit.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How many rows and index entries the queries of a big history read, as the database itself counts them. The history has
 * as many executions as {@code -Dremora.history} says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlansContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final long BASE = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int SECOND = 1000;
    private static final int PROJECTS = 20;
    private static final int WORKFLOWS = 50;
    private static final int IDLE_WORKFLOWS = 5_000;
    private static final int USERS = 100;
    private static final int RUNNING = 10;
    private static final int OLD = 200;
    private static final int PAGE = 20;
    private static final int SCHEDULES = 1_000;
    private static final String TIMED_WORKFLOW =
            "CONCAT('project', MOD(n, %d), '/', CONCAT('flow', MOD(n, %d)))".formatted(PROJECTS, WORKFLOWS);
    /** What a query may read beside what it is about. */
    private static final int FEW = 60;

    private static final int HISTORY = Integer.getInteger("remora.history", 30_000);
    private static final int OF_A_PROJECT = (HISTORY - OLD) / PROJECTS;

    private final Counting counting = new Counting();
    private JdbcStorage storage;
    private Lease lease;

    /** Opens connections to an empty database, which stay open until {@link #drop}. */
    abstract javax.sql.DataSource connections() throws SQLException;

    /** Returns a table of the numbers from 1 to another, in a column that is called n. */
    abstract String numbers(int most);

    /** Returns the statements that let the database look at its tables. */
    abstract List<String> analyze();

    /** Returns how many rows and index entries a query reads. */
    abstract long rowsRead(Connection connection, Counting.Ran query) throws SQLException;

    /** Returns one byte as the database writes it. */
    String oneByte() {
        return "X'0A'";
    }

    /** Drops the database. */
    abstract void drop() throws SQLException;

    @BeforeAll
    void fill() throws SQLException {
        storage = JdbcStorage.builder()
                .dataSource(counting.around(connections()))
                .durability(Durability.MAY_LOSE_LAST_HALF_SECOND)
                .build();
        lease = storage.engines().register("engine", LONG);
        try (Connection connection = connections().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO remora_execution (project, workflow, version, type, submit_time, schedule_second,
                        schedule_nano, submit_user, workflow_owner, idempotency_key, status, current_version, round,
                        started_at, round_started_at, ended_at, paused_at, deadline_at, owner, active, place_time, held,
                        zone, timed_workflow, timed_series, occasion)
                    SELECT CASE WHEN n <= %d THEN 'old' ELSE CONCAT('project', MOD(n, %d)) END, CONCAT('flow', MOD(n, %d)), 1,
                        CASE WHEN MOD(n, 100) = 50 THEN 'COMPLEMENT_DATA' WHEN MOD(n, 10) = 0 THEN 'SCHEDULER' ELSE 'DIRECT' END,
                        %d + n * %d, n, 0, CONCAT('user', MOD(n, %d)), 'owner', CONCAT('key', n),
                        CASE WHEN n > %d THEN 3 WHEN MOD(n, 20) = 0 THEN 6 ELSE 4 END, 1, 1,
                        %d + n * %d + 500, 0, 0, 0, 0, %d, n > %d, %d + n * %d + 500, FALSE, 'UTC',
                        CASE WHEN MOD(n, 10) = 0 THEN %s END,
                        CASE WHEN n > 200 AND MOD(n, 100) = 50 THEN '#7' WHEN MOD(n, 10) = 0 THEN %s END,
                        CASE WHEN MOD(n, 100) = 50 THEN '{"backfillId":7}' END
                    FROM %s
                    """.formatted(
                            OLD,
                            PROJECTS,
                            WORKFLOWS,
                            BASE,
                            SECOND,
                            USERS,
                            HISTORY - RUNNING,
                            BASE,
                            SECOND,
                            lease.incarnation(),
                            HISTORY - RUNNING,
                            BASE,
                            SECOND,
                            TIMED_WORKFLOW,
                            TIMED_WORKFLOW,
                            numbers(HISTORY)));
            for (String one : times()) {
                statement.execute(one);
            }
            fillWhatHangsOnExecutions(statement);
            for (String one : analyze()) {
                statement.execute(one);
            }
        }
    }

    /** Returns what makes the last times of a backfill wait for their turn, and adds schedules. */
    private List<String> times() {
        return List.of("""
                UPDATE remora_execution SET status = 0, held = TRUE, active = TRUE, owner = -1
                WHERE timed_series = '#7' AND schedule_second > %d
                """.formatted(HISTORY - HISTORY / 3), """
                INSERT INTO remora_schedule (project, workflow, definition, saved_by, saved_at, revision, cursor_second,
                    cursor_nano, next_second, next_nano, skipped)
                SELECT 'project', CONCAT('flow', n), '%s', 'user', 0, 1, 0, 0, CASE WHEN MOD(n, 2) = 0 THEN n END,
                    CASE WHEN MOD(n, 2) = 0 THEN 0 END, 0
                FROM %s
                """.formatted(
                        TimeJson.write(Schedule.builder("p", "w", "0 0 * * * ?").build()), numbers(SCHEDULES)));
    }

    private static final String NODE = """
            INSERT INTO remora_node (exec_id, node, status, round, attempt, failures, losses, started_at, ended_at,
                retry_at)
            SELECT exec_id, 0, 4, 1, 1, 0, 0, 0, 0, 0 FROM remora_execution WHERE MOD(exec_id, 5) = 0
            """;

    private String logs() {
        return """
                INSERT INTO remora_log_chunk (exec_id, node, first_line, line_count, attempt, source_position,
                    attempt_line, attempt_position, bytes)
                SELECT exec_id, 'a', 0, 1, 1, 0, 0, 0, %s FROM remora_execution WHERE MOD(exec_id, 5) = 0
                """.formatted(oneByte());
    }

    private void fillWhatHangsOnExecutions(Statement statement) throws SQLException {
        statement.execute(NODE);
        statement.execute(logs());
        statement.execute("""
                INSERT INTO remora_workflow (project, name, highest, owner, deleted, unsaved)
                SELECT DISTINCT project, workflow, 1, 'owner', FALSE, FALSE FROM remora_execution
                """);
        // why: of a small table a database rather reads all
        statement.execute("""
                INSERT INTO remora_workflow (project, name, highest, owner, deleted, unsaved)
                SELECT 'zoo', CONCAT('flow', n), 1, 'owner', FALSE, FALSE FROM
                """ + numbers(IDLE_WORKFLOWS));
    }

    @AfterAll
    void close() throws SQLException {
        storage.close();
        drop();
    }

    /** Runs a call, and returns how much each of its queries reads. */
    private List<Long> reads(Runnable call) throws SQLException {
        counting.since();
        call.run();
        List<Long> reads = new ArrayList<>();
        try (Connection connection = connections().getConnection()) {
            for (Counting.Ran ran : counting.since()) {
                // why: what was deleted is not there any more, and to look for it in vain takes an index as well
                if (ran.sql().startsWith("SELECT") || ran.sql().startsWith("DELETE")) {
                    reads.add(rowsRead(connection, ran));
                }
            }
        }
        assertThat(reads).isNotEmpty();
        return reads;
    }

    /** Checks that a list counts no more than it matches, and reads about as much as its page shows. */
    private void list(UnaryOperator<ExecutionFilter.Builder> filter, long matches, long page) throws SQLException {
        ExecutionFilter whole =
                filter.apply(ExecutionFilter.builder().size(PAGE)).build();
        StoredPage found = storage.executions().list(whole);
        assertThat(found.total()).isEqualTo(matches);

        List<Long> reads = reads(() -> storage.executions().list(whole));
        assertThat(reads).hasSize(2);
        assertThat(reads.get(0)).as("read to count %s", whole).isBetween(0L, matches + FEW);
        assertThat(reads.get(1)).as("read for the page of %s", whole).isBetween(1L, page + FEW);
    }

    @Test
    void everything() throws SQLException {
        list(filter -> filter, HISTORY, 2 * PAGE);
        list(filter -> filter.from(100), HISTORY, 2 * (100 + PAGE));
    }

    @Test
    void behindACursor() throws SQLException {
        ExecutionCursor middle = new ExecutionCursor(BASE + HISTORY / 2L * SECOND, 0);
        list(filter -> filter.after(middle), HISTORY, 2 * PAGE);
        list(filter -> filter.project("project7").after(middle), OF_A_PROJECT, 2 * PAGE);
    }

    @Test
    void ofAProject() throws SQLException {
        list(filter -> filter.project("project7"), OF_A_PROJECT, 2 * PAGE);
    }

    @Test
    void ofAUser() throws SQLException {
        list(filter -> filter.submitUser("user7"), HISTORY / USERS, 2 * PAGE);
    }

    /** Checks that a list of some projects reads no more, to count or for a page, than these projects have. */
    private void list(ProjectScope scope, UnaryOperator<ExecutionFilter.Builder> filter, long matches, long ofProjects)
            throws SQLException {
        ExecutionFilter whole =
                filter.apply(ExecutionFilter.builder().size(PAGE)).build();
        assertThat(storage.executions().list(whole, scope).total()).isEqualTo(matches);

        assertThat(reads(() -> storage.executions().list(whole, scope)))
                .as("read for %s of %s", whole, scope)
                .hasSizeLessThanOrEqualTo(3)
                .allMatch(read -> read <= ofProjects + FEW);
    }

    @Test
    void ofTheProjectsThatAUserMayRead() throws SQLException {
        for (int i = 0; i < PROJECTS; i++) {
            storage.projects().create(new Project("project" + i, "boss", Instant.EPOCH));
        }
        storage.projects().create(new Project("old", "archivist", Instant.EPOCH));
        storage.projects().grant(new Grant("project7", "reader", AccessRight.READ));
        storage.projects().grant(new Grant("project15", "reader", AccessRight.READ));

        // why: for nearly all of them a database may well look at all
        list(ProjectScope.grantedTo("boss"), filter -> filter, HISTORY - OLD, HISTORY);
        list(ProjectScope.grantedTo("reader"), filter -> filter, 2L * OF_A_PROJECT, 2L * OF_A_PROJECT);
        list(ProjectScope.grantedTo("reader"), filter -> filter.statuses(Status.RUNNING), 1, 2L * OF_A_PROJECT);
        list(ProjectScope.grantedTo("archivist"), filter -> filter, OLD, OLD);
        list(ProjectScope.grantedTo("nobody"), filter -> filter, 0, 0);
        list(ProjectScope.of(Set.of("project7", "project15")), filter -> filter, 2L * OF_A_PROJECT, 2L * OF_A_PROJECT);
        list(ProjectScope.of(Set.of("old")), filter -> filter, OLD, OLD);
    }

    @Test
    void inARareStatus() throws SQLException {
        list(filter -> filter.statuses(Status.RUNNING), RUNNING, 2 * RUNNING);
        int ofTheProject = 1;
        list(filter -> filter.project("project15").statuses(Status.RUNNING), ofTheProject, 2 * RUNNING);
    }

    @Test
    void inAFrequentStatus() throws SQLException {
        int ofTheProject = OF_A_PROJECT;
        list(filter -> filter.project("project7").statuses(Status.SUCCESS), ofTheProject, 2 * PAGE);
        ExecutionCursor middle = new ExecutionCursor(BASE + HISTORY / 2L * SECOND, 0);
        list(filter -> filter.project("project7").statuses(Status.SUCCESS).after(middle), ofTheProject, 2 * PAGE);
        // why: no index has the order for several states; whatever is read, it is no more than was counted
        list(filter -> filter.project("project7").statuses(Status.SUCCESS, Status.KILL), ofTheProject, ofTheProject);
    }

    @Test
    void ofAProjectThatHasNotRunForLong() throws SQLException {
        list(filter -> filter.project("old"), OLD, 2 * PAGE);
    }

    @Test
    void withinAShortTime() throws SQLException {
        Instant from = Instant.ofEpochMilli(BASE + 100 * SECOND);
        list(filter -> filter.submittedFrom(from).submittedTo(from.plusSeconds(49)), 50, 3 * 50);
    }

    @Test
    void ofWorkflowsThatBeginWithAPrefix() throws SQLException {
        // why: the numbers of project and workflow go round together, so flow7 exists in project7 and project17 only
        int matches = (HISTORY - OLD) / (PROJECTS * WORKFLOWS / 10);
        list(filter -> filter.project("project7").workflows("flow7"), matches, 2L * matches);
    }

    @Test
    void theExecutionOfAKey() throws SQLException {
        assertThat(storage.executions().findByKey("project7", "key1007")).isPresent();
        assertThat(reads(() -> storage.executions().findByKey("project7", "key1007")))
                .allMatch(read -> read <= 5);
    }

    private static EndedFilter ended(Optional<String> project, Optional<String> workflow, Status... statuses) {
        return new EndedFilter(
                project,
                workflow,
                Set.of(statuses),
                Optional.of(Instant.ofEpochMilli(BASE + HISTORY * (long) SECOND)),
                Instant.ofEpochMilli(BASE),
                Optional.empty(),
                Optional.empty(),
                PAGE);
    }

    /** Checks that a page of history reads about as much as it finds, from the beginning and from the middle. */
    private void find(EndedFilter filter, long read) throws SQLException {
        assertThat(storage.retention().find(filter)).hasSize(PAGE);
        assertThat(reads(() -> storage.retention().find(filter))).hasSize(1).allMatch(rows -> rows <= read + FEW);
        EndedFilter middle = filter.goingOn(new ExecutionCursor(BASE + HISTORY / 2L * SECOND, 0));
        assertThat(storage.retention().find(middle)).hasSize(PAGE);
        assertThat(reads(() -> storage.retention().find(middle))).hasSize(1).allMatch(rows -> rows <= read + FEW);
    }

    @Test
    void historyByAge() throws SQLException {
        find(ended(Optional.empty(), Optional.empty(), Status.SUCCESS), 2 * PAGE);
        find(ended(Optional.empty(), Optional.empty(), Status.FAILED), 2 * PAGE);
        find(ended(Optional.of("project7"), Optional.empty(), Status.SUCCESS), 2 * PAGE);
        EndedFilter none = ended(Optional.empty(), Optional.empty(), Status.KILL);
        assertThat(reads(() -> assertThat(storage.retention().find(none)).isEmpty()))
                .hasSize(1)
                .allMatch(rows -> rows <= FEW);
    }

    @Test
    void historyOfAWorkflow() throws SQLException {
        find(
                ended(Optional.of("project7"), Optional.of("flow7"), Status.SUCCESS, Status.FAILED, Status.KILL),
                2 * PAGE);
    }

    @Test
    void placesByRank() throws SQLException {
        int rank = 3;
        Set<Status> good = Set.of(Status.SUCCESS);
        List<RankedPlace> page = storage.retention().ranked(Optional.empty(), Optional.empty(), good, rank, PAGE);
        assertThat(page).hasSize(PAGE).anyMatch(one -> one.place().isPresent());
        long most = (long) PAGE * 2 * (2 * rank + 10) + FEW;
        assertThat(reads(() -> storage.retention().ranked(Optional.empty(), Optional.empty(), good, rank, PAGE)))
                .hasSize(1)
                .allMatch(rows -> rows <= most);
        assertThat(reads(
                        () -> storage.retention().ranked(Optional.empty(), Optional.of(page.get(2)), good, rank, PAGE)))
                .allMatch(rows -> rows <= most);
    }

    @Test
    void aBatchOfAPurge() throws SQLException {
        List<Long> ids = copyOfSome();

        try {
            List<Long> counted = reads(() -> assertThat(
                            storage.retention().count(ids, Long.MAX_VALUE).removed())
                    .isEqualTo(ids));
            assertThat(counted).hasSize(4).allMatch(rows -> rows <= 4L * ids.size() + FEW);
        } finally {
            List<Long> purged = reads(() -> assertThat(
                            storage.retention().purge(ids, Long.MAX_VALUE).nodes())
                    .isEqualTo(ids.size()));
            assertThat(purged).hasSizeLessThanOrEqualTo(10).allMatch(rows -> rows <= 4L * ids.size() + FEW);
        }
    }

    /** Adds some executions, with all that hangs on them, behind the others: all that is counted elsewhere stays. */
    private List<Long> copyOfSome() throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < PAGE; i++) {
            Samples.saveFor(storage, Samples.submission("gone", "flow"));
            ids.add(storage.executions()
                    .create(lease, Samples.submission("gone", "flow"))
                    .execId());
        }
        storage.executions()
                .commit(
                        lease,
                        ids.stream()
                                .map(execId -> new ExecutionChange(
                                        execId, Samples.state(Status.SUCCESS), List.of(Samples.node(0, 1)), false))
                                .toList());
        return ids;
    }

    @Test
    void workToClaimInVain() throws SQLException {
        assertThat(reads(
                        () -> assertThat(storage.executions().claim(lease, 100)).isEmpty()))
                .hasSize(1)
                .allMatch(read -> read <= FEW);
        assertThat(reads(() ->
                        assertThat(storage.executions().commands(lease, 100)).isEmpty()))
                .hasSize(1)
                .allMatch(read -> read <= FEW);
    }

    /** Checks that executions are found by their schedule time, and that about as many are read as are found. */
    private void timed(TimedFilter filter, int found) throws SQLException {
        timed(filter, found, 2L * found + FEW);
    }

    private void timed(TimedFilter filter, int found, long most) throws SQLException {
        assertThat(storage.executions().timed(filter)).hasSize(found);

        assertThat(reads(() -> storage.executions().timed(filter)))
                .as("read for %s", filter)
                .hasSize(1)
                .allMatch(read -> read <= most);
    }

    @Test
    void ofAPeriod() throws SQLException {
        TimedFilter all = TimedFilter.of("project10", "flow30", PAGE);
        timed(all, PAGE);
        timed(all.between(Instant.ofEpochSecond(1_000), Instant.ofEpochSecond(1_400)), 4);
        timed(all.until(Instant.ofEpochSecond(HISTORY / 2)).fromTheLatest(), PAGE);
    }

    @Test
    void unfinishedOnesOfASchedule() throws SQLException {
        Status[] unfinished = {Status.INIT, Status.WAITING_DEP, Status.WAITING_RES, Status.RUNNING, Status.PAUSED};
        timed(
                TimedFilter.of("project10", "flow30", 1_000)
                        .type(ExecutionType.SCHEDULER)
                        .statuses(unfinished),
                0);
    }

    @Test
    void ofABackfill() throws SQLException {
        TimedFilter backfill = TimedFilter.of("project10", "flow0", PAGE).backfill(7);
        timed(backfill.held(true).statuses(Status.INIT), PAGE);
        timed(backfill.held(true).statuses(Status.INIT).fromTheLatest(), PAGE);
        timed(backfill.held(false).statuses(Status.INIT, Status.RUNNING), 0);
        timed(backfill.statuses(Status.KILL, Status.FAILED, Status.DEP_FAILED), 0);
        // why: the first ones of each state are read, put into their order, and found by their ids
        timed(backfill.statuses(Status.INIT, Status.SUCCESS), PAGE, 6 * PAGE + FEW);
    }

    @Test
    void schedulesThatFireNext() throws SQLException {
        assertThat(storage.schedules().upcoming(PAGE)).hasSize(PAGE);
        assertThat(reads(() -> storage.schedules().upcoming(PAGE))).hasSize(1).allMatch(read -> read <= 2 * PAGE + FEW);
    }
}

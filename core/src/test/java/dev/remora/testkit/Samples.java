package dev.remora.testkit;

import dev.remora.model.ExecutionType;
import dev.remora.model.RunOptions;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.NodeState;
import dev.remora.spi.Occasion;
import dev.remora.spi.Purged;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plain values for tests of storages. */
public final class Samples {
    /** The project of {@link #submission()}. */
    public static final String PROJECT = "project";
    /** The workflow of {@link #submission()}. */
    public static final String WORKFLOW = "flow";
    /** The user of {@link #submission()}. */
    public static final String USER = "user";
    /** A time. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    private static final long NOW_MILLIS = NOW.toEpochMilli();

    private Samples() {}

    /**
     * Returns a definition of one node.
     *
     * @param script what tells it from others
     * @return the definition
     */
    public static Workflow workflow(String script) {
        return Workflow.builder()
                .node("a", "SHELL", node -> node.parameter("script", script))
                .build();
    }

    /**
     * Returns a submission with every default.
     *
     * @return the submission
     */
    public static Submission submission() {
        return submission(PROJECT, WORKFLOW);
    }

    /**
     * Returns a submission of version 1 of a workflow.
     *
     * @param project the project
     * @param workflow the workflow
     * @return the submission
     */
    public static Submission submission(String project, String workflow) {
        return submission(project, workflow, ExecutionType.DIRECT, NOW, USER);
    }

    /**
     * Returns a submission of version 1 of a workflow.
     *
     * @param project the project
     * @param workflow the workflow
     * @param type how it came about
     * @param submitTime when
     * @param user by whom
     * @return the submission
     */
    public static Submission submission(
            String project, String workflow, ExecutionType type, Instant submitTime, String user) {
        return new Submission(
                project,
                workflow,
                1,
                type,
                submitTime,
                submitTime,
                user,
                "owner",
                RunOptions.DEFAULT,
                Occasion.in(ZoneOffset.UTC));
    }

    /**
     * Returns a submission with an idempotency key.
     *
     * @param project the project
     * @param workflow the workflow
     * @param key the key
     * @return the submission
     */
    public static Submission keyed(String project, String workflow, String key) {
        return with(
                submission(project, workflow),
                RunOptions.builder().idempotencyKey(key).build());
    }

    /**
     * Returns a changed copy of a submission.
     *
     * @param base the submission
     * @param options its options from now on
     * @return the copy
     */
    public static Submission with(Submission base, RunOptions options) {
        return new Submission(
                base.project(),
                base.workflow(),
                base.version(),
                base.type(),
                base.submitTime(),
                base.scheduleTime(),
                base.submitUser(),
                base.owner(),
                options,
                base.occasion());
    }

    /**
     * Stores executions that begin with whatever state, as a schedule would that creates all of them with one step.
     *
     * @param storage where
     * @param owner the lease of an engine
     * @param executions the executions
     * @return their ids, in order
     */
    public static List<Long> create(Storage storage, Lease owner, List<NewExecution> executions) {
        Schedule schedule = Schedule.builder(PROJECT, "creator", "0 0 0 * * ?").build();
        ScheduleState state = new ScheduleState(1, NOW, Optional.empty(), Optional.empty(), 0);
        storage.schedules().save(new ScheduleRecord(schedule, USER, NOW, state));
        try {
            ScheduleState next = new ScheduleState(2, NOW, Optional.empty(), Optional.empty(), 0);
            return storage.schedules()
                    .step(owner, schedule.project(), schedule.workflow(), next, executions, List.of())
                    .orElseThrow();
        } finally {
            storage.schedules().delete(schedule.project(), schedule.workflow());
        }
    }

    /**
     * Removes executions that have ended, in as many batches as it takes.
     *
     * @param storage where
     * @param execIds the executions
     * @return how many were removed
     */
    public static int purge(Storage storage, Collection<Long> execIds) {
        int removed = 0;
        Collection<Long> left = execIds;
        do {
            Purged batch = storage.retention().purge(left, Long.MAX_VALUE);
            removed += batch.removed().size();
            left = batch.left();
        } while (!left.isEmpty());
        return removed;
    }

    /**
     * Returns an unsaved definition.
     *
     * @param project the project
     * @param name the name
     * @return version 1
     */
    public static SavedWorkflow unsaved(String project, String name) {
        return new SavedWorkflow(project, name, 1, workflow("unsaved " + name), USER, NOW, true);
    }

    /**
     * Saves the workflow of a submission, unless its version exists.
     *
     * @param storage where
     * @param submission the submission
     */
    public static void saveFor(Storage storage, Submission submission) {
        String project = submission.project();
        String name = submission.workflow();
        while (storage.workflows().version(project, name, submission.version()).isEmpty()) {
            storage.workflows().save(project, name, workflow("saved " + name), submission.owner(), NOW);
        }
    }

    /**
     * Returns a state of an execution that has started, unless it is INIT.
     *
     * @param status the status
     * @return the state
     */
    public static ExecutionState state(Status status) {
        return state(status, status == Status.INIT ? 0 : NOW_MILLIS);
    }

    /**
     * Returns a state of an execution.
     *
     * @param status the status
     * @param startedAt when it started, 0 if it has not
     * @return the state
     */
    public static ExecutionState state(Status status, long startedAt) {
        long endedAt = status.isFinal() ? NOW_MILLIS + 5_000 : 0;
        return new ExecutionState(status, Optional.empty(), 1, 1, startedAt, startedAt, endedAt, 0, 0);
    }

    /**
     * Returns a state of a node.
     *
     * @param number which node
     * @param attempt its attempt, which tells it from others
     * @return a running node
     */
    public static NodeState node(int number, int attempt) {
        return new NodeState(
                number,
                Status.RUNNING,
                Optional.empty(),
                "",
                1,
                attempt,
                0,
                0,
                NOW_MILLIS + attempt,
                0,
                0,
                "token-" + number,
                List.of(),
                Map.of());
    }
}

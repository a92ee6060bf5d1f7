package dev.remora.storage.jdbc;

import dev.remora.model.ExecutionType;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Submission;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An execution that is inserted.
 *
 * @param submission what never changes of it
 * @param state what it begins with
 * @param owner the incarnation of the engine that owns it; {@link ExecutionTable#NOBODY} or {@link ExecutionTable#HELD}
 * @param key its idempotency key, if that is looked at
 * @param options its options as JSON
 * @param occasion its occasion as JSON
 */
record NewRow(
        Submission submission,
        ExecutionState state,
        long owner,
        Optional<String> key,
        Optional<String> options,
        Optional<String> occasion) {
    /** How they are inserted. */
    static final Insertion<NewRow> INSERTION = new Insertion<>(
            "execution",
            List.of(
                    Column.text("project", row -> row.submission.project()),
                    Column.text("workflow", row -> row.submission.workflow()),
                    Column.integer("version", row -> row.submission.version()),
                    Column.word("type", row -> row.submission.type().name()),
                    Column.number(
                            "submit_time", row -> row.submission.submitTime().toEpochMilli()),
                    Column.number(
                            "schedule_second",
                            row -> row.submission.scheduleTime().getEpochSecond()),
                    Column.integer(
                            "schedule_nano",
                            row -> row.submission.scheduleTime().getNano()),
                    Column.text("submit_user", row -> row.submission.submitUser()),
                    Column.text("workflow_owner", row -> row.submission.owner()),
                    Column.optionalText("idempotency_key", NewRow::key),
                    Column.optionalWord("options", NewRow::options),
                    Column.integer("status", row -> row.state.status().code()),
                    Column.optionalWord("cause", row -> row.state.cause().map(Enum::name)),
                    Column.integer("current_version", row -> row.state.version()),
                    Column.integer("round", row -> row.state.round()),
                    Column.number("started_at", row -> row.state.startedAt()),
                    Column.number("round_started_at", row -> row.state.roundStartedAt()),
                    Column.number("ended_at", row -> row.state.endedAt()),
                    Column.number("paused_at", row -> row.state.pausedAt()),
                    Column.number("deadline_at", row -> row.state.deadlineAt()),
                    Column.flag("held", row -> row.state.held()),
                    Column.number("owner", NewRow::owner),
                    Column.flag("active", row -> !row.state.status().isFinal()),
                    Column.word("zone", row -> row.submission.occasion().zone().getId()),
                    Column.optionalWord("occasion", NewRow::occasion),
                    Column.optionalText("timed_workflow", row -> timedWorkflow(row.submission)),
                    Column.optionalText("timed_series", row -> timedSeries(row.submission)),
                    Column.number("place_time", NewRow::placeTime)));

    /** Makes a row of an execution whose idempotency key counts. */
    static NewRow keyed(Submission submission, long owner) {
        return new NewRow(
                submission,
                ExecutionState.accepted(submission.version()),
                owner,
                submission.options().idempotencyKey(),
                StoredJson.write(submission.options()),
                TimeJson.write(submission.occasion()));
    }

    /** Makes rows of executions whose idempotency keys are not looked at. */
    static List<NewRow> of(Lease owner, List<NewExecution> executions) {
        return executions.stream()
                .map(one -> new NewRow(
                        one.submission(),
                        one.state(),
                        ExecutionTable.ownerOf(owner, one.state()),
                        Optional.empty(),
                        StoredJson.writeWithKey(one.submission().options()),
                        TimeJson.write(one.submission().occasion())))
                .toList();
    }

    private long placeTime() {
        return state.startedAt() == 0 ? submission.submitTime().toEpochMilli() : state.startedAt();
    }

    /** By what scheduled and backfilled executions of a workflow are found; none for others. */
    static Optional<String> timedWorkflow(Submission submission) {
        return submission.type() == ExecutionType.DIRECT
                ? Optional.empty()
                : Optional.of(timedWorkflow(submission.project(), submission.workflow()));
    }

    static String timedWorkflow(String project, String workflow) {
        return project + "/" + workflow;
    }

    /** By what those of one schedule, or of one backfill, are found. */
    static Optional<String> timedSeries(Submission submission) {
        OptionalLong backfill = submission.occasion().backfillId();
        return backfill.isPresent() && submission.type() != ExecutionType.DIRECT
                ? Optional.of(backfillSeries(backfill.getAsLong()))
                : timedWorkflow(submission);
    }

    static String backfillSeries(long backfillId) {
        // why: no name of a project begins like this
        return "#" + backfillId;
    }

    /** About how many characters the row takes. */
    int size() {
        return options.map(String::length).orElse(0)
                + occasion.map(String::length).orElse(0);
    }
}

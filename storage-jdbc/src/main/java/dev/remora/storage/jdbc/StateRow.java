package dev.remora.storage.jdbc;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import java.sql.SQLException;
import java.util.Optional;

/** The state of an execution, as the columns of a row that hold it were read; it may be that of somebody else. */
record StateRow(
        int status,
        Optional<String> cause,
        int version,
        int round,
        long startedAt,
        long roundStartedAt,
        long endedAt,
        long pausedAt,
        long deadlineAt,
        boolean held) {
    /** What {@link #read} reads. */
    static final String COLUMNS =
            "status, cause, current_version, round, started_at, round_started_at, ended_at, paused_at, deadline_at, held";

    static StateRow read(Row row) throws SQLException {
        return new StateRow(
                row.integer(),
                row.optionalWord(),
                row.integer(),
                row.integer(),
                row.number(),
                row.number(),
                row.number(),
                row.number(),
                row.number(),
                row.flag());
    }

    /**
     * Makes a state of it.
     *
     * @throws IllegalArgumentException if it cannot
     */
    ExecutionState state() {
        Damage damage = new Damage();
        ExecutionState state = state(damage);
        if (!damage.isNone()) {
            throw new IllegalArgumentException(damage.text().orElseThrow());
        }
        return state;
    }

    /** Makes of it what can be read, as {@link dev.remora.spi.ExecutionRecord} says. */
    ExecutionState state(Damage damage) {
        Status likely = endedAt != 0 ? Status.FAILED : held ? Status.INIT : Status.RUNNING;
        return new ExecutionState(
                damage.orElse(likely, "its state", () -> Status.ofCode(status)),
                damage.orElse(Optional.empty(), "its cause", () -> Stored.optional(Cause.class, cause)),
                version,
                round,
                startedAt,
                roundStartedAt,
                endedAt,
                pausedAt,
                deadlineAt,
                held);
    }

    /** Sets the values of the columns. */
    static Query set(Query query, ExecutionState state) throws SQLException {
        return query.integer(state.status().code())
                .word(state.cause().map(Enum::name))
                .integer(state.version())
                .integer(state.round())
                .number(state.startedAt())
                .number(state.roundStartedAt())
                .number(state.endedAt())
                .number(state.pausedAt())
                .number(state.deadlineAt())
                .flag(state.held());
    }
}

package dev.remora.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * An execution that is to be stored.
 *
 * @param submission what never changes of it
 * @param state what it begins with; if it is {@link ExecutionState#held}, or final, nobody owns it
 * @param notice an end that someone is to be notified of
 */
public record NewExecution(Submission submission, ExecutionState state, Optional<ExecutionState> notice) {
    /**
     * Creates a new execution that nobody is to be notified of.
     *
     * @param submission what never changes of it
     * @param state what it begins with
     */
    public NewExecution(Submission submission, ExecutionState state) {
        this(submission, state, Optional.empty());
    }

    /**
     * Creates a new execution.
     *
     * @throws NullPointerException if a component is null
     */
    public NewExecution {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(notice, "notice");
    }

    /**
     * Returns one that may start at once.
     *
     * @param submission the submission
     * @return state INIT, owned by who stores it
     */
    public static NewExecution ready(Submission submission) {
        return new NewExecution(submission, ExecutionState.accepted(submission.version()));
    }
}

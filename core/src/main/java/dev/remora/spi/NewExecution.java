package dev.remora.spi;

import java.util.Objects;

/**
 * An execution that is to be stored.
 *
 * @param submission what never changes of it
 * @param state what it begins with; if it is {@link ExecutionState#held}, or final, nobody owns it
 */
public record NewExecution(Submission submission, ExecutionState state) {
    /**
     * Creates a new execution.
     *
     * @throws NullPointerException if a component is null
     */
    public NewExecution {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(state, "state");
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

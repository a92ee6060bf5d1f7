package dev.remora.spi;

import dev.remora.error.StorageException;
import dev.remora.model.ExecutionCursor;
import java.util.Objects;
import java.util.Optional;

/**
 * An execution as it is stored, without its nodes.
 *
 * <p>A storage whose data others may have touched, or a newer version has written, finds executions that it cannot read
 * whole. They are found, listed and counted like all others, so that they stop nobody, with what can be read of them and
 * with their {@link #damage}; what cannot be read is as by default. Who is about to act on what is stored asks
 * {@link #requireWhole} first.
 *
 * @param execId its id
 * @param submission what never changes
 * @param state what changes; one that cannot be read is FAILED if it has an end, else RUNNING, or INIT if it is held
 * @param damage what cannot be read, and why; empty if all can
 */
public record ExecutionRecord(long execId, Submission submission, ExecutionState state, Optional<String> damage) {
    /**
     * Creates a record that is read whole.
     *
     * @param execId its id
     * @param submission what never changes
     * @param state what changes
     */
    public ExecutionRecord(long execId, Submission submission, ExecutionState state) {
        this(execId, submission, state, Optional.empty());
    }

    /**
     * Creates a record.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionRecord {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(damage, "damage");
    }

    /**
     * Makes sure that all of it could be read.
     *
     * @return this record
     * @throws StorageException if not, which is not transient and says what is wrong
     */
    public ExecutionRecord requireWhole() {
        if (damage.isPresent()) {
            throw new StorageException(
                    "execution " + execId + " is stored, but cannot be read whole: " + damage.get(), false);
        }
        return this;
    }

    /**
     * Returns the place of the execution in the order of lists.
     *
     * @return by its start, or by its submission if it has not started
     */
    public ExecutionCursor place() {
        long started = state.startedAt();
        return new ExecutionCursor(
                started != 0 ? started : submission.submitTime().toEpochMilli(), execId);
    }
}

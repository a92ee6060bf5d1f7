package dev.remora.spi;

import java.util.Objects;

/**
 * The end of a round that someone is to be notified of. The execution and its round identify it.
 *
 * @param execId the execution
 * @param end its state when the round had ended
 * @param tries how often it was tried to tell
 * @param dueAt when it is to be tried next, epoch milliseconds
 */
public record Notice(long execId, ExecutionState end, int tries, long dueAt) {
    /**
     * Creates a notice.
     *
     * @throws NullPointerException if the state is null
     */
    public Notice {
        Objects.requireNonNull(end, "end");
    }
}

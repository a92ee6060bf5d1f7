package dev.remora.model;

import java.util.Objects;

/**
 * How far a backfill is.
 *
 * @param status its state
 * @param total how many times it has
 * @param waiting how many wait for their turn
 * @param active how many have had their turn and have not ended
 * @param succeeded how many ended SUCCESS
 * @param failed how many ended in another way, among them those that never got their turn
 * @param purged how many executions have been purged since
 */
public record BackfillProgress(
        BackfillStatus status, int total, int waiting, int active, int succeeded, int failed, int purged) {
    /**
     * Creates a progress.
     *
     * @throws NullPointerException if the status is null
     */
    public BackfillProgress {
        Objects.requireNonNull(status, "status");
    }
}

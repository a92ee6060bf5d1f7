package dev.remora.internal.engine;

import dev.remora.spi.ExecutionChange;
import java.util.Optional;

/** Stores what runs changed, and lets its effects happen once it is stored. */
interface Committer extends AutoCloseable {
    /**
     * Stores a change. Changes of one run are stored in the order given.
     *
     * @param run whose change it is
     * @param change what changed; empty if only effects have to wait their turn
     * @param effects what happens then
     */
    void commit(ActiveRun run, Optional<ExecutionChange> change, Effects effects);

    /** Returns how many changes wait to be stored. */
    int waiting();

    /** Stores what is queued, and ends. */
    @Override
    void close();
}

package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;

/** What happens when the storage refuses to write for a run because this engine does not seem to own it. */
final class Fence {
    private final Ownership ownership;

    Fence(Ownership ownership) {
        this.ownership = ownership;
    }

    /**
     * Tells whether the lease of a run stands after all, so that the call may be repeated: its time had only run out, as
     * after a long pause of the process, and nobody has taken over since.
     *
     * @throws dev.remora.error.StorageException if that cannot be told now
     */
    boolean standsAfterAll(ActiveRun run) {
        return ownership.isRenewed(run.lease());
    }

    /** The engine does not own the run: it does nothing more for it, nor for any other of its lease if that is lost. */
    void keepOut(ActiveRun run, boolean leaseStands, LeaseLostException refused) {
        if (!leaseStands) {
            ownership.lost(run.lease(), refused);
        }
        // why: even if the lease was given up before, the run may have begun with it a moment later
        run.disown();
    }
}

package dev.remora.internal.engine;

import dev.remora.model.Cause;
import dev.remora.model.NotifyType;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Submission;
import java.util.Optional;

/** Who wants to hear of which ends (specification §7, D11). */
final class Notices {
    private Notices() {}

    /** The end that someone is to be notified of, if it is one. */
    static Optional<ExecutionState> of(Submission submission, ExecutionState state) {
        NotifyType wanted = submission.options().notifyType();
        boolean told = state.status().isFinal()
                && wanted != NotifyType.NONE
                && (wanted == NotifyType.ALL || (wanted == NotifyType.SUCCESS) == (state.status() == Status.SUCCESS))
                && state.cause().filter(Notices::isOfItsOwn).isEmpty();
        return told ? Optional.of(state) : Optional.empty();
    }

    /** Whoever replaced a run, or ended its backfill, knows. */
    private static boolean isOfItsOwn(Cause cause) {
        return cause == Cause.REPLACED || cause == Cause.BACKFILL_CANCELLED || cause == Cause.BACKFILL_STOPPED;
    }
}

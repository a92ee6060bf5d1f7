package dev.remora.internal.engine;

import dev.remora.internal.run.Rerun;
import dev.remora.model.RerunRequest;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Submission;
import java.util.Optional;

/**
 * What the end of a round comes to. A run that ended FAILED and has an attempt left opens its next round in the commit that
 * stores the end, so no crash comes in between, and whoever waits for it waits for the last (F47).
 */
final class NextRounds {
    private final EngineParts parts;

    NextRounds(EngineParts parts) {
        this.parts = parts;
    }

    /**
     * Returns what is stored at the end of a round.
     *
     * @param change the end
     * @param effects what follows once it is stored
     */
    ExecutionChange end(ActiveRun run, ExecutionChange change, Effects effects) {
        ExecutionState ended = change.state();
        Submission submission = run.submission();
        Optional<ExecutionState> notice = parts.notifications().noticeOf(submission, ended);
        if (notice.isPresent()) {
            effects.then(() -> parts.notifications().look());
        }
        if (ended.status() != Status.FAILED
                || ended.round() >= submission.occasion().attempts()) {
            effects.then(() -> parts.activeRuns().finished(run, ended));
            return new ExecutionChange(change.execId(), ended, true, change.nodes(), change.replacesNodes(), notice);
        }
        ExecutionChange next = Rerun.open(
                run.execId(),
                RerunRequest.failedPart(run.execId()),
                run.definition(),
                run.definition(),
                ended.version(),
                run.selected(),
                ended,
                run.rows());
        effects.then(() -> parts.strays().whileAdopting(() -> {
            parts.activeRuns().remove(run);
            parts.activation().begin(run.execId(), run.lease(), submission, next.state(), next.nodes());
            return true;
        }));
        return new ExecutionChange(change.execId(), next.state(), true, next.nodes(), change.replacesNodes(), notice);
    }
}

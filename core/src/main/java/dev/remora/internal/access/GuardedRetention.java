package dev.remora.internal.access;

import dev.remora.Retention;
import dev.remora.error.ValidationException;
import dev.remora.model.Operation;
import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;

/** Lets the history of a project go, for its owner. */
record GuardedRetention(Retention retention, Gate gate) implements Retention {
    @Override
    public RetentionReport purge(RetentionRule rule) {
        require(rule);
        return retention.purge(rule);
    }

    @Override
    public RetentionReport dryRun(RetentionRule rule) {
        require(rule);
        return retention.dryRun(rule);
    }

    private void require(RetentionRule rule) {
        String project = rule.project()
                .orElseThrow(() -> ValidationException.of(
                        "retention rule",
                        "project",
                        "is missing; where rights are checked it must name one, as nobody owns them all"));
        gate.require(Operation.PURGE, project);
    }
}

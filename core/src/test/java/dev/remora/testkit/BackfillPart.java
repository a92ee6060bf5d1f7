package dev.remora.testkit;

import dev.remora.model.Backfill;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.PlannedRun;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the parts of the contract share that are about backfills of a daily workflow. */
abstract class BackfillPart extends EnginePart {
    static final String EVERY_DAY = "0 0 2 * * ?";
    static final Instant FIRST = Instant.parse("2025-03-01T02:00:00Z");

    BackfillPart() {}

    static Instant day(int number) {
        return FIRST.plus(Duration.ofDays(number));
    }

    static Backfill start(ManualRemora remora, int days, UnaryOperator<BackfillRequest.Builder> more) {
        BackfillRequest.Builder request =
                BackfillRequest.builder(PROJECT, FLOW, day(0), day(days - 1)).cron(EVERY_DAY);
        Backfill backfill = remora.backfills().start(more.apply(request).build());
        // why: what it starts at once has started
        remora.settle();
        return backfill;
    }

    static ManualRemora saved(ManualRemora remora, Workflow workflow) {
        remora.workflows().save(PROJECT, FLOW, workflow);
        return remora;
    }

    final ManualRemora ready() {
        return saved(manual(), single());
    }

    static Workflow ok() {
        return flow(builder -> builder.node("a", "OK"));
    }

    static List<Status> statuses(ManualRemora remora, Backfill backfill) {
        return backfill.runs().stream().map(run -> status(remora, run.execId())).toList();
    }

    static BackfillStatus status(ManualRemora remora, Backfill backfill) {
        remora.settle();
        return remora.backfills().find(backfill.id()).orElseThrow().status();
    }

    final void succeed(ManualRemora remora, PlannedRun run) {
        jobs.job(run.execId(), "a").succeed();
        remora.settle();
    }

    final void fail(ManualRemora remora, PlannedRun run) {
        jobs.job(run.execId(), "a").fail("meant to");
        remora.settle();
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Backfill;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Execution;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.PlannedRun;
import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** History of schedules and backfills stays as long as somebody needs it. */
public abstract class RetentionOfTimedRunsContract extends EnginePart {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String DAILY = "0 0 2 * * ?";
    private static final String HOURLY = "0 0 * * * ?";
    private static final String SOURCE = "source";
    private static final RetentionRule ALL = RetentionRule.olderThan(Duration.ZERO);

    /** Creates this part. */
    protected RetentionOfTimedRunsContract() {}

    private static void save(
            ManualRemora remora, String name, String type, String cron, UnaryOperator<Schedule.Builder> more) {
        remora.workflows().save(PROJECT, name, flow(builder -> builder.node("a", type)));
        remora.schedules()
                .save(more.apply(Schedule.builder(PROJECT, name, cron).overlap(OverlapPolicy.PARALLEL))
                        .build());
    }

    private static List<Execution> of(ManualRemora remora, String workflow) {
        remora.settle();
        return SchedulePart.runs(remora).stream()
                .filter(run -> run.workflow().equals(workflow))
                .toList();
    }

    private static RetentionReport purge(ManualRemora remora) {
        remora.advance(Duration.ofSeconds(1));
        RetentionReport planned = remora.retention().dryRun(ALL);
        RetentionReport report = remora.retention().purge(ALL);
        assertThat(report).isEqualTo(planned);
        return report;
    }

    @Test
    void theLastWholeRunOfEachWorkflowStays() {
        ManualRemora remora = manual();
        save(remora, FLOW, "OK", DAILY, builder -> builder);
        remora.advance(DAY.multipliedBy(3));
        Execution last = of(remora, FLOW).get(2);

        RetentionReport report = purge(remora);

        assertThat(report.executions()).isEqualTo(2);
        assertThat(report.kept()).isEqualTo(1);
        assertThat(of(remora, FLOW)).containsExactly(last);
    }

    @Test
    void whatAWaitLooksAtStays() {
        ManualRemora remora = manual();
        save(remora, SOURCE, "OK", HOURLY, builder -> builder);
        save(remora, "slow", "JOB", HOURLY, builder -> builder);
        save(remora, FLOW, "OK", DAILY, builder -> builder.waitFor(SOURCE, "slow"));
        remora.advance(DAY.plusHours(3));
        Execution waiting = of(remora, FLOW).get(0);
        assertThat(waiting.status()).isEqualTo(Status.WAITING_DEP);

        // why: its period began at 2 o'clock of the day before
        assertThat(purge(remora).executions()).isZero();
        of(remora, "slow").forEach(run -> jobs.job(run.execId(), "a").succeed());
        assertThat(detail(remora, waiting.execId()).execution().status()).isEqualTo(Status.SUCCESS);

        // why: the next one waits for what comes after 2 o'clock, and has that of 2 and 3 o'clock already
        purge(remora);
        assertThat(of(remora, SOURCE))
                .extracting(run -> run.scheduleTime().toString())
                .containsExactly("2026-01-06T02:00:00Z", "2026-01-06T03:00:00Z");
    }

    @Test
    void theLatestRunOfWhatFiresLessOftenStays() {
        ManualRemora remora = manual();
        save(remora, SOURCE, "OK", DAILY, builder -> builder);
        remora.advance(Duration.ofHours(3));
        save(remora, FLOW, "JOB", HOURLY, builder -> builder.waitFor(SOURCE).waitForPrevious(true));
        remora.advance(DAY.plusMinutes(30));

        assertThat(purge(remora).executions()).isZero();

        assertThat(of(remora, SOURCE))
                .extracting(run -> run.scheduleTime().toString())
                .containsExactlyInAnyOrder("2026-01-05T02:00:00Z", "2026-01-06T02:00:00Z");
        for (Execution run = firstOpen(remora); run != null; run = firstOpen(remora)) {
            jobs.job(run.execId(), "a").succeed();
        }
        assertThat(of(remora, FLOW)).hasSize(24).extracting(Execution::status).containsOnly(Status.SUCCESS);
    }

    private static Execution firstOpen(ManualRemora remora) {
        return of(remora, FLOW).stream()
                .filter(run -> run.status() == Status.RUNNING)
                .findFirst()
                .orElse(null);
    }

    @Test
    void theRunsOfABackfillStayUntilItEnds() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        Backfill backfill = remora.backfills()
                .start(BackfillRequest.builder(
                                PROJECT,
                                FLOW,
                                ManualRemora.START.minus(DAY.multipliedBy(5)),
                                ManualRemora.START.minus(DAY))
                        .cron(DAILY)
                        .build());
        List<PlannedRun> runs = backfill.runs();
        remora.settle();
        for (PlannedRun run : runs.subList(0, runs.size() - 1)) {
            jobs.job(run.execId(), "a").succeed();
            remora.settle();
        }

        RetentionReport during = purge(remora);
        assertThat(during.executions()).isZero();
        assertThat(during.kept()).isEqualTo(runs.size() - 1);

        jobs.job(runs.get(runs.size() - 1).execId(), "a").succeed();
        remora.settle();
        assertThat(remora.backfills().find(backfill.id()).orElseThrow().status())
                .isEqualTo(BackfillStatus.SUCCESS);
        assertThat(purge(remora).executions()).isEqualTo(runs.size() - 1);
        assertThat(remora.backfills().progress(backfill.id()).purged()).isEqualTo(runs.size() - 1);
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.event.ScheduleEvent;
import dev.remora.model.Cause;
import dev.remora.model.Limit;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A fire time comes while the run before has not ended. */
public abstract class OverlapContract extends SchedulePart {
    /** Creates this part. */
    protected OverlapContract() {}

    private ManualRemora overlapping(OverlapPolicy policy, UnaryOperator<Remora.Builder> more) {
        ManualRemora remora = manual(more);
        remora.workflows().save(PROJECT, FLOW, single());
        schedule(remora, EVERY_HOUR, builder -> builder.overlap(policy));
        remora.advance(Duration.ofHours(3));
        return remora;
    }

    @Test
    void overlapsAreSkippedCountedAndTold() throws InterruptedException {
        Heard heard = new Heard();
        ManualRemora remora = overlapping(OverlapPolicy.SKIP, builder -> builder.listener(heard));

        assertThat(times(remora)).containsExactly(hour(1));
        assertThat(saved(remora).skipped()).isEqualTo(2);
        until("both are heard", () -> heard.events().size() == 2);
        assertThat(heard.events())
                .contains(new ScheduleEvent.PassedOver(
                        PROJECT, FLOW, hour(2), hour(2), hour(2), 1, ScheduleEvent.Reason.OVERLAP));

        succeed(remora, 0);
        remora.advance(Duration.ofHours(1));
        assertThat(times(remora)).containsExactly(hour(1), hour(4));
    }

    @Test
    void overlapsQueue() {
        ManualRemora remora = overlapping(OverlapPolicy.QUEUE, builder -> builder);
        assertThat(statuses(remora)).containsExactly(Status.RUNNING, Status.INIT, Status.INIT);

        succeed(remora, 0);
        assertThat(statuses(remora)).containsExactly(Status.SUCCESS, Status.RUNNING, Status.INIT);
        jobs.job(runs(remora).get(1).execId(), "a").fail("meant to");
        assertThat(statuses(remora)).containsExactly(Status.SUCCESS, Status.FAILED, Status.RUNNING);
        remora.schedules().offline(PROJECT, FLOW);
        succeed(remora, 2);
        assertThat(statuses(remora)).containsExactly(Status.SUCCESS, Status.FAILED, Status.SUCCESS);
    }

    @Test
    void aQueuedRunIsKilledPausedAndResumed() {
        ManualRemora remora = overlapping(OverlapPolicy.QUEUE, builder -> builder);
        long paused = runs(remora).get(1).execId();
        remora.executor().pause(paused);
        remora.executor().pause(paused);
        assertThat(status(remora, paused)).isEqualTo(Status.PAUSED);
        succeed(remora, 0);
        assertThat(statuses(remora)).containsExactly(Status.SUCCESS, Status.PAUSED, Status.RUNNING);

        remora.advance(Duration.ofHours(1));
        long killed = runs(remora).get(3).execId();
        remora.executor().kill(killed);
        remora.executor().kill(killed);
        assertThat(show(remora, killed)).isEqualTo("KILL/USER_KILL: a KILL");
        remora.executor().resume(paused);
        assertThat(status(remora, paused)).isEqualTo(Status.INIT);
        succeed(remora, 2);
        assertThat(statuses(remora)).containsExactly(Status.SUCCESS, Status.RUNNING, Status.SUCCESS, Status.KILL);
    }

    @Test
    void theQueueIsBounded() throws InterruptedException {
        Heard heard = new Heard();
        ManualRemora remora = overlapping(
                OverlapPolicy.QUEUE,
                builder -> builder.limit(Limit.QUEUED_RUNS, 1).listener(heard));

        assertThat(statuses(remora)).containsExactly(Status.RUNNING, Status.INIT);
        assertThat(saved(remora).skipped()).isEqualTo(1);
        until("it is heard", () -> heard.events().size() == 1);
        assertThat(((ScheduleEvent.PassedOver) heard.events().get(0)).reason())
                .isEqualTo(ScheduleEvent.Reason.QUEUE_FULL);
    }

    @Test
    void overlapsRunInParallel() {
        ManualRemora remora = overlapping(OverlapPolicy.PARALLEL, builder -> builder);

        assertThat(statuses(remora)).containsOnly(Status.RUNNING).hasSize(3);
    }

    @Test
    void theNewerReplacesTheOlder() {
        ManualRemora remora = overlapping(OverlapPolicy.REPLACE, builder -> builder);

        assertThat(statuses(remora)).containsExactly(Status.KILL, Status.KILL, Status.RUNNING);
        assertThat(runs(remora).get(0).cause()).contains(Cause.REPLACED);
        assertThat(show(remora, runs(remora).get(0).execId())).isEqualTo("KILL/REPLACED: a KILL/REPLACED");
    }

    @Test
    void aReplacedRunMayTakeItsTimeToStop() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = overlapping(OverlapPolicy.REPLACE, builder -> builder.killGrace(Duration.ofDays(1)));
        assertThat(statuses(remora)).containsExactly(Status.RUNNING, Status.KILL, Status.INIT);
        assertThat(show(remora, runs(remora).get(1).execId())).isEqualTo("KILL/REPLACED: a KILL");

        jobs.job(runs(remora).get(0).execId(), "a").fail("stopped at last");

        assertThat(statuses(remora)).containsExactly(Status.KILL, Status.KILL, Status.RUNNING);
    }

    @Test
    void runsByHandDoNotCount() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        schedule(remora, EVERY_HOUR, builder -> builder.overlap(OverlapPolicy.SKIP));
        remora.executor().run(RunRequest.of(PROJECT, FLOW));

        remora.advance(Duration.ofHours(1));

        assertThat(runs(remora)).hasSize(2);
    }
}

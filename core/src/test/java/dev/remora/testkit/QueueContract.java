package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.RunOptions;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Occasion;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that wait for the one before, after their engine has died. */
public abstract class QueueContract extends EnginePart {
    /** Creates this part. */
    protected QueueContract() {}

    @Test
    void aRunThatADeadEngineLeftInItsQueueIsFoundHoweverManyWait() throws InterruptedException {
        storage.workflows()
                .save(PROJECT, "old", flow(builder -> builder.node("a", "OK")), Map.of(), "user", ManualRemora.START);
        storage.workflows().save(PROJECT, "busy", single(), Map.of(), "user", ManualRemora.START);
        List<NewExecution> waiting = new ArrayList<>(List.of(queued("old", 0)));
        for (int number = 1; number <= ExecutionFilter.MAX_SIZE; number++) {
            waiting.add(queued("busy", number));
        }
        Lease dead = storage.engines().register("dead", Duration.ofHours(1));
        List<Long> ids = Samples.create(storage, dead, waiting);
        storage.engines().release(dead);

        Remora remora = engine();

        assertThat(await(remora, ids.get(0)).status()).isEqualTo(Status.SUCCESS);
        assertThat(jobs.job(ids.get(1), "a").isOver()).isFalse();
        assertThat(jobs.started()).hasSize(1);
    }

    private static NewExecution queued(String workflow, int number) {
        Submission submission = new Submission(
                PROJECT,
                workflow,
                1,
                ExecutionType.SCHEDULER,
                ManualRemora.START.plusSeconds(number),
                ManualRemora.START.plusSeconds(number),
                "user",
                "user",
                RunOptions.DEFAULT,
                Occasion.in(ZoneOffset.UTC));
        return new NewExecution(submission, ExecutionState.accepted(1).held(Status.INIT, 0, 0));
    }
}

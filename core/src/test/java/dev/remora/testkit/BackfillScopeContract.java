package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Backfill;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillScope;
import dev.remora.model.ExecutionType;
import dev.remora.model.PlannedRun;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Occasion;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which times a backfill does again: missing ones, failed ones, or all (F49). */
public abstract class BackfillScopeContract extends BackfillPart {
    /** Creates this part. */
    protected BackfillScopeContract() {}

    @Test
    void redoesWhatIsMissingOrFailed() {
        ManualRemora remora = ready();
        Backfill backfill = start(remora, 3, builder -> builder);
        succeed(remora, backfill.runs().get(0));
        fail(remora, backfill.runs().get(1));
        succeed(remora, backfill.runs().get(2));

        Backfill failed = start(remora, 4, builder -> builder.scope(BackfillScope.FAILED));
        assertThat(failed.runs()).extracting(PlannedRun::time).containsExactly(day(1));
        assertThat(problems(() -> start(remora, 3, builder -> builder.scope(BackfillScope.FAILED))))
                .singleElement()
                .asString()
                .startsWith("scope: is FAILED, and none");
        succeed(remora, failed.runs().get(0));

        Backfill missing = start(remora, 5, builder -> builder.scope(BackfillScope.MISSING));
        assertThat(missing.runs()).extracting(PlannedRun::time).containsExactly(day(3), day(4));
        Backfill all = start(remora, 5, builder -> builder.scope(BackfillScope.ALL));
        assertThat(all.runs()).extracting(PlannedRun::time).containsExactly(day(0), day(1), day(2));
    }

    /** What is stored is read in pages of so many runs; the second run of a time may be on the next one. */
    @Test
    void theLastRunOfATimeCountsHoweverManyThereAre() {
        int days = 1_000;
        ManualRemora remora = ready();
        List<NewExecution> runs = new ArrayList<>();
        IntStream.range(0, days).forEach(day -> runs.add(ended(day, Status.FAILED)));
        runs.add(ended(days - 1, Status.SUCCESS));
        Samples.create(storage, storage.engines().register("other", Duration.ofHours(1)), runs);

        List<Instant> failed = remora.backfills()
                .plan(BackfillRequest.builder(PROJECT, FLOW, day(0), day(days - 1))
                        .cron(EVERY_DAY)
                        .scope(BackfillScope.FAILED)
                        .build());

        assertThat(failed).hasSize(days - 1).doesNotContain(day(days - 1));
    }

    private static NewExecution ended(int day, Status status) {
        Submission submission = new Submission(
                PROJECT,
                FLOW,
                1,
                ExecutionType.SCHEDULER,
                day(day),
                day(day),
                "ann",
                "ann",
                RunRequest.of(PROJECT, FLOW).options(),
                Occasion.in(ZoneOffset.UTC));
        ExecutionState accepted = ExecutionState.accepted(1);
        return new NewExecution(
                submission,
                new ExecutionState(
                        status,
                        Optional.empty(),
                        accepted.version(),
                        accepted.round(),
                        day(day).toEpochMilli(),
                        day(day).toEpochMilli(),
                        day(day).toEpochMilli(),
                        0,
                        0));
    }

    @Test
    void runsByHandAndOfOtherNodesDoNotCount() {
        ManualRemora remora =
                saved(manual(), flow(builder -> builder.node("a", "OK").node("b", "OK")));
        remora.executor()
                .run(RunRequest.builder(PROJECT, FLOW).scheduleTime(day(0)).build());
        start(remora, 1, builder -> builder.nodes("a"));
        remora.settle();

        Backfill backfill = start(remora, 1, builder -> builder.scope(BackfillScope.MISSING));

        assertThat(show(remora, backfill.runs().get(0).execId())).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
        assertThat(problems(() -> start(remora, 1, builder -> builder.nodes("a").scope(BackfillScope.MISSING))))
                .hasSize(1);
    }
}

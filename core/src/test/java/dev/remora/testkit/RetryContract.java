package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.NodeExecution;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Retries, and when they are due. */
public abstract class RetryContract extends EnginePart {
    private static final Duration DAY = Duration.ofDays(1);

    private final List<Instant> starts = new CopyOnWriteArrayList<>();

    /** Creates the part. */
    protected RetryContract() {}

    private Remora.Builder noting(Remora.Builder builder) {
        return builder.java("NOTED", context -> {
            starts.add(context.now());
            throw new IllegalStateException("attempt " + context.attempt());
        });
    }

    private static Workflow noted(RetryPolicy retry) {
        return flow(builder -> builder.node("a", "NOTED", n -> n.retry(retry)));
    }

    private List<Long> gaps() {
        List<Instant> times = List.copyOf(starts);
        return java.util.stream.IntStream.range(1, times.size())
                .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)).toMillis())
                .toList();
    }

    @Test
    void waitsGrowFromTheEndOfEachAttemptUpToTheLongest() {
        ManualRemora remora = manual(this::noting);
        RetryPolicy retry = RetryPolicy.of(6)
                .withBackoff(Duration.ofSeconds(5))
                .withMultiplier(3)
                .withMaxBackoff(Duration.ofMinutes(1));
        long execId = run(remora, noted(retry));
        remora.advance(DAY);
        assertThat(show(remora, execId)).isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION");
        assertThat(gaps()).containsExactly(5_000L, 15_000L, 45_000L, 60_000L, 60_000L);
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(6);
        assertThat(node(remora, execId, "a").message()).contains("attempt 6");
    }

    @Test
    void defaultsAreOneSecondThatDoublesUpToAnHour() {
        ManualRemora remora = manual(this::noting);
        run(remora, noted(RetryPolicy.of(15)));
        remora.advance(DAY);
        assertThat(gaps()).startsWith(1_000L, 2_000L, 4_000L).endsWith(2_048_000L, 3_600_000L, 3_600_000L);
    }

    @Test
    void theWaitCountsFromTheEndNotTheStart() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder ->
                builder.node("a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(Duration.ofSeconds(10)))));
        long execId = run(remora, workflow);
        remora.advance(Duration.ofSeconds(7));
        jobs.job("a").fail("1");
        remora.settle();
        NodeExecution waits = node(remora, execId, "a");
        assertThat(waits.status()).isEqualTo(Status.WAITING_RES);
        assertThat(waits.nextAttemptTime()).contains(ManualRemora.START.plusSeconds(17));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a WAITING_RES/EXIT_CODE");

        remora.advance(Duration.ofMillis(9_999));
        assertThat(jobs.started()).hasSize(1);
        remora.advance(Duration.ofMillis(1));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
        assertThat(jobs.job("a").context().attempt()).isEqualTo(2);
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void aBackOffOfZeroIsTriedAgainAtOnce() {
        ManualRemora remora = manual(this::noting);
        int attempts = many(1000);
        run(remora, noted(RetryPolicy.of(attempts).withBackoff(Duration.ZERO)));
        remora.settle();
        assertThat(starts).hasSize(attempts).containsOnly(ManualRemora.START);
    }

    @Test
    void jitterShortensTheWaitByItsShareAtTheMost() {
        ManualRemora remora = manual(this::noting);
        RetryPolicy retry = RetryPolicy.of(200)
                .withBackoff(Duration.ofSeconds(10))
                .withMultiplier(1)
                .withJitter(0.5);
        run(remora, noted(retry));
        remora.advance(DAY);
        assertThat(gaps()).hasSize(199).allMatch(gap -> gap >= 5_000 && gap <= 10_000);
        assertThat(gaps().stream().distinct().count()).isGreaterThan(100);
    }

    @Test
    void aDayOfRetriesAndTimeoutsPasses() {
        ManualRemora remora = manual(builder -> builder.java("SLOW", context -> {
            starts.add(context.now());
            return sleepUnlessLast(context);
        }));
        RetryPolicy retry =
                RetryPolicy.of(24).withBackoff(Duration.ofMinutes(10)).withMultiplier(1);
        long execId = run(
                remora,
                flow(builder -> builder.node("a", "SLOW", n -> n.retry(retry).timeout(Duration.ofMinutes(50)))));
        remora.advance(DAY);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(gaps()).hasSize(23).containsOnly(Duration.ofHours(1).toMillis());
    }

    private static java.util.Map<String, String> sleepUnlessLast(JobContext context) throws InterruptedException {
        if (context.attempt() < 24) {
            context.sleep(Duration.ofHours(2));
        }
        return java.util.Map.of();
    }
}

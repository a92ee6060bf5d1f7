package dev.remora.testkit;

import dev.remora.Backfills;
import dev.remora.ExecutionQuery;
import dev.remora.LogReader;
import dev.remora.OnClose;
import dev.remora.Projects;
import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.ResourceCatalog;
import dev.remora.Retention;
import dev.remora.Schedules;
import dev.remora.WorkflowCatalog;
import dev.remora.WorkflowExecutor;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.Health;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * An engine on a manual clock, for tests of workflows: a day of retries and timeouts passes in milliseconds. Java nodes
 * run on real threads; one that waits should do so by {@link dev.remora.spi.JobContext#sleep}, which the clock passes.
 * Processes, as of SHELL nodes, live in real time.
 *
 * <pre>{@code
 * try (ManualRemora remora = ManualRemora.start(MemoryStorage.create(), builder -> builder.java("PULL", pull))) {
 *     long execId = remora.executor().run(RunRequest.of("shop", "nightly"));
 *     remora.advance(Duration.ofHours(1));
 *     assertThat(remora.execution(execId).status()).isEqualTo(Status.SUCCESS);
 * }
 * }</pre>
 */
public final class ManualRemora implements Remora {
    /** What the clock shows at first. */
    public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final Remora remora;
    private final ManualClock clock;

    private ManualRemora(Remora remora, ManualClock clock) {
        this.remora = remora;
        this.clock = clock;
    }

    /**
     * Starts an engine on a new clock that shows {@link #START}.
     *
     * @param storage its storage
     * @param configuration adds to the engine's configuration
     * @return the engine, to be closed by the caller
     */
    public static ManualRemora start(Storage storage, UnaryOperator<Builder> configuration) {
        return start(storage, new ManualClock(START), configuration);
    }

    /**
     * Starts an engine on a clock.
     *
     * @param storage its storage
     * @param clock its clock
     * @param configuration adds to the engine's configuration
     * @return the engine, to be closed by the caller
     */
    public static ManualRemora start(Storage storage, ManualClock clock, UnaryOperator<Builder> configuration) {
        Builder builder = Remora.builder().storage(storage).clock(clock);
        return new ManualRemora(configuration.apply(builder).start(), clock);
    }

    /**
     * Lets the engine do all it can do now.
     *
     * @return this
     */
    public ManualRemora settle() {
        clock.settle();
        return this;
    }

    /**
     * Moves the clock on, event by event.
     *
     * @param time how far
     * @return this
     */
    public ManualRemora advance(Duration time) {
        clock.advance(time);
        return this;
    }

    /**
     * Returns the clock.
     *
     * @return the clock that this engine is on
     */
    public ManualClock clock() {
        return clock;
    }

    /**
     * Lets the engine come to rest, and returns an execution with its nodes.
     *
     * @param execId its id
     * @return what the query says
     */
    public ExecutionDetail detail(long execId) {
        return settle().query().find(execId).orElseThrow();
    }

    /**
     * Lets the engine come to rest, and returns an execution.
     *
     * @param execId its id
     * @return what the query says
     */
    public Execution execution(long execId) {
        return detail(execId).execution();
    }

    @Override
    public RemoraSession as(String user) {
        return remora.as(user);
    }

    @Override
    public Health health() {
        return remora.health();
    }

    @Override
    public WorkflowExecutor executor() {
        return remora.executor();
    }

    @Override
    public ExecutionQuery query() {
        return remora.query();
    }

    @Override
    public LogReader logs() {
        return remora.logs();
    }

    @Override
    public ResourceCatalog resources() {
        return remora.resources();
    }

    @Override
    public Schedules schedules() {
        return remora.schedules();
    }

    @Override
    public Backfills backfills() {
        return remora.backfills();
    }

    @Override
    public Retention retention() {
        return remora.retention();
    }

    @Override
    public Projects projects() {
        return remora.projects();
    }

    @Override
    public WorkflowCatalog workflows() {
        return remora.workflows();
    }

    @Override
    public boolean close(Duration patience, OnClose jobs) {
        return remora.close(patience, jobs);
    }
}

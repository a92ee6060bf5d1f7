package dev.remora.testkit;

import dev.remora.error.StorageException;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.EngineStore;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.LogStore;
import dev.remora.spi.NoticeStore;
import dev.remora.spi.ProjectStore;
import dev.remora.spi.ResourceStore;
import dev.remora.spi.RetentionStore;
import dev.remora.spi.ScheduleStore;
import dev.remora.spi.Storage;
import dev.remora.spi.WorkflowStore;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A storage whose calls fail now and then with a transient {@link StorageException}, half of the times before their
 * effect, half of the times after it, as when a connection breaks. Which ones do follows from a seed and the order of
 * the calls. Safe for use by several threads.
 */
public final class FaultyStorage implements Storage {
    private final Storage intercepted;
    private final Random random;
    private final AtomicLong faults = new AtomicLong();
    private volatile double rate;

    /**
     * Creates a storage on top of another, without a fault as yet.
     *
     * @param storage the storage beneath; closed with this one
     * @param seed decides which calls fail
     */
    public FaultyStorage(Storage storage, long seed) {
        random = new Random(seed);
        intercepted = new InterceptedStorage(storage, false, this::call);
    }

    /**
     * Sets how many calls fail from now on.
     *
     * @param share 0 for none to 1 for all
     * @return this
     */
    public FaultyStorage rate(double share) {
        rate = share;
        return this;
    }

    /**
     * Returns how many calls have failed.
     *
     * @return the number of faults
     */
    public long faults() {
        return faults.get();
    }

    private Object call(String method, InterceptedStorage.Call call) throws Throwable {
        boolean fails;
        boolean after;
        synchronized (random) {
            fails = random.nextDouble() < rate;
            after = random.nextBoolean();
        }
        if (!fails) {
            return call.make();
        }
        if (after) {
            call.make();
        }
        faults.incrementAndGet();
        throw new StorageException(method + " fails " + (after ? "after" : "before") + " its effect", true);
    }

    @Override
    public WorkflowStore workflows() {
        return intercepted.workflows();
    }

    @Override
    public ExecutionStore executions() {
        return intercepted.executions();
    }

    @Override
    public LogStore logs() {
        return intercepted.logs();
    }

    @Override
    public ResourceStore resources() {
        return intercepted.resources();
    }

    @Override
    public EngineStore engines() {
        return intercepted.engines();
    }

    @Override
    public ScheduleStore schedules() {
        return intercepted.schedules();
    }

    @Override
    public BackfillStore backfills() {
        return intercepted.backfills();
    }

    @Override
    public RetentionStore retention() {
        return intercepted.retention();
    }

    @Override
    public NoticeStore notices() {
        return intercepted.notices();
    }

    @Override
    public ProjectStore projects() {
        return intercepted.projects();
    }

    @Override
    public String id() {
        return intercepted.id();
    }

    /** Returns false: a commit may fail. */
    @Override
    public boolean commitsInline() {
        return intercepted.commitsInline();
    }

    @Override
    public void close() {
        intercepted.close();
    }
}

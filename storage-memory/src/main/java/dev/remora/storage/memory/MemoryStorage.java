package dev.remora.storage.memory;

import dev.remora.error.ValidationException;
import dev.remora.model.Limit;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A storage on the heap. What it holds lives until the last handle on it is closed; nothing survives the process.
 *
 * <p>It is bounded: when it holds more executions than it may, those that ended first go, with their nodes and logs. Of
 * each log it keeps a small beginning on the heap, as long as the budget for all logs lasts; longer logs go to temporary
 * files, which vanish with their execution, with the storage, and when the process ends in an orderly way. So it is with
 * the contents of files: small ones are on the heap, on the same budget, larger ones in temporary files.
 *
 * <p>Safe for use by several threads. It has no thread of its own. A closed handle refuses every call with a
 * {@link dev.remora.error.StorageException} that is not transient.
 */
public final class MemoryStorage implements Storage {
    private final MemoryData data;
    private final MemoryData.Handle handle = new MemoryData.Handle();
    private final WorkflowStore workflows;
    private final ExecutionStore executions;
    private final LogStore logs;
    private final ResourceStore resources;
    private final EngineStore engines;
    private final ScheduleStore schedules;
    private final BackfillStore backfills;
    private final NoticeStore notices;
    private final RetentionStore retention;
    private final ProjectStore projects;

    private MemoryStorage(MemoryData data) {
        this.data = data;
        workflows = new MemoryWorkflowStore(data, handle);
        Claims claims = new Claims(data);
        Creations creations = new Creations(data);
        executions = new MemoryExecutionStore(data, handle, claims, creations);
        schedules = new MemoryScheduleStore(data, handle, creations);
        backfills = new MemoryBackfillStore(data, handle, creations);
        notices = new MemoryNoticeStore(data, handle);
        retention = new MemoryRetentionStore(data, handle);
        projects = new MemoryProjectStore(data, handle);
        logs = new MemoryLogStore(data, handle);
        resources = new MemoryResourceStore(data, handle);
        engines = new MemoryEngineStore(data, handle);
    }

    /**
     * Creates an empty storage with every default.
     *
     * @return the first handle on it
     */
    public static MemoryStorage create() {
        return builder().build();
    }

    /**
     * Starts to set a storage up.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens another handle on the same data, for another engine.
     *
     * @return the handle, to be closed like the first
     * @throws dev.remora.error.StorageException if this handle is closed
     */
    public MemoryStorage another() {
        data.openBeside(handle);
        return new MemoryStorage(data);
    }

    @Override
    public WorkflowStore workflows() {
        return workflows;
    }

    @Override
    public ExecutionStore executions() {
        return executions;
    }

    @Override
    public LogStore logs() {
        return logs;
    }

    @Override
    public EngineStore engines() {
        return engines;
    }

    @Override
    public ResourceStore resources() {
        return resources;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public BackfillStore backfills() {
        return backfills;
    }

    @Override
    public NoticeStore notices() {
        return notices;
    }

    @Override
    public RetentionStore retention() {
        return retention;
    }

    @Override
    public ProjectStore projects() {
        return projects;
    }

    /** Returns a random id, as the data vanish with the process. */
    @Override
    public String id() {
        return data.id;
    }

    /** Returns true. */
    @Override
    public boolean commitsInline() {
        return true;
    }

    /** Releases this handle; the last one releases the data. */
    @Override
    public void close() {
        data.close(handle);
    }

    /** Returns how many bytes of logs and files are on the heap. */
    long logHeapUsed() {
        return data.space.used();
    }

    /** Sets a {@link MemoryStorage} up. Not safe for use by several threads. */
    public static final class Builder {
        private static final String SUBJECT = "memory storage";
        private static final long MOST_LOG_HEAP = 64L << 20;

        private InstantSource clock = InstantSource.system();
        private int maxExecutions = (int) Limit.STORED_EXECUTIONS.defaultBound();
        private OptionalInt maxActive = OptionalInt.empty();
        private long logHeap = Math.min(MOST_LOG_HEAP, Runtime.getRuntime().maxMemory() / 16);
        private Path spillDirectory = Path.of(System.getProperty("java.io.tmpdir"));

        private Builder() {}

        /**
         * Sets the clock of the leases; the system's by default.
         *
         * @param source the clock, read in milliseconds
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        /**
         * Sets how many executions are kept; the default of {@link Limit#STORED_EXECUTIONS} by default. When there are
         * more, those that ended first go; those that a backfill or a wait needs only if there are no others near.
         *
         * @param most at least 1
         * @return this
         */
        public Builder maxExecutions(int most) {
            maxExecutions = most;
            return this;
        }

        /**
         * Sets how many executions that are not final are taken; the default of {@link Limit#ACTIVE_EXECUTIONS} by
         * default, or {@link #maxExecutions} if that is less. One more is refused with a
         * {@link dev.remora.error.LimitExceededException}. Rerunning a final one is never refused.
         *
         * @param most 1 to {@link #maxExecutions}
         * @return this
         */
        public Builder maxActive(int most) {
            maxActive = OptionalInt.of(most);
            return this;
        }

        /**
         * Sets how much text of all logs, and how many bytes of small files, together stay on the heap; by default 64 MB, or a sixteenth of the heap if
         * that is less.
         *
         * @param bytes at least 0; with 0 all of it goes to files
         * @return this
         */
        public Builder logHeap(long bytes) {
            logHeap = bytes;
            return this;
        }

        /**
         * Sets where the directory of the temporary files is made, when it is first needed; the temporary directory of the
         * system by default.
         *
         * @param directory an existing directory
         * @return this
         */
        public Builder spillDirectory(Path directory) {
            spillDirectory = Objects.requireNonNull(directory, "spillDirectory");
            return this;
        }

        /**
         * Creates the storage, empty.
         *
         * @return the first handle on it
         * @throws ValidationException if a bound is broken
         */
        public MemoryStorage build() {
            check("maxExecutions", maxExecutions, 1, Integer.MAX_VALUE);
            int active = maxActive.orElse(Math.min(maxExecutions, (int) Limit.ACTIVE_EXECUTIONS.defaultBound()));
            check("maxActive", active, 1, maxExecutions);
            check("logHeap", logHeap, 0, Long.MAX_VALUE);
            MemoryData data = new MemoryData(new MemorySettings(clock, maxExecutions, active, logHeap, spillDirectory));
            data.open();
            return new MemoryStorage(data);
        }

        private static void check(String path, long value, long least, long most) {
            if (value < least || value > most) {
                throw ValidationException.of(SUBJECT, path, "is " + value + "; it must be " + least + " to " + most);
            }
        }
    }
}

package dev.remora;

import dev.remora.event.ExecutionListener;
import dev.remora.internal.engine.Engine;
import dev.remora.internal.engine.EngineConfig;
import dev.remora.model.Health;
import dev.remora.model.Limit;
import dev.remora.model.RetentionRule;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.EngineClock;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobType;
import dev.remora.spi.Metrics;
import dev.remora.spi.Notifier;
import dev.remora.spi.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Executor;

/**
 * A workflow engine, running inside the application. Safe for use by several threads.
 *
 * <p>As a {@link RemoraSession} it acts for the user that {@link Builder#user} names.
 */
public interface Remora extends RemoraSession, AutoCloseable {
    /**
     * Starts the configuration of an engine. A storage is required; all else has a default.
     *
     * @return a new builder
     */
    static Builder builder() {
        return new Builder();
    }

    /**
     * Returns Remora on behalf of a user, who may do in it what the {@linkplain Builder#access policy} allows. What the user
     * may not read is not found, listed or counted; what else is not allowed is refused with an
     * {@link dev.remora.error.AccessDeniedException}. Whether the user is who the caller says is for the caller to know.
     *
     * @param user the user, not blank
     * @return a session
     * @throws dev.remora.error.ValidationException if the user is blank
     */
    RemoraSession as(String user);

    /**
     * Says how this engine is: its lease, its storage, and how much waits. Makes no call of the storage, so it answers at
     * once.
     *
     * @return how it is now
     */
    Health health();

    /**
     * Closes the engine: takes nothing new, starts nothing new, waits for running nodes to end, stops those that have
     * not, stores what became of them, and closes its job types, its threads and its storage. Executions that are not
     * final stay as they are for the next engine on the same storage; a node that was stopped here runs again there,
     * unless it is one whose {@link dev.remora.model.OnLost} forbids that.
     * Closing again does nothing. Afterwards requests are refused with an {@link dev.remora.error.EngineClosedException};
     * queries and logs find the storage closed, a {@link dev.remora.error.StorageException}, unless another engine is asked.
     *
     * @param patience how long running nodes may take to end by themselves; zero for not at all
     * @return whether all of them did
     */
    default boolean close(Duration patience) {
        return close(patience, OnClose.STOP);
    }

    /**
     * Closes the engine as {@link #close(Duration)} does, and leaves its jobs running if that is wanted: the next engine
     * goes on with them, their logs and their results, as after a crash, but without a loss. Whatever was told to stop
     * before is stopped to its end.
     *
     * <p>Executions with jobs that were left go to the next engine of the same name at once, and to one of another name
     * when the {@linkplain Builder#lease lease} of this one has run out. Only an engine on the same host, with the same
     * work directory, finds a local process again.
     *
     * @param patience how long running nodes may take to end by themselves; zero for not at all
     * @param jobs what becomes of jobs that have not ended by then
     * @return whether all of them did
     */
    boolean close(Duration patience, OnClose jobs);

    /** Closes the engine without waiting for running nodes: {@code close(Duration.ZERO)}. */
    @Override
    default void close() {
        close(Duration.ZERO);
    }

    /** Configures an engine. Not safe for use by several threads. */
    final class Builder {
        private final EngineConfig.Draft draft = new EngineConfig.Draft();

        private Builder() {}

        /**
         * Sets where everything is kept. The engine closes it.
         *
         * @param storage the storage
         * @return this
         */
        public Builder storage(Storage storage) {
            draft.storage(storage);
            return this;
        }

        /**
         * Names the engine; {@code remora} by default. Engines that share a storage need different names, and an engine
         * that is started again should keep its name, to find its jobs.
         *
         * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}
         * @return this
         */
        public Builder name(String name) {
            draft.name(name);
            return this;
        }

        /**
         * Names the user on whose behalf the engine's own session acts; {@code remora} by default.
         *
         * @param user the user, not blank
         * @return this
         */
        public Builder user(String user) {
            draft.user(user);
            return this;
        }

        /**
         * Adds a type of jobs. The engine closes it.
         *
         * @param type the type; its name must be new
         * @return this
         */
        public Builder jobType(JobType type) {
            draft.jobType(type);
            return this;
        }

        /**
         * Adds code of the application as a type of jobs.
         *
         * @param name by which nodes refer to it; must be new
         * @param job the code; one instance serves all nodes, perhaps at once
         * @return this
         */
        public Builder java(String name, JavaJob job) {
            return jobType(new JavaJob.Type(name, job));
        }

        /**
         * Sets where Java nodes run. By default the engine has its own worker threads, virtual ones where the JDK has
         * them. The engine does not close it.
         *
         * @param executor runs each task it is given on some thread, soon, and not on the calling one
         * @return this
         */
        public Builder javaExecutor(Executor executor) {
            draft.javaExecutor(executor);
            return this;
        }

        /**
         * Sets the clock; the system's by default. The engine closes it.
         *
         * @param clock the clock
         * @return this
         */
        public Builder clock(EngineClock clock) {
            draft.clock(clock);
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener hears every event
         * @return this
         */
        public Builder listener(ExecutionListener listener) {
            draft.listener(listener);
            return this;
        }

        /**
         * Adds a notifier. The engine closes it. Without one nobody is notified, whatever is asked for; so all engines that
         * share a storage should have the same.
         *
         * @param notifier tells of the ends that requests and schedules want told
         * @return this
         */
        public Builder notifier(Notifier notifier) {
            draft.notifier(notifier);
            return this;
        }

        /**
         * Sets where the engine reports what it does, in numbers; nowhere by default.
         *
         * @param metrics a bridge to the metrics library of the application
         * @return this
         */
        public Builder metrics(Metrics metrics) {
            draft.metrics(metrics);
            return this;
        }

        /**
         * Sets how many nodes may run at once in this engine; 64 by default. VIRTUAL nodes do not count.
         *
         * @param most 1 to 1,000,000
         * @return this
         */
        public Builder maxRunningNodes(int most) {
            draft.maxRunningNodes(most);
            return this;
        }

        /**
         * Sets how many nodes of one execution may run at once; no bound of its own by default.
         *
         * @param most 1 to 1,000,000
         * @return this
         */
        public Builder maxRunningNodesPerExecution(int most) {
            draft.maxRunningNodesPerExecution(most);
            return this;
        }

        /**
         * Adds a pool. Its size counts in this engine; each engine on the same storage has its own.
         *
         * @param name 1 to 64 letters, digits, {@code _}, {@code -} and {@code .}; must be new
         * @param size how many nodes of the pool may run at once, 1 to 1,000,000
         * @return this
         */
        public Builder pool(String name, int size) {
            draft.pool(name, size);
            return this;
        }

        /**
         * Sets the time zone of runs whose schedule has none; the system's by default.
         *
         * @param zone the zone
         * @return this
         */
        public Builder zone(ZoneId zone) {
            draft.zone(zone);
            return this;
        }

        /**
         * Sets where work directories are; {@code remora} in the system's directory for temporary files by default.
         *
         * @param directory the directory, created where needed
         * @return this
         */
        public Builder workDirectory(Path directory) {
            draft.workDirectory(directory);
            return this;
        }

        /**
         * Sets what becomes of work directories; {@link WorkDirectoryPolicy#KEEP_UNLESS_SUCCESS} by default.
         *
         * @param policy the policy
         * @return this
         */
        public Builder workDirectoryPolicy(WorkDirectoryPolicy policy) {
            draft.workDirectoryPolicy(policy);
            return this;
        }

        /**
         * Sets how long a job that is asked to stop may take before it is forced; 10 seconds by default.
         *
         * @param grace 0 to 1 day
         * @return this
         */
        public Builder killGrace(Duration grace) {
            draft.killGrace(grace);
            return this;
        }

        /**
         * Sets how long, after the grace time, it may take to verify that a job is gone; 20 seconds by default. After
         * that its node has ended, with cause KILL_UNVERIFIED.
         *
         * @param limit 1 ms to 1 day
         * @return this
         */
        public Builder killVerification(Duration limit) {
            draft.killVerification(limit);
            return this;
        }

        /**
         * Sets how long another engine waits before it takes over from this one when it dies; 15 seconds by default.
         *
         * @param duration 1 second to 1 hour
         * @return this
         */
        public Builder lease(Duration duration) {
            draft.lease(duration);
            return this;
        }

        /**
         * Adds a rule by which history goes by itself, now and then. All engines that share a storage may have the same
         * rules. Without one everything stays until somebody calls {@link Retention#purge}.
         *
         * @param rule which executions go
         * @return this
         */
        public Builder retention(RetentionRule rule) {
            draft.retention(rule);
            return this;
        }

        /**
         * Sets how long it takes from one look for history that may go to the next; 1 hour by default. The first one is
         * within a minute.
         *
         * @param interval 1 second to 365 days
         * @return this
         */
        public Builder retentionInterval(Duration interval) {
            draft.retentionInterval(interval);
            return this;
        }

        /**
         * Sets who may do what; {@link AccessPolicy#everything()} by default. It holds for {@linkplain #user the engine's
         * own session} too. All engines that share a storage should have the same.
         *
         * @param policy the policy
         * @return this
         */
        public Builder access(AccessPolicy policy) {
            draft.access(policy);
            return this;
        }

        /**
         * Sets a size limit.
         *
         * @param limit which
         * @param bound the largest size allowed, at least 1, in the unit of the limit
         * @return this
         */
        public Builder limit(Limit limit, long bound) {
            draft.limit(limit, bound);
            return this;
        }

        /**
         * Starts the engine.
         *
         * @return the engine, to be closed by the caller; it closes the storage with itself
         * @throws dev.remora.error.ValidationException with everything that is wrong with the configuration; the storage
         *     then stays open, and can be given again
         */
        public Remora start() {
            return Engine.start(draft.check());
        }
    }
}

package dev.remora.testkit;

import dev.remora.model.Cause;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A type of jobs that do nothing but wait: each ends when a test tells it to, or when it is asked to stop. Needs no
 * thread. Safe for use by several threads.
 *
 * <pre>{@code
 * ScriptedJobType jobs = ScriptedJobType.named("COPY");
 * …
 * jobs.job("fetch").succeed(Map.of("rows", "17"));
 * }</pre>
 */
public final class ScriptedJobType implements JobType {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final List<Job> started;
    private volatile boolean stopsWhenAsked = true;
    private volatile boolean abandoned;

    private ScriptedJobType(String name, List<Job> started) {
        this.name = name;
        this.started = started;
    }

    /**
     * Creates a type.
     *
     * @param name by which nodes refer to it
     * @return the type, without a job
     */
    public static ScriptedJobType named(String name) {
        return new ScriptedJobType(name, new ArrayList<>());
    }

    /**
     * Returns a type of the same name with the same jobs, for another engine.
     *
     * @return a type that finds the jobs of this one again
     */
    public ScriptedJobType another() {
        return new ScriptedJobType(name, started);
    }

    /**
     * Sets whether jobs end when they are asked to stop; they do by default.
     *
     * @param stops false for jobs that only note it
     * @return this
     */
    public ScriptedJobType stopsWhenAsked(boolean stops) {
        stopsWhenAsked = stops;
        return this;
    }

    /** Lets the engine of this type go as if it had died: it hears of no end any more, and stops no job. */
    public void abandon() {
        abandoned = true;
    }

    /**
     * Returns the last job that was started for a node, waiting for one that has not ended if need be.
     *
     * @param node the name of the node
     * @return the job
     * @throws AssertionError if there is none within a minute
     */
    public Job job(String node) {
        return waitFor(node, 0, 0);
    }

    /**
     * Returns the last job that was started for a node of one execution, waiting for one that has not ended if need be.
     *
     * @param execId the execution
     * @param node the name of the node
     * @return the job
     * @throws AssertionError if there is none within a minute
     */
    public Job job(long execId, String node) {
        return waitFor(node, execId, 0);
    }

    /**
     * Returns the job of an attempt, waiting for it if need be.
     *
     * @param execId the execution
     * @param node the name of the node
     * @param attempt the attempt
     * @return the job
     * @throws AssertionError if there is none within a minute
     */
    public Job job(long execId, String node, int attempt) {
        return waitFor(node, execId, attempt);
    }

    private Job waitFor(String node, long execId, int attempt) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        synchronized (started) {
            while (true) {
                for (int i = started.size() - 1; i >= 0; i--) {
                    Job job = started.get(i);
                    boolean fits = job.node().equals(node)
                            && (execId == 0 || job.context.jobId().execId() == execId)
                            && (attempt == 0 ? !job.isOver() : job.context.attempt() == attempt);
                    if (fits) {
                        return job;
                    }
                }
                try {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw new AssertionError("no job of node " + node + " is running; started: " + started);
                    }
                    TimeUnit.NANOSECONDS.timedWait(started, left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted while waiting for node " + node, interrupted);
                }
            }
        }
    }

    /**
     * Returns all jobs that were started.
     *
     * @return the jobs, in the order of their starts
     */
    public List<Job> started() {
        synchronized (started) {
            return List.copyOf(started);
        }
    }

    /**
     * Returns the names of the nodes whose jobs have not ended.
     *
     * @return the names, in the order of their starts
     */
    public List<String> running() {
        return started().stream().filter(job -> !job.isOver()).map(Job::node).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JobHandle start(JobContext context) {
        Job job = new Job(context);
        context.token("attempt " + context.attempt());
        synchronized (started) {
            started.add(job);
            started.notifyAll();
        }
        return new Handle(job);
    }

    /** Finds a job again that has not vanished. */
    @Override
    public Optional<JobHandle> reattach(JobContext context, String token) {
        return started().stream()
                .filter(job -> job.context.jobId().equals(context.jobId())
                        && job.context.attempt() == context.attempt()
                        && !job.vanished)
                .findFirst()
                .map(job -> {
                    job.context = context;
                    return new Handle(job);
                });
    }

    private final class Handle implements JobHandle {
        private final Job job;
        private final CompletableFuture<JobResult> completion = new CompletableFuture<>();

        Handle(Job job) {
            this.job = job;
            job.end.whenComplete((result, thrown) -> {
                if (!abandoned) {
                    completion.complete(result);
                }
            });
        }

        @Override
        public CompletionStage<JobResult> completion() {
            return completion;
        }

        @Override
        public void stop(Duration grace) {
            if (abandoned) {
                return;
            }
            job.stopRequested = true;
            if (stopsWhenAsked) {
                job.fail("stopped");
            }
        }

        /** Leaves the job alone, as it can be found again. */
        @Override
        public boolean leave(Duration grace) {
            job.left = true;
            return true;
        }
    }

    /** One attempt. Safe for use by several threads. */
    public static final class Job {
        private final CompletableFuture<JobResult> end = new CompletableFuture<>();
        private volatile JobContext context;
        private volatile boolean stopRequested;
        private volatile boolean left;
        private volatile boolean vanished;

        private Job(JobContext context) {
            this.context = context;
        }

        /**
         * Returns what the engine told the job.
         *
         * @return the context of the start, or of the last time the job was found again
         */
        public JobContext context() {
            return context;
        }

        /**
         * Returns the node.
         *
         * @return its name
         */
        public String node() {
            return context.jobId().node();
        }

        /** Ends the job well. */
        public void succeed() {
            end(JobResult.success());
        }

        /**
         * Ends the job well.
         *
         * @param outputs what it puts out
         */
        public void succeed(Map<String, String> outputs) {
            end(JobResult.success(outputs));
        }

        /**
         * Ends the job badly, with cause EXIT_CODE.
         *
         * @param message what went wrong
         */
        public void fail(String message) {
            end(JobResult.failed(Cause.EXIT_CODE, message));
        }

        /**
         * Ends the job. One that has ended stays as it is.
         *
         * @param result how
         */
        public void end(JobResult result) {
            end.complete(result);
        }

        /** Lets the job go without a trace: no engine finds it again. */
        public void vanish() {
            vanished = true;
        }

        /**
         * Tells whether an engine asked the job to stop.
         *
         * @return true from then on
         */
        public boolean stopRequested() {
            return stopRequested;
        }

        /**
         * Tells whether an engine let go of the job, as it does not own its execution any more.
         *
         * @return true from then on
         */
        public boolean left() {
            return left;
        }

        /**
         * Tells whether the job has ended or vanished.
         *
         * @return true from then on
         */
        public boolean isOver() {
            return vanished || end.isDone();
        }

        @Override
        public String toString() {
            return context.jobId() + " attempt " + context.attempt() + (isOver() ? " (over)" : "");
        }
    }
}

package dev.remora.testkit.simulation;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.Cause;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The jobs of the simulated world. What becomes of each is decided by the seed when it starts. */
final class SimulatedJobs {
    /** Jobs that vanish with their engine. */
    static final String INNER = "INNER";
    /** Jobs that outlive it, and can be found again. */
    static final String OUTER = "OUTER";
    /** Code that the engine runs itself. */
    static final String CODE = "CODE";

    private static final JobResult STOPPED = JobResult.failed(Cause.EXIT_CODE, "stopped");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int MOST_LINES = 12;
    private static final int LONGEST = 12_000;
    private static final long FOREVER = Integer.MAX_VALUE;
    private static final int LONGEST_STOP = 8_000;

    private final Scheduler scheduler;
    private final SimulatedProcess world;
    private final Random random;
    private final Rules rules;
    private final Map<String, SimulatedJob> jobs = new LinkedHashMap<>();
    private Function<Long, Books> books = execId -> null;
    private boolean calm;

    SimulatedJobs(Scheduler scheduler, SimulatedProcess world, Random random, Rules rules) {
        this.scheduler = scheduler;
        this.world = world;
        this.random = random;
        this.rules = rules;
    }

    void books(Function<Long, Books> value) {
        books = value;
    }

    /**
     * From now on every job ends soon, and stops when it is asked to. Those that the engine must stop when their time is up
     * are left to it.
     */
    void calmDown() {
        calm = true;
        for (SimulatedJob job : List.copyOf(jobs.values())) {
            if (!job.isLimited() || job.isStopping() || !job.isRecorded()) {
                scheduler.at(scheduler.now() + random.nextInt(5_000), world, () -> end(job, result(), true));
            }
        }
    }

    boolean isAlive(long execId, String node, int attempt) {
        SimulatedJob job = jobs.get(id(execId, node, attempt));
        return job != null && job.isAlive();
    }

    boolean succeeded(long execId, String node, int attempt) {
        SimulatedJob job = jobs.get(id(execId, node, attempt));
        return job != null && job.succeeded();
    }

    /** What the attempt of a job put out on its own; empty for one that only writes single lines. */
    String output(long execId, String node, int attempt) {
        SimulatedJob job = jobs.get(id(execId, node, attempt));
        return job == null ? "" : job.output(scheduler.now());
    }

    List<SimulatedJob> alive() {
        return jobs.values().stream().filter(SimulatedJob::isAlive).toList();
    }

    List<JobType> types(SimulatedProcess process) {
        return List.of(
                new Type(INNER, process, false),
                new Type(OUTER, process, true),
                new JavaJob.Type(CODE, context -> run(process, context)));
    }

    private static String id(long execId, String node, int attempt) {
        return execId + "." + node + "#" + attempt;
    }

    private SimulatedJob begin(SimulatedProcess process, JobContext context, boolean external) {
        long execId = context.jobId().execId();
        String node = context.jobId().node();
        String id = id(execId, node, context.attempt());
        scheduler.trace(process, () -> "job " + id + " starts");
        books.apply(execId).starts(node, context.attempt());
        SimulatedJob job = new SimulatedJob(
                id,
                process,
                external,
                books.apply(execId).shape().isLimited(node),
                () -> books.apply(execId).isRunning(node, context.attempt()),
                scheduler.now(),
                external ? random.nextInt(MOST_LINES) : 0);
        rules.require(jobs.put(id, job) == null, "attempt %s starts twice", id);
        return job;
    }

    private void end(SimulatedJob job, JobResult result, boolean byItself) {
        if (job.end(result, byItself, scheduler.now())) {
            scheduler.trace(
                    world,
                    () -> "job " + job + " ends: "
                            + (byItself ? result.cause().map(Enum::name).orElse("SUCCESS") : "stopped"));
        }
    }

    private void endLater(SimulatedJob job, long delay, boolean byItself) {
        if (delay < FOREVER) {
            scheduler.at(scheduler.now() + delay, world, () -> end(job, byItself ? result() : STOPPED, byItself));
        }
    }

    private JobResult result() {
        return random.nextInt(100) < (calm ? 95 : 75)
                ? JobResult.success()
                : JobResult.failed(Cause.EXIT_CODE, "exit code 1");
    }

    /** How long a job runs; for ever, in some cases. */
    private long duration() {
        int kind = random.nextInt(100);
        if (kind < 15) {
            return 0;
        }
        return kind < 93 || calm ? random.nextInt(calm ? 1_000 : LONGEST) : FOREVER;
    }

    /** How long a job takes to stop; for ever, in some cases. */
    private long stopDelay() {
        int kind = random.nextInt(100);
        if (kind < 50 || calm) {
            return random.nextInt(100);
        }
        return kind < 85 ? random.nextInt(LONGEST_STOP) : FOREVER;
    }

    /** A type whose jobs need no thread. */
    private final class Type implements JobType {
        private final String name;
        private final SimulatedProcess process;
        private final boolean external;

        Type(String name, SimulatedProcess process, boolean external) {
            this.name = name;
            this.process = process;
            this.external = external;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public JobHandle start(JobContext context) throws IOException {
            scheduler.pass();
            if (!calm && random.nextInt(100) < 3) {
                throw new IOException("cannot be started");
            }
            SimulatedJob job = begin(process, context, external);
            context.log().line("begin of " + job);
            long duration = duration();
            if (duration == 0) {
                end(job, result(), true);
            } else {
                endLater(job, duration, true);
            }
            scheduler.pass();
            context.token(job.toString());
            return new Handle(process, job, context).watch();
        }

        @Override
        public Optional<JobHandle> reattach(JobContext context, String token) throws IOException {
            scheduler.pass();
            if (!calm && random.nextInt(100) < 10) {
                throw new IOException("cannot be told now");
            }
            SimulatedJob job =
                    jobs.get(id(context.jobId().execId(), context.jobId().node(), context.attempt()));
            boolean found = job != null && job.isFoundBy(process);
            scheduler.trace(process, () -> "job " + context.jobId() + "#" + context.attempt() + " found: " + found);
            return found ? Optional.of(new Handle(process, job, context).watch()) : Optional.empty();
        }
    }

    /** A job as an engine sees it: one that outlives the engine is looked at now and then, and its output is read. */
    private final class Handle implements JobHandle {
        private final SimulatedProcess process;
        private final SimulatedJob job;
        private final JobContext context;
        private final CompletableFuture<JobResult> completion = new CompletableFuture<>();
        private boolean left;

        Handle(SimulatedProcess process, SimulatedJob job, JobContext context) {
            this.process = process;
            this.job = job;
            this.context = context;
        }

        Handle watch() {
            if (job.isExternal()) {
                look();
            } else if (!job.isAlive() && random.nextBoolean()) {
                job.watch(completion::complete);
            } else {
                job.watch(result -> scheduler.spawn(process, () -> completion.complete(result)));
            }
            return this;
        }

        private void look() {
            if (left) {
                return;
            }
            Optional<JobResult> end = job.result();
            try {
                readOn();
            } catch (LeaseLostException theirs) {
                return;
            } catch (StorageException away) {
                if (!away.isTransient()) {
                    completion.completeExceptionally(away);
                    return;
                }
                context.later(LOOK_AGAIN, this::look);
                return;
            }
            end.ifPresentOrElse(completion::complete, () -> context.later(LOOK_AGAIN, this::look));
        }

        private void readOn() {
            byte[] output = job.output(scheduler.now()).getBytes(StandardCharsets.UTF_8);
            int position = Math.toIntExact(context.log().streamPosition());
            while (position < output.length) {
                int length = Math.min(output.length - position, 1 + random.nextInt(100));
                position += length;
                context.log().stream(output, position - length, length, position);
            }
        }

        @Override
        public CompletionStage<JobResult> completion() {
            return completion;
        }

        @Override
        public boolean leave(Duration grace) {
            left = job.isExternal();
            if (!left) {
                stop(grace);
            }
            return left;
        }

        @Override
        public void stop(Duration grace) {
            if (!process.isDead() && job.stop()) {
                scheduler.trace(process, () -> "job " + job + " is told to stop");
                endLater(job, stopDelay(), false);
            }
        }
    }

    private Map<String, String> run(SimulatedProcess process, JobContext context) throws IOException {
        SimulatedJob job = begin(process, context, false);
        context.log().line("begin of " + job);
        long end = scheduler.now() + duration();
        JobResult result = result();
        boolean heeds = random.nextInt(100) < 70;
        while (scheduler.now() < end && job.isAlive()) {
            try {
                context.sleep(Duration.ofMillis(Math.min(calm ? 100 : 2_000, end - scheduler.now())));
                end = calm ? scheduler.now() : end;
            } catch (InterruptedException stopped) {
                if (heeds || calm) {
                    end(job, STOPPED, false);
                    throw new IOException("interrupted", stopped);
                }
            }
        }
        end(job, result, true);
        if (!job.succeeded()) {
            throw new IOException("fails");
        }
        return Map.of();
    }
}

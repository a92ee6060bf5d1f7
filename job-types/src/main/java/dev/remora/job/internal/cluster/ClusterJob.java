package dev.remora.job.internal.cluster;

import dev.remora.error.EngineClosedException;
import dev.remora.error.LeaseLostException;
import dev.remora.job.internal.process.LocalJob;
import dev.remora.model.Cause;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client on this host and what it has submitted, as one job. It has ended when its client is gone and no application of
 * it is active any more.
 */
final class ClusterJob implements JobHandle {
    /** While the client runs. */
    private static final Duration WATCH = Duration.ofMillis(200);

    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);
    private static final int LOOK_PART = 20;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** An application that was submitted in the last moment of a client is there when this is over. */
    private static final Duration SEARCH = Duration.ofSeconds(1);

    private static final int EMPTY_LOOKS = 3;
    /** How long an application may take to end whose driver has ended well. */
    private static final Duration SETTLE = Duration.ofSeconds(30);
    /** How long a cluster may be away that has to say how a job ended. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** How long a client may take to submit what it could not be found by otherwise. */
    private static final Duration SUBMISSION = Duration.ofSeconds(20);

    private static final int MOST_LINKS = 1000;

    private final JobContext context;
    private final Executor threads;
    private final Decider decider;
    private final Applications applications;
    private final Optional<LocalJob> client;
    private final boolean neverBegan;
    private final OutputWatch output;
    private final Path stopNote;
    private final CompletableFuture<JobResult> completion = new CompletableFuture<>();
    private final AtomicReference<Optional<Stop>> stop = new AtomicReference<>(Optional.empty());
    private final AtomicLong turn = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private final Set<String> links = new LinkedHashSet<>();
    private final Set<String> awaited = new HashSet<>();
    private volatile boolean left;
    private boolean stoppedBefore;
    private boolean clientStopped;
    private boolean outputRead;
    private boolean killed;
    private boolean troubleTold;
    private int emptyLooks;
    private long clientEndedAt;
    private long troubledSince;
    private Optional<Throwable> failure = Optional.empty();

    private record Stop(Duration grace, long since) {
        boolean over(Duration time) {
            return System.nanoTime() - since >= time.toNanos();
        }
    }

    ClusterJob(
            JobContext context,
            Executor threads,
            Decider decider,
            Applications applications,
            Optional<LocalJob> client,
            boolean neverBegan,
            Path controlDirectory) {
        this.neverBegan = neverBegan;
        this.context = context;
        this.threads = threads;
        this.decider = decider;
        this.applications = applications;
        this.client = client;
        output = new OutputWatch(controlDirectory.resolve("output"), new Sightings());
        stopNote = controlDirectory.resolve("stop-applications");
    }

    private final class Sightings implements OutputWatch.Listener {
        @Override
        public void link(String link) {
            if (links.size() < MOST_LINKS && links.add(link)) {
                context.appLink(link);
            }
        }

        @Override
        public void submitted(String id) {
            if (applications.add(id)) {
                context.token(applications.token().toString());
            }
        }

        @Override
        public void driver(String id, String state) {
            applications.driver(id, state);
        }
    }

    /** Begins to look after the job. */
    void watch() {
        stoppedBefore = Files.exists(stopNote);
        client.ifPresent(process -> process.completion().whenComplete((result, thrown) -> again(Duration.ZERO)));
        again(FIRST_LOOK);
    }

    @Override
    public CompletionStage<JobResult> completion() {
        return completion;
    }

    @Override
    public void stop(Duration grace) {
        if (stop.compareAndSet(Optional.empty(), Optional.of(new Stop(grace, System.nanoTime())))) {
            again(Duration.ZERO);
        }
    }

    @Override
    public boolean leave(Duration grace) {
        left = true;
        client.ifPresent(process -> process.leave(grace));
        return true;
    }

    private void again(Duration delay) {
        long mine = turn.incrementAndGet();
        context.later(delay, () -> {
            try {
                threads.execute(() -> look(mine));
            } catch (RejectedExecutionException closed) {
                // the engine has closed; the next one finds the job
            }
        });
    }

    private void look(long mine) {
        if (mine != turn.get() || !looking.tryLock()) {
            return;
        }
        Optional<Duration> next;
        long before = turn.get();
        try {
            next = left || completion.isDone() ? Optional.empty() : lookSafely();
        } finally {
            looking.unlock();
        }
        // why: what was asked for meanwhile found this look under way, and must not wait for the next regular one
        next.ifPresent(delay -> again(turn.get() == before ? delay : Duration.ZERO));
    }

    private Optional<Duration> lookSafely() {
        try {
            Optional<Duration> next = step();
            troubledSince = 0;
            return next;
        } catch (LeaseLostException | EngineClosedException e) {
            // why: the job is no longer ours; the engine that owns it now finds it by itself
            left = true;
            return Optional.empty();
        } catch (IOException e) {
            return troubled(e);
        } catch (RuntimeException | Error e) {
            return giveUp(e);
        }
    }

    private Optional<Duration> troubled(IOException e) {
        long now = System.nanoTime();
        troubledSince = troubledSince == 0 ? now : troubledSince;
        if (!troubleTold) {
            troubleTold = true;
            context.log().line("[remora] the cluster cannot be asked now, tried again: " + e.getMessage());
        }
        boolean ending = stop.get().isPresent() || stoppedBefore || failure.isPresent();
        if (!ending && now - troubledSince >= PATIENCE.toNanos()) {
            completion.complete(JobResult.failed(
                    Cause.EXCEPTION,
                    "the cluster could not be asked for " + PATIENCE + " how the job ended; it may still run: "
                            + e.getMessage()));
            return Optional.empty();
        }
        return Optional.of(RETRY);
    }

    /** The job cannot be served any more. It must not go on running unknown to everyone. */
    private Optional<Duration> giveUp(Throwable e) {
        if (failure.isPresent()) {
            failure.get().addSuppressed(e);
            completion.completeExceptionally(failure.get());
            return Optional.empty();
        }
        failure = Optional.of(e);
        return Optional.of(Duration.ZERO);
    }

    private Optional<Duration> step() throws IOException {
        if (client.isPresent() && client.get().abandoned()) {
            return Optional.empty();
        }
        // why: asked for before the output is read, so that all of it is read when the client has ended
        boolean ended = clientHasEnded();
        if (!outputRead) {
            if (output.read()) {
                return Optional.of(Duration.ZERO);
            }
            if (ended) {
                output.finish();
                outputRead = true;
                clientEndedAt = System.nanoTime();
            }
        }
        if (stop.get().isPresent() || stoppedBefore || failure.isPresent()) {
            return stopping(ended);
        }
        return ended ? deciding() : Optional.of(WATCH);
    }

    private boolean clientHasEnded() {
        return client.isEmpty()
                || client.get().completion().toCompletableFuture().isDone();
    }

    private Optional<Duration> deciding() throws IOException {
        Optional<JobResult> result = clientResult();
        if (failure.isPresent()) {
            return Optional.of(Duration.ZERO);
        }
        List<Application> found = applications.find();
        emptyLooks = found.isEmpty() ? emptyLooks + 1 : 0;
        Judgement judgement = Judgement.of(new Judgement.Evidence(
                decider,
                result,
                exitCode(),
                found,
                awaited,
                applications.searchable(),
                !applications.inCluster() || emptyLooks >= EMPTY_LOOKS,
                since(clientEndedAt).compareTo(SETTLE) >= 0));
        if (judgement instanceof Judgement.End end) {
            completion.complete(end.result());
            return Optional.empty();
        }
        if (judgement instanceof Judgement.LookAgain) {
            return Optional.of(SEARCH);
        }
        if (judgement instanceof Judgement.Kill) {
            applications.kill(found);
            return Optional.of(FIRST_LOOK);
        }
        found.stream().filter(Application::active).forEach(application -> awaited.add(application.id()));
        return Optional.of(pace(clientEndedAt));
    }

    /** Ends the client and every application, and looks until there is none. */
    private Optional<Duration> stopping(boolean ended) throws IOException {
        if (!ended && !clientStopped) {
            stopClient();
        }
        if (ended && client.isPresent() && !killed && !stoppedBefore && failure.isEmpty()) {
            Optional<Duration> own = ownEnd();
            if (own.isEmpty()) {
                return own;
            }
        }
        List<Application> found = applications.find();
        boolean active = found.stream().anyMatch(Application::active);
        if (active) {
            killed = true;
            noteStop();
            applications.kill(found);
        }
        emptyLooks = active || !ended ? 0 : emptyLooks + 1;
        if (emptyLooks < (applications.inCluster() ? EMPTY_LOOKS : 1)) {
            return Optional.of(active || !ended ? WATCH : SEARCH.dividedBy(2));
        }
        finishStop();
        return Optional.empty();
    }

    /** If all had ended before anyone asked it to, that counts. */
    private Optional<Duration> ownEnd() throws IOException {
        Optional<JobResult> result = clientResult();
        if (result.isEmpty() || !result.get().beforeStop() || failure.isPresent()) {
            return Optional.of(Duration.ZERO);
        }
        Judgement judgement = Judgement.of(new Judgement.Evidence(
                decider, result, exitCode(), applications.find(), awaited, applications.searchable(), false, true));
        if (judgement instanceof Judgement.End end) {
            completion.complete(end.result().endedBeforeStop());
            return Optional.empty();
        }
        return Optional.of(Duration.ZERO);
    }

    private void finishStop() {
        if (failure.isPresent()) {
            completion.completeExceptionally(failure.get());
        } else if (stoppedBefore) {
            completion.complete(JobResult.failed(Cause.LOST, "its engine stopped it, and is gone"));
        } else {
            completion.complete(JobResult.failed(Cause.EXIT_CODE, "stopped, with all its applications"));
        }
    }

    private void stopClient() throws IOException {
        Duration grace = stop.get().map(Stop::grace).orElse(Duration.ZERO);
        if (stop.get().isPresent() && decider == Decider.CLUSTER && !applications.searchable()) {
            // why: once it is gone, nobody could find what it has just submitted
            Duration patience = grace.compareTo(SUBMISSION) > 0 ? grace : SUBMISSION;
            if (!stop.get().get().over(patience)) {
                return;
            }
        }
        noteStop();
        clientStopped = true;
        client.orElseThrow().stop(grace);
    }

    /** Tells later engines that what follows is not the job's own doing. */
    private void noteStop() throws IOException {
        if (Files.isDirectory(stopNote.getParent())) {
            Files.writeString(stopNote, "");
        }
    }

    /** Returns how the client ended, if that is known. To be called when it has ended. */
    private Optional<JobResult> clientResult() {
        if (client.isEmpty()) {
            return neverBegan ? Optional.of(JobResult.notBegun()) : Optional.empty();
        }
        CompletableFuture<JobResult> future = client.get().completion().toCompletableFuture();
        if (future.isCompletedExceptionally()) {
            failure = failure.or(() -> Optional.of(thrown(future)));
            return Optional.empty();
        }
        return Optional.of(future.join());
    }

    private static Throwable thrown(CompletableFuture<JobResult> future) {
        return future.handle((result, thrown) -> thrown).join();
    }

    private OptionalInt exitCode() throws IOException {
        return client.isPresent() ? client.get().exitCode() : OptionalInt.empty();
    }

    private static Duration since(long time) {
        return Duration.ofNanos(System.nanoTime() - time);
    }

    /** The longer it takes, the less often it is looked at, so that an end is seen late by a few percent only. */
    private static Duration pace(long since) {
        Duration part = since(since).dividedBy(LOOK_PART);
        return part.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : part.compareTo(LAST_LOOK) > 0 ? LAST_LOOK : part;
    }
}

package dev.remora.job.internal.cluster;

import dev.remora.job.internal.process.LocalJob;
import dev.remora.job.internal.process.LocalProcesses;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the clients of clusters as jobs, and looks after what they submit. Its threads end some time after the last job.
 * Safe for use by several threads.
 */
public final class ClusterJobs implements AutoCloseable {
    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;

    private final LocalProcesses processes = new LocalProcesses();
    private final ThreadPoolExecutor looks;
    private final ThreadPoolExecutor answers;
    private HttpClient http;

    /**
     * Creates the means.
     *
     * @param name what the threads are named by
     */
    public ClusterJobs(String name) {
        looks = threads("remora-" + name + "-cluster-");
        // why: who waits for an answer must not wait for the thread that brings it
        answers = threads("remora-" + name + "-http-");
    }

    /** As many tasks wait as jobs run, for each job waits for one look only. */
    private static ThreadPoolExecutor threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, prefix + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Returns YARN's ResourceManager.
     *
     * @param addresses of its web interface, several if one stands by for the other
     * @param user for clusters with simple authentication: on whose behalf to ask
     * @return what can be asked of it
     */
    public Cluster resourceManager(List<URI> addresses, Optional<String> user) {
        return new ResourceManager(new Rest(addresses, this::http), user);
    }

    /**
     * Returns the master of a standalone Spark cluster.
     *
     * @param addresses of its web interface, several if one stands by for the other
     * @return what can be asked of it
     */
    public Cluster sparkMaster(List<URI> addresses) {
        return new StandaloneMaster(new Rest(addresses, this::http));
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = Rest.client(answers);
        }
        return http;
    }

    /**
     * What is done by whom.
     *
     * @param cluster where the applications run; empty if in the client itself
     * @param decider who knows how the job ended
     */
    public record Terms(Optional<Cluster> cluster, Decider decider) {}

    /**
     * Returns the tag for the applications of an attempt.
     *
     * @param context the job
     * @return lower case; the same each time for the same attempt
     * @throws IOException if the control directory cannot be created
     */
    public static String tag(JobContext context) throws IOException {
        return JobToken.of(context).tag();
    }

    /**
     * Starts a client.
     *
     * @param context the job
     * @param terms what is done by whom
     * @param prefix what runs the client as somebody else, or nothing
     * @param arguments the client and its arguments
     * @param environment what to add to the environment of this JVM
     * @return the running job
     * @throws IOException if it cannot be started
     */
    public JobHandle start(
            JobContext context,
            Terms terms,
            List<String> prefix,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        JobToken token = JobToken.of(context);
        LocalJob client = processes.start(context, prefix, arguments, environment);
        // why: a token says that the job began, also when its control directory is gone
        context.token(token.toString());
        return watched(context, terms, token, Optional.of(client), false);
    }

    /**
     * Finds a job again. One whose client is gone may live on in the cluster; what the cluster does not know is lost.
     *
     * @param context the job
     * @param terms what is done by whom
     * @param text what was stored by {@link JobContext#token}
     * @return the job; empty if it vanished
     * @throws IOException if that cannot be told now
     */
    public Optional<JobHandle> reattach(JobContext context, Terms terms, String text) throws IOException {
        Optional<LocalJob> client = processes.reattach(context);
        boolean neverBegan = client.isEmpty() && text.isEmpty() && processes.neverBegan(context);
        if (client.isEmpty() && terms.cluster().isEmpty() && !neverBegan) {
            return Optional.empty();
        }
        JobToken token = text.isEmpty() ? JobToken.of(context) : JobToken.parse(text);
        return Optional.of(watched(context, terms, token, client, neverBegan));
    }

    private JobHandle watched(
            JobContext context, Terms terms, JobToken token, Optional<LocalJob> client, boolean neverBegan)
            throws IOException {
        Path directory = context.controlDirectory();
        ClusterJob job = new ClusterJob(
                context,
                looks,
                terms.decider(),
                new Applications(terms.cluster(), token),
                client,
                neverBegan,
                directory);
        job.watch();
        return job;
    }

    @Override
    public void close() {
        looks.shutdown();
        answers.shutdown();
    }
}

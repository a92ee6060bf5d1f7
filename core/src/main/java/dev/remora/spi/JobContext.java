package dev.remora.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What one attempt of a job may know and use. Safe for use by several threads. */
public interface JobContext {
    /**
     * Returns the id of the node execution; it holds the execution's id and the node's name.
     *
     * @return the id, the same for every attempt
     */
    JobId jobId();

    /**
     * Returns the number of the attempt.
     *
     * @return 1 for the first
     */
    int attempt();

    /**
     * Returns the project.
     *
     * @return its name
     */
    String project();

    /**
     * Returns the workflow.
     *
     * @return its name
     */
    String workflow();

    /**
     * Returns the instant that the run stands for.
     *
     * @return the schedule time
     */
    Instant scheduleTime();

    /**
     * Returns the parameter of the node, with every placeholder resolved.
     *
     * @return a JSON object; it cannot be changed, but {@code deepCopy} of it can
     */
    JsonNode parameter();

    /**
     * Returns the run parameters given at submission.
     *
     * @return values by name
     */
    Map<String, String> runParams();

    /**
     * Returns the user on whose behalf the job runs.
     *
     * @return the user; empty for the one that runs the engine
     */
    Optional<String> proxyUser();

    /**
     * Returns the default queue of the run.
     *
     * @return the queue; empty if none was given
     */
    Optional<String> queue();

    /**
     * Returns the value of a limit in this engine.
     *
     * @param limit which
     * @return the bound, inclusive, in the unit of the limit
     */
    long limit(Limit limit);

    /**
     * Returns the work directory that all nodes of the execution share, creating it where needed.
     *
     * @return an absolute path
     * @throws IOException if it cannot be created
     */
    Path workDirectory() throws IOException;

    /**
     * Returns a directory for the job type's own files of this attempt, outside the work directory, creating it where
     * needed. Its path is the same for every engine of the same name and configuration, so a job can be found again.
     *
     * @return an absolute path
     * @throws IOException if it cannot be created
     */
    Path controlDirectory() throws IOException;

    /**
     * Returns the log of the job.
     *
     * @return the log; what is written is marked with this attempt
     */
    JobLog log();

    /**
     * Adds the id or address of a cluster application; each is kept once.
     *
     * @param link what to show
     */
    void appLink(String link);

    /**
     * Stores something by which the job can be found again. It is stored soon, not at once: a job whose engine dies
     * before is looked for with the token before, or none.
     *
     * @param token any text
     */
    void token(String token);

    /**
     * Runs something later, in real time, on a thread of the engine that is meant for short work. Not after the engine
     * has closed.
     *
     * @param delay how much later
     * @param task what to run; it must not block for long, and must not throw
     */
    void later(Duration delay, Runnable task);

    /**
     * Returns the time on the engine's clock.
     *
     * @return now
     */
    Instant now();

    /**
     * Sleeps on the engine's clock, so that a manual clock in a test can pass the time.
     *
     * @param time how long
     * @throws InterruptedException if the job is asked to stop meanwhile
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Tells whether the job was asked to stop. A job in Java is also interrupted.
     *
     * @return true from then on
     */
    boolean stopRequested();
}

package dev.remora.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A kind of job that nodes can name: checks parameters, starts jobs, and finds running ones again.
 *
 * <p>Safe for use by several threads. One instance serves one engine, which closes it.
 */
public interface JobType extends AutoCloseable {
    /**
     * Returns the name by which nodes refer to this type.
     *
     * @return letters, digits, {@code _} and {@code -}, at most 64; case matters
     */
    String name();

    /**
     * Checks a parameter object. Called when a definition is saved or run, with placeholders still in it, and again
     * before each start, with every placeholder resolved; a text with a placeholder must pass. An engine that has found
     * nothing wrong with a saved version need not ask again for each of its runs.
     *
     * @param parameter the parameter of a node
     * @return what is wrong, with paths relative to the parameter; empty if nothing
     */
    default List<Problem> check(JsonNode parameter) {
        return List.of();
    }

    /**
     * Starts a job. Must return soon: what takes long goes on elsewhere, and completes the handle.
     *
     * @param context what the job may know and use
     * @return the running job
     * @throws Exception if it cannot be started; the attempt has then failed with cause EXCEPTION
     */
    JobHandle start(JobContext context) throws Exception;

    /**
     * Finds a job again that an engine left running, be it by dying or by closing.
     *
     * @param context the same that the job was started with, with the log at the place where reading stopped
     * @param token what the job last gave to {@link JobContext#token(String)}, empty for nothing
     * @return the job, running or ended, also with {@link JobResult#notBegun}; empty if it vanished, which counts as a
     *     loss
     * @throws Exception if that cannot be told now; it is asked again later
     */
    default Optional<JobHandle> reattach(JobContext context, String token) throws Exception {
        return Optional.empty();
    }

    /**
     * Tells whether jobs of this type are meant to run for ever. They are refused in unsaved workflows.
     *
     * @return false by default
     */
    default boolean longRunning() {
        return false;
    }

    /** Releases what the type holds. Called once, after its last job. */
    @Override
    default void close() {}
}

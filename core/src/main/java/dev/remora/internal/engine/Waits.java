package dev.remora.internal.engine;

import dev.remora.error.RemoraException;
import dev.remora.error.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Bounded waits of calls for what the engine's threads do. */
final class Waits {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Waits() {}

    /**
     * Waits for an answer, and returns it.
     *
     * @throws RemoraException what the answer is, if it is a refusal
     * @throws WaitTimeoutException if it takes too long
     */
    static <T> T await(EngineThreads threads, CompletableFuture<T> reply, String what) {
        try {
            if (!threads.await(reply, LONGEST)) {
                throw new WaitTimeoutException(what, LONGEST);
            }
            return reply.join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof RemoraException own) {
                throw own;
            }
            throw new IllegalStateException(refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WaitTimeoutException(what + ", whose thread was interrupted,", LONGEST);
        }
    }
}

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
     * Waits for an answer.
     *
     * @throws RemoraException what the answer is, if it is a refusal
     * @throws WaitTimeoutException if it takes too long
     */
    static void await(EngineThreads threads, CompletableFuture<Void> reply, String what) {
        try {
            if (!threads.await(reply, LONGEST)) {
                throw new WaitTimeoutException(what, LONGEST);
            }
            reply.join();
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

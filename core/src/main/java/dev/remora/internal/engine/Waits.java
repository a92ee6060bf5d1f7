package dev.remora.internal.engine;

import dev.remora.error.RemoraException;
import dev.remora.error.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    static void await(CompletableFuture<Void> reply, String what) {
        try {
            reply.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof RemoraException own) {
                throw own;
            }
            throw new IllegalStateException(refused.getCause());
        } catch (TimeoutException late) {
            throw new WaitTimeoutException(what, LONGEST);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WaitTimeoutException(what + ", whose thread was interrupted,", LONGEST);
        }
    }
}

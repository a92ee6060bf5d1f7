package dev.remora.examples;

import dev.remora.Remora;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What Ctrl-C does while a run goes: the run is killed, and the JVM stays until that is done and told. */
final class Interruption implements AutoCloseable {
    /** Longer than the engine's grace time and verification together. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable kill) {
        hook = new Thread(() -> killAndWait(kill), "examples-interruption");
    }

    static Interruption kills(Remora remora, long execId) {
        Interruption interruption = new Interruption(() -> remora.executor().kill(execId));
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    void runHasEnded() {
        ended.countDown();
    }

    @Override
    public void close() {
        runHasEnded();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // why: the hook is running then, and was just released
        }
    }

    private void killAndWait(Runnable kill) {
        kill.run();
        try {
            ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}

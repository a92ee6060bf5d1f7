package dev.remora.examples;

import dev.remora.event.ExecutionEvent;
import dev.remora.event.ExecutionListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when the last event of a run was heard: listeners hear of the end a little later than those who wait for it. */
final class EndSignal implements ExecutionListener {
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void on(ExecutionEvent event) {
        if (event instanceof ExecutionEvent.ExecutionChanged change
                && change.to().isFinal()) {
            ended.countDown();
        }
    }

    boolean await(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}

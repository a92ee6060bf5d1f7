package dev.remora.examples;

import dev.remora.event.ExecutionListener;
import java.time.Instant;

/** Shows how a run goes while it goes. Hears events on a thread of the engine, is ticked on another. */
interface Progress extends ExecutionListener {
    /** Time has passed. */
    void tick(Instant now);
}

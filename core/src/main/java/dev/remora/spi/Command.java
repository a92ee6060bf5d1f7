package dev.remora.spi;

import dev.remora.model.Cause;
import java.util.Objects;

/** What someone wants of an execution. Repeating a command does nothing more. */
public sealed interface Command {
    /**
     * Stop for good.
     *
     * @param cause whose kill it is: {@link Cause#USER_KILL}, {@link Cause#REPLACED}, …
     */
    record Kill(Cause cause) implements Command {
        /**
         * Creates a kill.
         *
         * @throws NullPointerException if the cause is null
         */
        public Kill {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /** Start nothing new. */
    record Pause() implements Command {}

    /** Go on after a pause. */
    record Resume() implements Command {}
}

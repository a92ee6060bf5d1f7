package dev.remora.spi;

import dev.remora.model.Notification;

/**
 * Tells someone that an execution has ended. Called on threads of the engine that are there for nothing else, so a notifier
 * that is slow or fails holds up no run; after a minute its thread is interrupted. What failed is tried again, with growing
 * pauses, for about a day. After a crash of an engine, or if one of several notifiers fails, another may hear of the same end
 * twice. Safe for use by several threads.
 */
public interface Notifier extends AutoCloseable {
    /**
     * Tells of an end.
     *
     * @param notification what has ended, and how
     * @throws Exception if it could not be told, and is to be tried again
     */
    void send(Notification notification) throws Exception;

    /** Ends the notifier. The engine that uses it calls this. */
    @Override
    default void close() {}
}

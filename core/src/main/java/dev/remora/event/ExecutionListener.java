package dev.remora.event;

/**
 * Hears every transition of the executions that its engine runs, after it was stored. Events of one execution come in
 * order, on one thread of the engine. A listener that throws is logged and goes on; one that is slow delays the events
 * after it, not the runs, until the engine's event queue is full: then events are dropped, and their number is logged.
 */
@FunctionalInterface
public interface ExecutionListener {
    /**
     * Hears an event.
     *
     * @param event what happened
     */
    void on(ExecutionEvent event);

    /**
     * Hears what happened to a schedule; by default it does nothing.
     *
     * @param event what happened
     */
    default void onSchedule(ScheduleEvent event) {}
}

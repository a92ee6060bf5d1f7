package dev.remora.testkit.simulation;

/** A piece of work of a process that has begun, and has not ended. */
final class Fiber {
    private final SimulatedProcess process;
    private final Runnable work;
    private Carrier carrier;
    private boolean interrupted;
    private boolean interruptible;
    private boolean waiting;
    private long waits;

    Fiber(SimulatedProcess process, Runnable work) {
        this.process = process;
        this.work = work;
    }

    SimulatedProcess process() {
        return process;
    }

    Runnable work() {
        return work;
    }

    Carrier carrier() {
        return carrier;
    }

    void runsOn(Carrier value) {
        carrier = value;
    }

    boolean hasBegun() {
        return carrier != null;
    }

    /** Begins to wait; returns the number of this wait. */
    long beginWait(boolean mayBeInterrupted) {
        waiting = true;
        interruptible = mayBeInterrupted;
        return ++waits;
    }

    /** Ends a wait, unless it is over. */
    boolean endWait(long number) {
        if (!waiting || number != waits) {
            return false;
        }
        waiting = false;
        interruptible = false;
        return true;
    }

    long waits() {
        return waits;
    }

    void interrupt() {
        interrupted = true;
    }

    boolean canBeInterrupted() {
        return waiting && interruptible;
    }

    boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }
}

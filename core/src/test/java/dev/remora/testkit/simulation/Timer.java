package dev.remora.testkit.simulation;

/** Something that waits for a time. */
final class Timer implements Comparable<Timer> {
    private final long time;
    private final long order;
    private final SimulatedProcess process;
    private final Runnable action;
    private boolean over;

    Timer(long time, long order, SimulatedProcess process, Runnable action) {
        this.time = time;
        this.order = order;
        this.process = process;
        this.action = action;
    }

    long time() {
        return time;
    }

    /** Acts, unless it was let go or its process has died. Returns whether it did. */
    boolean fire() {
        if (process.isDead() || !cancel()) {
            return false;
        }
        action.run();
        return true;
    }

    /** Lets it go. Returns whether it had neither come nor been let go. */
    boolean cancel() {
        boolean waited = !over;
        over = true;
        return waited;
    }

    @Override
    public int compareTo(Timer other) {
        return time == other.time ? Long.compare(order, other.order) : Long.compare(time, other.time);
    }
}

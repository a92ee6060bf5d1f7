package dev.remora.testkit.simulation;

/** A process of the simulation: an engine with all its threads, or the world around them. */
final class SimulatedProcess {
    private final String name;
    private boolean dead;
    private boolean frozen;
    private int alarms;

    SimulatedProcess(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    boolean isFrozen() {
        return frozen;
    }

    void frozen(boolean value) {
        frozen = value;
    }

    boolean goesOn() {
        return !dead && !frozen;
    }

    /** How many alarms of the engine's clock wait for their time. */
    int alarms() {
        return alarms;
    }

    void countAlarm(int more) {
        alarms += more;
    }

    @Override
    public String toString() {
        return name;
    }
}

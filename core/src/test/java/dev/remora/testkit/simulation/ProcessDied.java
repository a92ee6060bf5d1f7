package dev.remora.testkit.simulation;

/** The simulated process of the running code has died: whatever the code still does has no effect. */
final class ProcessDied extends Error {
    private static final long serialVersionUID = 1;

    ProcessDied() {
        super("the simulated process has died", null, false, false);
    }
}

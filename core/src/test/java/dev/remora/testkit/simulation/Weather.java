package dev.remora.testkit.simulation;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** How the storage is to be reached: by whom, how fast, and how reliably. */
final class Weather {
    private static final double SLOW = 0.02;

    private final Random random;
    private final Set<SimulatedProcess> cutOff = new HashSet<>();
    private final double stormyFaults;
    private final int latency;
    private double faults;

    /**
     * @param stormyFaults how many calls fail until the weather is fine, 0 to 1
     * @param latency how many milliseconds a call takes at the most, as a rule
     */
    Weather(Random random, double stormyFaults, int latency) {
        this.random = random;
        this.stormyFaults = stormyFaults;
        this.latency = latency;
        faults = stormyFaults;
    }

    double stormyFaults() {
        return stormyFaults;
    }

    /** From now on every call arrives, and is answered. */
    void clear() {
        faults = 0;
        cutOff.clear();
    }

    void cutOff(SimulatedProcess process) {
        cutOff.add(process);
    }

    void reconnect(SimulatedProcess process) {
        cutOff.remove(process);
    }

    /** Whether a call gets lost on its way to the storage, or its answer on its way back. */
    boolean isLost(SimulatedProcess process) {
        return cutOff.contains(process) || faults > 0 && random.nextDouble() < faults / 2;
    }

    /** How many milliseconds a call takes. */
    int delay() {
        if (latency == 0) {
            return 0;
        }
        return random.nextDouble() < SLOW ? random.nextInt(100 * latency) : random.nextInt(latency + 1);
    }
}

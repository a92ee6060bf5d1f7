package dev.remora.testkit.simulation;

import dev.remora.spi.Storage;
import java.util.List;
import java.util.Random;

/** What the parts of a simulation know of each other. */
interface World {
    Random random();

    Scheduler scheduler();

    SimulatedProcess process();

    Weather weather();

    Ledger ledger();

    SimulatedJobs jobs();

    List<Host> hosts();

    /** Whether commits never fail for a while. */
    boolean commitsInline();

    /** Opens a handle on the data that all engines share. */
    Storage open();
}

package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Selection;
import dev.remora.model.FailurePolicy;
import java.util.BitSet;

/** How a run is set up. */
final class RunSetup {
    final Definition definition;
    FailurePolicy policy = FailurePolicy.END;
    BitSet selected;
    long timeout;
    long grace = RunDriver.UNIT / 2;
    long verification;
    boolean compared = true;

    RunSetup(Definition definition) {
        this.definition = definition;
        selected = Selection.all(definition.dag());
    }

    RunSetup policy(FailurePolicy value) {
        policy = value;
        return this;
    }

    RunSetup selected(BitSet value) {
        selected = value;
        return this;
    }

    RunSetup selected(String... names) {
        selected = RunDriver.numbers(definition, names);
        return this;
    }

    RunSetup timeout(long millis) {
        timeout = millis;
        return this;
    }

    RunSetup stop(long millis) {
        grace = millis;
        return this;
    }

    RunSetup verification(long millis) {
        verification = millis;
        return this;
    }

    /** For runs that are too big for the reference. */
    RunSetup withoutReference() {
        compared = false;
        return this;
    }

    /** A run that was accepted and is not open yet. */
    RunDriver accepted() {
        return new RunDriver(this);
    }

    RunDriver open() {
        return accepted().open();
    }
}

package dev.remora.internal.run;

import dev.remora.model.Cause;
import dev.remora.model.Status;

/** What a {@link Run} wants of the world. It is told during an event, and acts only once the changes are stored. */
public interface RunOutput {
    /** Hears nothing: for a run that is only looked at. */
    RunOutput NONE = new RunOutput() {
        @Override
        public void ready(int node) {}

        @Override
        public void stop(int node, int attempt) {}

        @Override
        public void unverified(int node, int attempt) {}

        @Override
        public void nodeChanged(int node, Status from, Status to, Cause cause) {}

        @Override
        public void executionChanged(Status from, Status to, Cause cause) {}
    };

    /** A node may start: it has no unmet dependency and no attempt to wait for. Call {@link Run#start} when there is room. */
    void ready(int node);

    /** A running job must stop. */
    void stop(int node, int attempt);

    /** A running job was told to stop, and has not ended within the time allowed for that; the node has ended. */
    void unverified(int node, int attempt);

    /** What a node shows has changed. */
    void nodeChanged(int node, Status from, Status to, Cause cause);

    /** What the execution shows has changed. A final state is the last thing said in a round. */
    void executionChanged(Status from, Status to, Cause cause);

    /** Whether {@link #nodeChanged} is wanted also between waiting states, which are not stored. */
    default boolean hearsWaiting() {
        return false;
    }
}

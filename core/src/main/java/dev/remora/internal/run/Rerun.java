package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.RerunRequest;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NodeState;
import java.util.BitSet;
import java.util.List;

/** Opens a new round of a final execution (specification §4, rulings F40 to F47). Pure. */
public final class Rerun {
    private Rerun() {}

    /**
     * Works out the state with which the new round begins.
     *
     * @param execId the execution
     * @param request what runs again
     * @param before the definition of the last round
     * @param after the definition of the new round; the same object if it stays
     * @param version the version of {@code after}
     * @param selected the nodes of {@code after} that take part in the execution
     * @param state the state of the execution, final
     * @param rows the rows of its nodes, by the numbers of {@code before}
     * @return state INIT of the next round, and the rows of all nodes that have one from now on, by the numbers of
     *     {@code after}; {@link Run#of} goes on from these
     * @throws dev.remora.error.RemoraException if the request does not fit
     */
    public static ExecutionChange open(
            long execId,
            RerunRequest request,
            Definition before,
            Definition after,
            int version,
            BitSet selected,
            ExecutionState state,
            List<NodeState> rows) {
        throw new UnsupportedOperationException();
    }
}

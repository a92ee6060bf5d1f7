package dev.remora.internal.run;

import dev.remora.error.ExecutionStateException;
import dev.remora.error.ValidationException;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Reach;
import dev.remora.model.Cause;
import dev.remora.model.RerunRequest;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NodeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Opens a new round of a final execution (specification §4, rulings F40 to F47). Pure. */
public final class Rerun {
    private final RerunRequest request;
    private final Definition after;
    private final BitSet selected;
    private final NodeState[] rows;

    private Rerun(RerunRequest request, Definition after, BitSet selected, NodeState[] rows) {
        this.request = request;
        this.after = after;
        this.selected = selected;
        this.rows = rows;
    }

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
        if (!state.status().isFinal()) {
            throw new ExecutionStateException(execId, state.status(), "only a finished execution can be rerun");
        }
        Rerun rerun = new Rerun(request, after, selected, renumber(before, after, rows));
        BitSet round = rerun.participants();
        if (round.isEmpty() && request.scope() == RerunRequest.Scope.FAILED_PART) {
            throw new ExecutionStateException(
                    execId, state.status(), "nothing of it failed; ask for all of it, or for a node to start from");
        }
        int number = state.round() + 1;
        ExecutionState begun = new ExecutionState(
                Status.INIT, rerun.keptFailure(round), version, number, state.startedAt(), 0, 0, 0, 0);
        return new ExecutionChange(execId, begun, rerun.rows(round, number), before != after);
    }

    private static NodeState[] renumber(Definition before, Definition after, List<NodeState> rows) {
        NodeState[] renumbered = new NodeState[after.size()];
        for (NodeState row : rows) {
            OptionalInt node = before == after
                    ? OptionalInt.of(row.node())
                    : after.dag().number(before.dag().name(row.node()));
            node.ifPresent(number -> renumbered[number] = number == row.node() ? row : moved(row, number));
        }
        return renumbered;
    }

    private BitSet participants() {
        BitSet round = switch (request.scope()) {
            case ALL -> (BitSet) selected.clone();
            case FROM_NODE -> descendants(startNode());
            case FAILED_PART -> failedPart();
        };
        round.andNot(after.disabledNodes());
        return round;
    }

    private BitSet startNode() {
        String name = request.fromNode().orElseThrow();
        OptionalInt node = after.dag().number(name);
        if (node.isEmpty() || !selected.get(node.getAsInt())) {
            throw ValidationException.of("rerun request", "fromNode", "is " + name + ", which is not part of the run");
        }
        BitSet start = new BitSet();
        start.set(node.getAsInt());
        return start;
    }

    private BitSet failedPart() {
        BitSet part = new BitSet();
        for (int node = selected.nextSetBit(0); node >= 0; node = selected.nextSetBit(node + 1)) {
            if (!after.disabled(node) && status(node) != Status.SUCCESS) {
                part.set(node);
            }
        }
        BitSet behind = descendants(part);
        for (int node = behind.nextSetBit(0); node >= 0; node = behind.nextSetBit(node + 1)) {
            if (after.allDone(node) && !after.disabled(node)) {
                part.set(node);
            }
        }
        return part;
    }

    private BitSet descendants(BitSet start) {
        return Reach.from(after.dag().successors(), after.size(), start, selected);
    }

    /** A failure outside the round stays one, and so is what decides how the round ends. */
    private Optional<Cause> keptFailure(BitSet round) {
        for (int node = selected.nextSetBit(0); node >= 0; node = selected.nextSetBit(node + 1)) {
            if (!round.get(node) && status(node) == Status.FAILED) {
                return rows[node].cause();
            }
        }
        return Optional.empty();
    }

    private List<NodeState> rows(BitSet round, int number) {
        List<NodeState> all = new ArrayList<>();
        for (int node = 0; node < after.size(); node++) {
            if (round.get(node)) {
                all.add(setBack(node, number));
            } else if (rows[node] != null && selected.get(node)) {
                all.add(rows[node]);
            }
        }
        return all;
    }

    private Status status(int node) {
        return rows[node] == null ? Status.INIT : rows[node].status();
    }

    /** Attempts are numbered on; outputs of the last success stay until there are new ones (P16). */
    private NodeState setBack(int node, int round) {
        NodeState row = rows[node];
        int attempt = row == null ? 0 : row.attempt();
        return new NodeState(
                node,
                Status.INIT,
                Optional.empty(),
                "",
                round,
                attempt,
                0,
                0,
                0,
                0,
                0,
                "",
                row == null ? List.of() : row.appLinks(),
                row == null ? Map.of() : row.outputs());
    }

    private static NodeState moved(NodeState row, int node) {
        return new NodeState(
                node,
                row.status(),
                row.cause(),
                row.message(),
                row.round(),
                row.attempt(),
                row.failures(),
                row.losses(),
                row.startedAt(),
                row.endedAt(),
                row.retryAt(),
                row.token(),
                row.appLinks(),
                row.outputs());
    }
}

package dev.remora.internal.dag;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.NodeDependency;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Which nodes a request selects. */
public final class Selection {
    private Selection() {}

    /** Returns every node. */
    public static BitSet all(Dag dag) {
        BitSet all = new BitSet(dag.size());
        all.set(0, dag.size());
        return all;
    }

    /**
     * Selects nodes by name; no name selects all.
     *
     * @throws ValidationException if names are blank or unknown
     */
    public static BitSet of(Dag dag, Set<String> names, NodeDependency dependency) {
        if (names.isEmpty()) {
            return all(dag);
        }
        BitSet named = new BitSet(dag.size());
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            OptionalInt number = dag.number(name);
            if (number.isPresent()) {
                named.set(number.getAsInt());
            } else {
                problems.add(new Problem(
                        "nodes", name.isBlank() ? "a name is blank" : "the workflow has no node named " + name));
            }
        }
        if (!problems.isEmpty()) {
            throw new ValidationException("node selection", problems);
        }
        return switch (dependency) {
            case NODE_ONLY -> named;
            case NODE_POST -> Reach.from(dag.successors(), dag.size(), named, all(dag));
            case NODE_PRE -> Reach.from(dag.predecessors(), dag.size(), named, all(dag));
        };
    }
}

package dev.remora.internal.param;

import java.util.Collection;
import java.util.Set;

/** The shape of a workflow, as far as outputs need it. Nodes are counted from 0 in the order of definition. */
@FunctionalInterface
public interface Upstream {
    /** Returns those of the given nodes that do not depend on another one, neither directly nor by way of others. */
    Set<Integer> notBehind(int node, Collection<Integer> others);
}

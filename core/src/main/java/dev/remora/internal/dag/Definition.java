package dev.remora.internal.dag;

import dev.remora.model.Node;
import dev.remora.model.OnLost;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * A workflow made ready for running: its shape, and what the rules ask of each node, by number. Immutable; shared by all
 * runs of one version.
 */
public final class Definition {
    private final Workflow workflow;
    private final Dag dag;
    private final BitSet allDone = new BitSet();
    private final BitSet disabled = new BitSet();
    private final BitSet instant = new BitSet();
    private final BitSet forcible = new BitSet();

    private Definition(Workflow workflow, Predicate<String> isInstant, Predicate<String> isForcible) {
        this.workflow = workflow;
        dag = Dag.of(workflow.nodes());
        for (int node = 0; node < dag.size(); node++) {
            Node it = workflow.nodes().get(node);
            allDone.set(node, it.trigger() == Trigger.ALL_DONE);
            disabled.set(node, it.disabled());
            instant.set(node, isInstant.test(it.type()));
            forcible.set(node, isForcible.test(it.type()));
        }
    }

    /**
     * Makes a workflow ready.
     *
     * @param isInstant tells the job types that do nothing, and so succeed the moment they may start
     * @param isForcible tells the job types whose jobs can be ended by force
     */
    public static Definition of(Workflow workflow, Predicate<String> isInstant, Predicate<String> isForcible) {
        return new Definition(workflow, isInstant, isForcible);
    }

    /** Makes a workflow ready whose jobs can all be ended by force. */
    public static Definition of(Workflow workflow, Predicate<String> isInstant) {
        return of(workflow, isInstant, type -> true);
    }

    public Workflow workflow() {
        return workflow;
    }

    public Dag dag() {
        return dag;
    }

    public int size() {
        return dag.size();
    }

    public Node node(int node) {
        return workflow.nodes().get(node);
    }

    public boolean allDone(int node) {
        return allDone.get(node);
    }

    public boolean disabled(int node) {
        return disabled.get(node);
    }

    /** All disabled nodes; not to be modified. */
    public BitSet disabledNodes() {
        return disabled;
    }

    public boolean instant(int node) {
        return instant.get(node);
    }

    public boolean forcible(int node) {
        return forcible.get(node);
    }

    public RetryPolicy retry(int node) {
        return node(node).retry();
    }

    public boolean rerunsWhenLost(int node) {
        return node(node).onLost() == OnLost.RERUN;
    }

    /** The time allowed for one attempt in milliseconds, 0 for no bound. */
    public long timeoutMillis(int node) {
        return node(node).timeout().map(limit -> Math.max(1, limit.toMillis())).orElse(0L);
    }
}

package dev.remora.internal.param;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.internal.param.ParameterTree.Place;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.Parameter;
import dev.remora.model.Workflow;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * All texts of a definition, read once. Nodes are counted from 0 in the order of definition. Immutable; shared by all runs
 * of one version.
 */
public final class CompiledParameters {
    private final List<Node> nodes;
    /** One for each node, null for those whose texts are all plain, which are most. */
    private final SharedTree[] trees;

    private final BitSet mayAskForOutputs = new BitSet();
    private final int textSlots;
    private final int treeSlots;

    private final Map<String, Meaning.Given> userDefParams = new LinkedHashMap<>();
    private final Function<String, OptionalInt> nodeNumber;
    private final OutputNames outputNames;
    private final Bounds bounds;

    CompiledParameters(
            Workflow workflow,
            Function<String, OptionalInt> nodeNumber,
            ToLongFunction<Limit> limits,
            Function<String, Template> parser) {
        SharedText.Reader reader = new SharedText.Reader(parser);
        nodes = workflow.nodes();
        trees = new SharedTree[nodes.size()];
        SharedTree.Reader treeReader = new SharedTree.Reader(reader);
        for (int node = 0; node < trees.length; node++) {
            trees[node] = treeReader.apply(nodes.get(node).parameter()).orElse(null);
            if (trees[node] != null && trees[node].tree().has(SharedText::mayAskForOutputs)) {
                mayAskForOutputs.set(node);
            }
        }
        for (int i = 0; i < workflow.userDefParams().size(); i++) {
            Parameter parameter = workflow.userDefParams().get(i);
            String path = "userDefParams[" + i + "]";
            userDefParams.put(
                    parameter.prop(),
                    new Meaning.Given(
                            path + ".value", reader.apply(parameter.value()).template()));
        }
        textSlots = reader.slots();
        treeSlots = treeReader.slots();
        outputNames = new OutputNames(name -> nodeNumber.apply(name).isPresent());
        this.nodeNumber = nodeNumber;
        bounds = Bounds.of(limits);
    }

    /**
     * Reads the texts of a workflow.
     *
     * @param nodeNumber finds a node of the workflow by its name
     * @param limits the limits of the engine
     */
    public static CompiledParameters of(
            Workflow workflow, Function<String, OptionalInt> nodeNumber, ToLongFunction<Limit> limits) {
        return new CompiledParameters(workflow, nodeNumber, limits, Template::of);
    }

    /**
     * Gives the names of a run their meaning.
     *
     * @param runParams given with the request; they win over those of the workflow
     * @param cycleTime the schedule time, in the zone of the schedule or else of the engine
     * @param execId empty before the run, for a plan or a check
     * @throws dev.remora.error.ValidationException with the reserved names and the cycles, used or not
     * @throws dev.remora.error.LimitExceededException if a value is or grows too large
     */
    public RunParameters run(Map<String, String> runParams, ZonedDateTime cycleTime, OptionalLong execId) {
        Map<String, Meaning.Given> given = new LinkedHashMap<>(userDefParams);
        List<Problem> found = new ArrayList<>();
        new TreeMap<>(runParams).forEach((name, value) -> {
            String path = "params." + name;
            SystemNames.problem(name).ifPresent(it -> found.add(new Problem(path, it)));
            given.put(name, new Meaning.Given(path, Template.of(value)));
        });
        return new RunParameters(given, cycleTime, execId, bounds, outputNames, textSlots, treeSlots, found);
    }

    /** Tells whether there is nothing to put into a node's parameter, so that it always resolves to itself. */
    public boolean isPlain(int node) {
        return trees[node] == null;
    }

    /**
     * Resolves the parameter of a node, as far as names are known: with a run that has no execId and with
     * {@link Outputs#NONE}, what is not known before the run stays as it is written.
     *
     * @return the parameter, which cannot be changed; the very same object for nodes for which it is the same, if it is kept
     * @throws dev.remora.error.ValidationException if parameters refer to each other in a circle by way of an output
     * @throws dev.remora.error.LimitExceededException if a text grows too large
     */
    public JsonNode resolve(int node, RunParameters run, Outputs outputs) {
        if (trees[node] == null) {
            return nodes.get(node).parameter();
        }
        return run.parameter(trees[node], Place.of(node), () -> evaluation(node, run, outputs));
    }

    /**
     * Finds the nodes that refer to outputs of nodes that are not upstream. What refers to an unknown node is text, and no
     * problem.
     *
     * @param selected the nodes to check
     * @return the problems in the order of the nodes; for one node and one that it refers to, the first reference counts
     * @throws dev.remora.error.LimitExceededException if a text grows too large
     */
    public List<Problem> checkOutputs(RunParameters run, BitSet selected, Upstream upstream) {
        OutputReferences references = new OutputReferences();
        OutputCheck check = new OutputCheck(run, references, textSlots);
        for (int node = selected.nextSetBit(0); node >= 0; node = selected.nextSetBit(node + 1)) {
            if (mayAskForOutputs.get(node) || run.differsByNode() && trees[node] != null) {
                check.node(node, trees[node].tree(), evaluation(node, run, references));
            }
        }
        return references.problems(
                upstream,
                name -> nodeNumber.apply(name).orElseThrow(),
                number -> nodes.get(number).name());
    }

    private Evaluation evaluation(int node, RunParameters run, Outputs outputs) {
        return new Evaluation(new NodeNames(run, nodes.get(node).name(), outputNames, outputs), bounds);
    }
}

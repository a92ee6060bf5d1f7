package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Suppliers;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Downstream;
import dev.remora.internal.dag.Reach;
import dev.remora.internal.dag.Selection;
import dev.remora.internal.param.CompiledParameters;
import dev.remora.internal.param.RunParameters;
import dev.remora.model.Content;
import dev.remora.model.Node;
import dev.remora.model.RunOptions;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Submission;
import java.time.Instant;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A workflow made ready for running: its shape, its texts and its files, read once for all runs of one version; and the
 * job types of it that this engine does not know.
 */
record Prepared(Definition definition, CompiledParameters texts, Map<String, Content> files, Set<String> unknownTypes) {
    /**
     * Reads a workflow.
     *
     * @param files the files of its package
     */
    static Prepared of(Workflow workflow, Map<String, Content> files, EngineConfig config) {
        Definition definition = Definition.of(
                workflow, VirtualType.NAME::equals, type -> !(config.jobTypes().get(type) instanceof JavaJob.Type));
        return new Prepared(
                definition,
                CompiledParameters.of(workflow, name -> definition.dag().number(name), config::limit),
                files,
                unknownTypes(workflow, config));
    }

    private static Set<String> unknownTypes(Workflow workflow, EngineConfig config) {
        return workflow.nodes().stream()
                .map(Node::type)
                .filter(type ->
                        !type.equals(VirtualType.NAME) && !config.jobTypes().containsKey(type))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The nodes that take part in a run, by their numbers. */
    BitSet selected(RunOptions options) {
        return Selection.of(definition.dag(), options.nodes(), options.nodeDependency());
    }

    /** What the names of a run stand for. Its cycle time is the schedule time, whatever kind of run it is. */
    RunParameters parameters(Submission submission, OptionalLong execId) {
        return parameters(
                submission.options(),
                submission.scheduleTime(),
                submission.occasion().zone(),
                execId);
    }

    /**
     * What the names of a run stand for.
     *
     * @param execId empty before the run
     */
    RunParameters parameters(RunOptions options, Instant scheduleTime, ZoneId zone, OptionalLong execId) {
        return texts.run(options.params(), scheduleTime.atZone(zone), execId);
    }

    /** Throws if the selection or the parameters of a request do not fit the workflow. */
    RunParameters check(RunOptions options, Instant scheduleTime, ZoneId zone) {
        BitSet selected = selected(options);
        RunParameters parameters = parameters(options, scheduleTime, zone, OptionalLong.empty());
        // why: it is as large as the workflow, and most workflows ask for no outputs
        Supplier<Downstream> downstream = Suppliers.memoize(() -> new Downstream(definition.dag()));
        List<Problem> problems = texts.checkOutputs(
                parameters, selected, (node, others) -> downstream.get().notBehind(node, others));
        if (!problems.isEmpty()) {
            throw new ValidationException("parameters of the run", problems);
        }
        return parameters;
    }

    /**
     * The parameter of a node, as far as it is known.
     *
     * @param outputs what the last success of a node, by its number, gave to a key
     */
    JsonNode parameter(int node, RunParameters run, BiFunction<Integer, String, Optional<String>> outputs) {
        return texts.resolve(node, run, (name, key, composed) -> {
            OptionalInt source = definition.dag().number(name);
            // why: the search may pass over most of the workflow, and what is written out was checked with the request
            boolean upstream = source.isPresent()
                    && (!composed || Reach.leads(definition.dag().predecessors(), node, source.getAsInt()));
            return upstream ? outputs.apply(source.getAsInt(), key) : Optional.empty();
        });
    }
}

package dev.remora.internal.param;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.internal.dag.Dag;
import dev.remora.internal.dag.Downstream;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.Workflow;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** A run in words: what is given, what is known, and what becomes of a text. */
final class Substitutions {
    static final ZonedDateTime BASE = at("2017-10-11T03:04:05", "UTC");

    private final Map<String, String> runParams = new LinkedHashMap<>();
    private final Map<String, String> outputs = new HashMap<>();
    private final List<UnaryOperator<Workflow.Builder>> parts = new ArrayList<>();
    private UnaryOperator<Node.Builder> dependencies = UnaryOperator.identity();
    private int others;
    private ZonedDateTime cycleTime = BASE;
    private OptionalLong execId = OptionalLong.of(42);

    static Substitutions given() {
        return new Substitutions();
    }

    static ZonedDateTime at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone));
    }

    Substitutions at(ZonedDateTime time) {
        cycleTime = time;
        return this;
    }

    Substitutions beforeTheRun() {
        execId = OptionalLong.empty();
        return this;
    }

    Substitutions run(String name, String value) {
        runParams.put(name, value);
        return this;
    }

    Substitutions user(String name, String value) {
        parts.add(workflow -> workflow.param(name, value));
        return this;
    }

    /** Adds a node that the text's node depends on. */
    Substitutions upstream(String name, String... dependsOn) {
        UnaryOperator<Node.Builder> before = dependencies;
        dependencies = node -> before.apply(node).after(name);
        return node(name, dependsOn);
    }

    /** Adds a node that the text's node does not depend on. */
    Substitutions node(String name, String... dependsOn) {
        parts.add(workflow -> workflow.node(name, "VIRTUAL", node -> node.after(dependsOn)));
        others++;
        return this;
    }

    Substitutions output(String node, String key, String value) {
        outputs.put(node + "/" + key, value);
        return this;
    }

    String text(String text) {
        return parameter(node -> node.parameter("text", text)).get("text").textValue();
    }

    JsonNode parameter(UnaryOperator<Node.Builder> parameter) {
        CompiledParameters compiled = compiled(workflow(parameter));
        RunParameters run = compiled.run(runParams, cycleTime, execId);
        return compiled.resolve(
                others, run, (node, key, composed) -> Optional.ofNullable(outputs.get(node + "/" + key)));
    }

    List<Problem> problems(String text) {
        Workflow workflow = workflow(node -> node.parameter("text", text));
        CompiledParameters compiled = compiled(workflow);
        BitSet all = new BitSet();
        all.set(0, others + 1);
        return compiled.checkOutputs(
                compiled.run(runParams, cycleTime, execId), all, new Downstream(Dag.of(workflow.nodes()))::notBehind);
    }

    private Workflow workflow(UnaryOperator<Node.Builder> parameter) {
        Workflow.Builder workflow = Workflow.builder();
        parts.forEach(part -> part.apply(workflow));
        return workflow.node("it", "VIRTUAL", node -> dependencies.apply(parameter.apply(node)))
                .build();
    }

    private static CompiledParameters compiled(Workflow workflow) {
        return CompiledParameters.of(workflow, Dag.of(workflow.nodes())::number, Limit::defaultBound);
    }
}

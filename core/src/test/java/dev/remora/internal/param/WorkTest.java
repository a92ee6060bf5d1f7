package dev.remora.internal.param;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.internal.dag.Dag;
import dev.remora.model.Limit;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static final int NODES = 10_000;
    private static final int PARAMETERS = 20;
    private static final int RUNS = 3;

    private final AtomicInteger parses = new AtomicInteger();

    @Test
    void whatHasNoPlaceholderIsNeverReadNorCopied() {
        Workflow workflow = workflow("value ");
        CompiledParameters compiled = compiled(workflow);

        for (int i = 0; i < RUNS; i++) {
            RunParameters run = compiled.run(Map.of(), Substitutions.BASE, OptionalLong.of(i + 1));
            for (int node = 0; node < NODES; node++) {
                assertThat(compiled.isPlain(node)).isTrue();
                assertThat(compiled.resolve(node, run, Outputs.NONE))
                        .isSameAs(workflow.nodes().get(node).parameter());
            }
        }
        assertThat(parses).hasValue(0);
    }

    @Test
    void aTextIsReadOncePerDefinitionHoweverManyNodesAndRunsUseIt() {
        Workflow workflow = workflow("$[yyyy] ${job} ");
        CompiledParameters compiled = compiled(workflow);

        for (int i = 0; i < RUNS; i++) {
            RunParameters run = compiled.run(Map.of("job", "of run " + i), Substitutions.BASE, OptionalLong.of(i + 1));
            for (int node = 0; node < NODES; node++) {
                assertThat(compiled.resolve(node, run, Outputs.NONE).get("key7").textValue())
                        .isEqualTo("2017 of run " + i + " 7");
            }
        }
        assertThat(parses).hasValue(PARAMETERS);
    }

    @Test
    void whatDoesNotChangeIsShared() {
        Workflow workflow = Workflow.builder()
                .node(
                        "it",
                        "VIRTUAL",
                        node -> node.parameter("unknown", "${unknown}").parameter("script", "x=$[1+2] ${#list}"))
                .build();
        CompiledParameters compiled = compiled(workflow);

        assertThat(compiled.resolve(0, compiled.run(Map.of(), Substitutions.BASE, OptionalLong.of(1)), Outputs.NONE))
                .isSameAs(workflow.nodes().get(0).parameter());
    }

    @Test
    void nodesWithEqualParametersShareWhatBecomesOfThem() {
        Workflow workflow = workflow("$[yyyy] ${job} ");
        CompiledParameters compiled = compiled(workflow);
        RunParameters run = compiled.run(Map.of("job", "x"), Substitutions.BASE, OptionalLong.of(1));

        assertThat(compiled.resolve(NODES - 1, run, Outputs.NONE)).isSameAs(compiled.resolve(7, run, Outputs.NONE));
    }

    @Test
    void eachNodeKeepsItsKeysInOrderAndItsDigits() {
        String first = "{\"a\":\"$[yyyy]\",\"b\":1.0}";
        String second = "{\"b\":1.0,\"a\":\"$[yyyy]\"}";
        String third = "{\"a\":\"$[yyyy]\",\"b\":1.00}";
        CompiledParameters compiled = compiled(WorkflowJson.parse(Stream.of(first, second, third, first, second, third)
                .map(parameter -> "{\"name\": \"n" + parses.incrementAndGet()
                        + "\", \"type\": \"VIRTUAL\", \"parameter\": " + parameter + "}")
                .collect(Collectors.joining(",", "{\"nodes\": [", "]}"))));
        RunParameters run = compiled.run(Map.of(), Substitutions.BASE, OptionalLong.of(1));

        List<String> expected = Stream.of(first, second, third)
                .map(parameter -> parameter.replace("$[yyyy]", "2017"))
                .toList();
        for (int node = 0; node < 12; node++) {
            assertThat(compiled.resolve(node % 6, run, Outputs.NONE)).hasToString(expected.get(node % 3));
        }
    }

    @Test
    void whatDiffersFromNodeToNodeIsNotShared() {
        Workflow workflow = workflow("${sf.system.jobId} ${p} ");
        CompiledParameters compiled = compiled(workflow);
        RunParameters run = compiled.run(Map.of("p", "<${sf.system.jobId}>"), Substitutions.BASE, OptionalLong.of(1));

        for (int node = 0; node < 100; node++) {
            assertThat(compiled.resolve(node % 50, run, Outputs.NONE)
                            .get("key7")
                            .textValue())
                    .isEqualTo("1-n" + node % 50 + " <1-n" + node % 50 + "> 7");
        }
    }

    private Workflow workflow(String value) {
        Workflow.Builder workflow = Workflow.builder();
        for (int i = 0; i < NODES; i++) {
            workflow.node("n" + i, "VIRTUAL", node -> {
                for (int key = 0; key < PARAMETERS; key++) {
                    node.parameter("key" + key, value + key);
                }
                return node;
            });
        }
        return workflow.build();
    }

    private CompiledParameters compiled(Workflow workflow) {
        return new CompiledParameters(workflow, Dag.of(workflow.nodes())::number, Limit::defaultBound, text -> {
            parses.incrementAndGet();
            return Template.of(text);
        });
    }
}

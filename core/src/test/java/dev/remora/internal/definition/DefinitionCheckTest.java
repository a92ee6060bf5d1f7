package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.error.LimitExceededException;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Workflow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionCheckTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void aWorkflowNeedsANode() {
        assertThat(problems(Workflow.builder())).containsExactly("nodes: is empty; a workflow has at least one node");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "A-1_b.c", "...", "_", "-", "数据清洗", "étape", "e\u0301tape", "हिन्दी", "x٣", "\uD801\uDC00"})
    void nodeNamesAreOfLettersOfAnyScript(String name) {
        assertThat(Workflow.builder().node(name, "T").build().nodes().get(0).name())
                .isEqualTo(name);
    }

    @Test
    void nodeNamesAreCountedInCodePoints() {
        String most = "\uD801\uDC00".repeat(64);
        Workflow.builder().node(most, "T").build();
        assertThat(problems(Workflow.builder().node(most + "a", "T"))).hasSize(1);
    }

    static Stream<Arguments> badNames() {
        return Stream.of(
                Arguments.of("", "\"\""),
                Arguments.of(".", "\".\""),
                Arguments.of("..", "\"..\""),
                Arguments.of("a b", "\"a b\""),
                Arguments.of("a/b", "\"a/b\""),
                Arguments.of("a\nb", "\"a\\u000Ab\""),
                Arguments.of("a\"\\", "\"a\\\"\\\\\""),
                Arguments.of("\u0301a", "\"\u0301a\""),
                Arguments.of("\uD801", "\"\\uD801\""),
                Arguments.of("a\u202Eb", "\"a\\u202Eb\""),
                Arguments.of("½", "\"½\""),
                Arguments.of("x".repeat(65), "\"" + "x".repeat(65) + "\""),
                Arguments.of("x".repeat(81), "\"" + "x".repeat(80) + "…\""));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void badNodeNames(String name, String shown) {
        assertThat(problems(Workflow.builder().node(name, "T")))
                .containsExactly("nodes[0].name: is " + shown
                        + "; it must be 1 to 64 letters, digits, _, - or ., and not . or ..");
    }

    @Test
    void aNameIsTakenOnce() {
        assertThat(problems(Workflow.builder()
                        .node("a", "T")
                        .node("b", "T")
                        .node("a", "T")
                        .node("a", "T")))
                .containsExactly(
                        "nodes[2].name: is \"a\", as that of nodes[0]", "nodes[3].name: is \"a\", as that of nodes[0]");
        Workflow.builder().node("a", "T").node("A", "T").build();
    }

    static Stream<Arguments> badNodes() {
        return Stream.of(
                one(n -> n.desc("x".repeat(257)), "desc: has 257 characters; it may have at most 256"),
                one(n -> n.parameter(JSON.arrayNode()), "parameter: is an array; it must be an object"),
                one(n -> n.parameter(JSON.textNode("x")), "parameter: is a text; it must be an object"),
                one(n -> n.parameter(JSON.numberNode(1)), "parameter: is a number; it must be an object"),
                one(n -> n.parameter(JSON.nullNode()), "parameter: is null; it must be an object"),
                one(
                        n -> n.parameter("a b", JSON.numberNode(Double.NaN)),
                        "parameter[\"a b\"]: is NaN, which is no JSON"),
                one(
                        n -> n.extras(JSON.arrayNode().add(Float.NEGATIVE_INFINITY)),
                        "extras[0]: is -Infinity, which is no JSON"),
                one(
                        n -> n.extras(JSON.objectNode().put("\uD801x", 1)),
                        "extras[\"\\uD801x\"]: is a key with half a character in it"),
                one(n -> n.extras(JSON.pojoNode(new Object())), "extras: is no JSON"),
                one(
                        n -> n.parameter("n", JSON.numberNode(BigInteger.TEN.pow(1001))),
                        "parameter.n: is a number of more than 1000 digits or with an exponent beyond 100000"),
                one(
                        n -> n.parameter("n", JSON.numberNode(new BigDecimal("1e100001"))),
                        "parameter.n: is a number of more than 1000 digits or with an exponent beyond 100000"),
                one(n -> n.after("x"), "dep[0]: is \"x\"; the workflow has no node of that name"),
                one(n -> n.after("a"), "dep[0]: is the node itself"),
                one(n -> n.after("b", "c", "b"), "dep[2]: is \"b\" once more; each dependency is named once"),
                retry(RetryPolicy.of(0), "maxAttempts: is 0; it must be 1 to 1000"),
                retry(RetryPolicy.of(1001), "maxAttempts: is 1001; it must be 1 to 1000"),
                retry(
                        RetryPolicy.of(2).withBackoff(Duration.ofMillis(-1)),
                        "backoff: is PT-0.001S; it must be 0 to 30 days"),
                retry(
                        RetryPolicy.of(2).withBackoff(Duration.ofDays(30).plusNanos(1)),
                        "backoff: is PT720H0.000000001S; it must be 0 to 30 days"),
                retry(
                        RetryPolicy.of(2).withMaxBackoff(Duration.ofDays(31)),
                        "maxBackoff: is PT744H; it must be 0 to 30 days"),
                retry(RetryPolicy.of(2).withMultiplier(0.99), "multiplier: is 0.99; it must be 1 to 100"),
                retry(RetryPolicy.of(2).withMultiplier(100.5), "multiplier: is 100.5; it must be 1 to 100"),
                retry(RetryPolicy.of(2).withMultiplier(Double.NaN), "multiplier: is NaN; it must be 1 to 100"),
                retry(RetryPolicy.of(2).withJitter(-0.1), "jitter: is -0.1; it must be 0 to 1"),
                retry(RetryPolicy.of(2).withJitter(1.1), "jitter: is 1.1; it must be 0 to 1"),
                one(n -> n.timeout(Duration.ZERO), "timeout: is PT0S; it must be 1 ms to 365 days"),
                one(
                        n -> n.timeout(Duration.ofNanos(999_999)),
                        "timeout: is PT0.000999999S; it must be 1 ms to 365 days"),
                one(n -> n.timeout(Duration.ofDays(366)), "timeout: is PT8784H; it must be 1 ms to 365 days"),
                one(n -> n.pool(""), "pool: is \"\"; it must match [A-Za-z0-9_.-]{1,64}"),
                one(n -> n.pool("a b"), "pool: is \"a b\"; it must match [A-Za-z0-9_.-]{1,64}"));
    }

    private static Arguments one(UnaryOperator<Node.Builder> details, String problem) {
        return Arguments.of(details, problem);
    }

    private static Arguments retry(RetryPolicy policy, String problem) {
        return one(n -> n.retry(policy), "retry." + problem);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badNodes")
    void badNodes(UnaryOperator<Node.Builder> details, String problem) {
        Workflow.Builder workflow =
                Workflow.builder().node("b", "T").node("c", "T").node("a", "T", details);
        assertThat(problems(workflow)).containsExactly("nodes[2]." + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void typesAreNotBlank(String type) {
        assertThat(problems(Workflow.builder().node("a", type)))
                .containsExactly("nodes[0].type: is blank; it must name a job type");
    }

    @Test
    void boundsAreInclusive() {
        Workflow.builder()
                .node(
                        "a",
                        "T",
                        n -> n.desc("\uD801\uDC00".repeat(256))
                                .retry(new RetryPolicy(1000, Duration.ofDays(30), 100, Duration.ofDays(30), 1))
                                .timeout(Duration.ofDays(365))
                                .pool("p".repeat(64)))
                .node(
                        "b",
                        "T",
                        n -> n.retry(new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0))
                                .timeout(Duration.ofMillis(1)))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sf.system.execId", "sf.system.jobId"})
    void theEnginesParametersAreReserved(String name) {
        assertThat(problems(Workflow.builder().node("a", "T").param(name, "")))
                .containsExactly(
                        "userDefParams[0].prop: is " + name + ", which Remora sets itself; choose another name");
    }

    @Test
    void parametersHaveNamesOfTheirOwn() {
        assertThat(problems(Workflow.builder()
                        .node("a", "T")
                        .param("x", "")
                        .param(" ", "")
                        .param("x", "")
                        .param("nodes.a.b", "")
                        .param("sf.system.cyctime", "2017")
                        .param("nodes", "")
                        .param("", "")))
                .containsExactly(
                        "userDefParams[1].prop: is blank",
                        "userDefParams[2].prop: is \"x\", as that of userDefParams[0]",
                        "userDefParams[3].prop: is nodes.a.b, but names that begin with nodes. are those of outputs; choose another"
                                + " name",
                        "userDefParams[6].prop: is blank");
    }

    @Test
    void allProblemsAreReportedTogetherInTheOrderOfTheInput() {
        assertThat(problems(Workflow.builder()
                        .node("a", " ", n -> n.after("b").pool("!"))
                        .node("b", "T", n -> n.after("a", "nobody"))
                        .param("", "")
                        .extras(JSON.numberNode(Double.POSITIVE_INFINITY))))
                .containsExactly(
                        "nodes[0].type: is blank; it must name a job type",
                        "nodes[0].dep[0]: closes a cycle: a -> b -> a",
                        "nodes[0].pool: is \"!\"; it must match [A-Za-z0-9_.-]{1,64}",
                        "nodes[1].dep[1]: is \"nobody\"; the workflow has no node of that name",
                        "userDefParams[0].prop: is blank",
                        "extras: is Infinity, which is no JSON");
    }

    @Test
    void problemsWithoutEndAreCounted() {
        Workflow.Builder workflow = Workflow.builder();
        for (int i = 0; i < 12_345; i++) {
            workflow.node("n" + i, "");
        }
        assertThat(problems(workflow)).hasSize(10_001).last().isEqualTo("2345 more problems are not listed");
    }

    @Test
    void deepTreesAreRefusedInsteadOfOverflowing() {
        ArrayNode tree = JSON.arrayNode();
        for (int i = 0; i < 100_000; i++) {
            tree = JSON.arrayNode().add(tree);
        }
        JsonNode deep = tree;
        assertThat(problems(Workflow.builder().node("a", "T", n -> n.extras(deep))))
                .containsExactly("nodes[0].extras" + "[0]".repeat(500) + ": is nested deeper than 500 levels");
    }

    @Test
    void sizesAreLimitedByName() {
        String big = "x".repeat(1 << 20);
        limited(
                Limit.NODE_PARAMETER_SIZE,
                Workflow.builder().node("a", "T", n -> n.parameter("k", big)),
                "nodes[0].parameter has 1048584 characters; limit NODE_PARAMETER_SIZE is 1048576 characters");
        limited(
                Limit.EXTRAS_SIZE,
                Workflow.builder().node("a", "T", n -> n.extras(JSON.textNode(big))),
                "nodes[0].extras has 1048578 characters; limit EXTRAS_SIZE is 1048576 characters");
        limited(
                Limit.EXTRAS_SIZE,
                Workflow.builder().node("a", "T").extras(JSON.textNode(big)),
                "extras has 1048578 characters; limit EXTRAS_SIZE is 1048576 characters");
        limited(
                Limit.PARAMETER_VALUE_SIZE,
                Workflow.builder().node("a", "T").param("p", big + "x"),
                "userDefParams[0].value has 1048577 characters; limit PARAMETER_VALUE_SIZE is 1048576 characters");
        Workflow.builder().node("a", "T").param("p", big).build();
    }

    @Test
    void countsAreLimitedByName() {
        Workflow.Builder parameters = Workflow.builder().node("a", "T");
        for (int i = 0; i < 10_001; i++) {
            parameters.param("p" + i, "");
        }
        limited(
                Limit.PARAMETERS,
                parameters,
                "userDefParams has 10001 parameters; limit PARAMETERS is 10000 parameters");
        Workflow.Builder nodes = Workflow.builder();
        Node node = Node.builder("a", "T").build();
        for (int i = 0; i < 2_000_001; i++) {
            nodes.node(node);
        }
        limited(Limit.NODES, nodes, "the workflow has 2000001 nodes; limit NODES is 2000000 nodes");
    }

    @Test
    void aMillionNodesInAChainAreFine() {
        Workflow.Builder chain = Workflow.builder().node("n0", "T");
        for (int i = 1; i < 1_000_000; i++) {
            chain.node(Node.builder("n" + i, "T").after("n" + (i - 1)).build());
        }
        assertThat(chain.build().nodes()).hasSize(1_000_000);
    }

    @Test
    void aCycleOfAMillionNodesIsShownByItsEnds() {
        Workflow.Builder ring = Workflow.builder();
        for (int i = 0; i < 1_000_000; i++) {
            ring.node(Node.builder("n" + i, "T")
                    .after("n" + (i + 999_999) % 1_000_000)
                    .build());
        }
        assertThat(problems(ring))
                .containsExactly("nodes[0].dep[0]: closes a cycle: n0 -> n1 -> n2 -> n3 -> n4 -> n5 -> n6 -> n7 -> n8"
                        + " -> n9 -> … 999980 more … -> n999990 -> n999991 -> n999992 -> n999993 -> n999994 -> n999995"
                        + " -> n999996 -> n999997 -> n999998 -> n999999 -> n0");
    }

    private static void limited(Limit limit, Workflow.Builder workflow, String message) {
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(workflow::build)
                .withMessage(message)
                .satisfies(error -> assertThat(error.limit()).isEqualTo(limit))
                .satisfies(error -> assertThat(error.bound()).isEqualTo(limit.defaultBound()));
    }

    private static List<String> problems(Workflow.Builder workflow) {
        ValidationException error = catchThrowableOfType(ValidationException.class, workflow::build);
        assertThat(error).as("what is thrown").isNotNull();
        assertThat(error).hasMessageStartingWith("workflow definition has ");
        return error.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void anObjectIsNotSharedWithItsAuthor() {
        ObjectNode mine = JSON.objectNode().put("k", "before");
        Node node = Node.builder("a", "T").parameter(mine).extras(mine).build();
        mine.put("k", "after");
        assertThat(node.parameter().get("k").textValue()).isEqualTo("before");
        assertThat(node.extras().get("k").textValue()).isEqualTo("before");
    }
}

package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.Node;
import dev.remora.model.OnLost;
import dev.remora.model.Parameter;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowCodecTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void readsTheExampleOfTheSpecification() {
        Workflow workflow = WorkflowJson.parse("""
                { "nodes": [ { "name": "count", "type": "SHELL", "desc": "", "parameter": { "script": "wc -w in.txt" },
                               "dep": ["fetch"], "extras": {},
                               "retry": { "maxAttempts": 3, "backoff": "PT5S", "multiplier": 2.0, "maxBackoff": "PT1M" },
                               "timeout": "PT10M", "trigger": "ALL_SUCCESS", "disabled": false, "pool": "default" },
                             { "name": "fetch", "type": "VIRTUAL" } ],
                  "userDefParams": [ { "prop": "day", "value": "$[yyyyMMdd]" } ],
                  "extras": {} }
                """);
        assertThat(workflow)
                .isEqualTo(Workflow.builder()
                        .node(
                                "count",
                                "SHELL",
                                n -> n.parameter("script", "wc -w in.txt")
                                        .after("fetch")
                                        .retry(new RetryPolicy(3, Duration.ofSeconds(5), 2.0, Duration.ofMinutes(1), 0))
                                        .timeout(Duration.ofMinutes(10)))
                        .node("fetch", "VIRTUAL")
                        .param("day", "$[yyyyMMdd]")
                        .build());
    }

    @Test
    void writesTheOriginsKeysAndWhatDiffersFromItsDefault() {
        Workflow workflow = Workflow.builder()
                .node("a", "T")
                .node(
                        "b",
                        "T",
                        n -> n.desc("\"d\"")
                                .parameter("k", JSON.numberNode(1))
                                .after("a")
                                .extras(JSON.nullNode())
                                .retry(RetryPolicy.of(2))
                                .timeout(Duration.ofMillis(1500))
                                .trigger(Trigger.ALL_DONE)
                                .disabled(true)
                                .pool("p")
                                .onLost(OnLost.FAIL))
                .node("c", "T", n -> n.retry(new RetryPolicy(1, Duration.ZERO, 1.5, Duration.ofDays(1), 0.25)))
                .param("p", "v")
                .extras(JSON.booleanNode(true))
                .build();
        String json =
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"T\",\"desc\":\"\",\"parameter\":{},\"dep\":[],\"extras\":{}},"
                        + "{\"name\":\"b\",\"type\":\"T\",\"desc\":\"\\\"d\\\"\",\"parameter\":{\"k\":1},\"dep\":[\"a\"],"
                        + "\"extras\":null,\"retry\":{\"maxAttempts\":2},\"timeout\":\"PT1.5S\",\"trigger\":\"ALL_DONE\","
                        + "\"disabled\":true,\"pool\":\"p\",\"onLost\":\"FAIL\"},"
                        + "{\"name\":\"c\",\"type\":\"T\",\"desc\":\"\",\"parameter\":{},\"dep\":[],\"extras\":{},"
                        + "\"retry\":{\"maxAttempts\":1,\"backoff\":\"PT0S\",\"multiplier\":1.5,\"maxBackoff\":\"PT24H\","
                        + "\"jitter\":0.25}}],\"userDefParams\":[{\"prop\":\"p\",\"value\":\"v\"}],\"extras\":true}";
        assertThat(WorkflowJson.write(workflow)).isEqualTo(json);
        assertThat(WorkflowJson.parse(json)).isEqualTo(workflow);
        assertThat(WorkflowJson.write(Workflow.builder().node("a", "T").build()))
                .endsWith("],\"userDefParams\":[]}");
    }

    @Test
    void whatIsAbsentOrNullTakesItsDefault() {
        Workflow plain = Workflow.builder().node("a", "T").build();
        assertThat(WorkflowJson.parse("{\"nodes\":[{\"type\":\"T\",\"name\":\"a\"}]}"))
                .isEqualTo(plain);
        assertThat(WorkflowJson.parse("""
                        {"extras": {}, "userDefParams": null, "nodes": [{"name": "a", "type": "T", "desc": null,
                         "parameter": null, "dep": null, "retry": null, "timeout": null, "trigger": null,
                         "disabled": null, "pool": null, "onLost": null}]}""")).isEqualTo(plain);
        assertThat(node("\"retry\": {}").retry()).isEqualTo(RetryPolicy.NONE);
        assertThat(node("\"retry\": {\"maxAttempts\": null, \"jitter\": null, \"backoff\": null}")
                        .retry())
                .isEqualTo(RetryPolicy.NONE);
        assertThat(node("\"retry\": {\"maxAttempts\": 4}").retry()).isEqualTo(RetryPolicy.of(4));
        assertThat(node("\"extras\": null").extras().isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\": \"b\" | nodes[0].name: is there twice",
                "\"depends\": [] | nodes[0].depends: is no known key; there are name, type, desc, parameter, dep, extras,"
                        + " retry, timeout, trigger, disabled, pool, onLost",
                "\"a.b c\": 1 | nodes[0][\"a.b c\"]: is no known key; there are name, type, desc, parameter, dep, extras,"
                        + " retry, timeout, trigger, disabled, pool, onLost",
                "\"desc\": 1 | nodes[0].desc: is a number; it must be a text",
                "\"parameter\": [1] | nodes[0].parameter: is an array; it must be an object",
                "\"parameter\": \"{}\" | nodes[0].parameter: is a text; it must be an object",
                "\"parameter\": {\"a\": {\"b\": 1, \"b\": 2}} | nodes[0].parameter.a.b: is there twice",
                "\"parameter\": {\"a\": [0, {\"\": 1, \"\": 2}]} | nodes[0].parameter.a[1][\"\"]: is there twice",
                "\"parameter\": {\"a\": 1e99999999999} | nodes[0].parameter.a: is a number of more than 1000 digits or"
                        + " with an exponent beyond 100000",
                "\"extras\": [1e100001] | nodes[0].extras[0]: is a number of more than 1000 digits or with an exponent"
                        + " beyond 100000",
                "\"dep\": \"b\" | nodes[0].dep: is a text; it must be an array",
                "\"dep\": {\"b\": []} | nodes[0].dep: is an object; it must be an array",
                "\"dep\": [null] | nodes[0].dep[0]: is null; it must be a text",
                "\"dep\": [[\"b\"]] | nodes[0].dep[0]: is an array; it must be a text",
                "\"retry\": 3 | nodes[0].retry: is a number; it must be an object",
                "\"retry\": {\"max\": 3} | nodes[0].retry.max: is no known key; there are maxAttempts, backoff, multiplier,"
                        + " maxBackoff, jitter",
                "\"retry\": {\"maxAttempts\": 3, \"maxAttempts\": 3} | nodes[0].retry.maxAttempts: is there twice",
                "\"retry\": {\"maxAttempts\": \"3\"} | nodes[0].retry.maxAttempts: is a text; it must be a whole number",
                "\"retry\": {\"maxAttempts\": 3.0} | nodes[0].retry.maxAttempts: is a number; it must be a whole number",
                "\"retry\": {\"maxAttempts\": 0} | nodes[0].retry.maxAttempts: is 0; it must be 1 to 1000",
                "\"retry\": {\"maxAttempts\": 2147483648} | nodes[0].retry.maxAttempts: is a number beyond 2147483647",
                "\"retry\": {\"backoff\": 5} | nodes[0].retry.backoff: is a number; it must be a text",
                "\"retry\": {\"backoff\": \"5s\"} | nodes[0].retry.backoff: is \"5s\"; it must be an ISO-8601 duration, for"
                        + " example PT1M30S",
                "\"retry\": {\"multiplier\": true} | nodes[0].retry.multiplier: is a boolean; it must be a number",
                "\"retry\": {\"multiplier\": 1e400} | nodes[0].retry.multiplier: is Infinity; it must be 1 to 100",
                "\"retry\": {\"jitter\": 2} | nodes[0].retry.jitter: is 2.0; it must be 0 to 1",
                "\"timeout\": \"\" | nodes[0].timeout: is \"\"; it must be an ISO-8601 duration, for example PT1M30S",
                "\"timeout\": \"PT99999999999999999999S\" | nodes[0].timeout: is \"PT99999999999999999999S\"; it must be an"
                        + " ISO-8601 duration, for example PT1M30S",
                "\"timeout\": \"PT0S\" | nodes[0].timeout: is PT0S; it must be 1 ms to 365 days",
                "\"trigger\": \"all_done\" | nodes[0].trigger: is \"all_done\"; it must be one of [ALL_SUCCESS, ALL_DONE]",
                "\"disabled\": \"true\" | nodes[0].disabled: is a text; it must be true or false",
                "\"disabled\": 1 | nodes[0].disabled: is a number; it must be true or false",
                "\"pool\": [] | nodes[0].pool: is an array; it must be a text",
                "\"onLost\": \"RETRY\" | nodes[0].onLost: is \"RETRY\"; it must be one of [RERUN, FAIL]",
            })
    void badMembersOfANode(String member, String problem) {
        assertThat(problems("{\"nodes\": [{\"name\": \"a\", \"type\": \"T\", " + member + "}]}"))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | is an array; it must be an object",
                "null | is null; it must be an object",
                "\"x\" | is a text; it must be an object",
                "{} | nodes: is empty; a workflow has at least one node",
                "{\"nodes\": null} | nodes: is empty; a workflow has at least one node",
                "{\"nodes\": []} | nodes: is empty; a workflow has at least one node",
                "{\"nodes\": {}} | nodes: is an object; it must be an array",
                "{\"nodes\": [null]} | nodes[0]: is null; it must be an object",
                "{\"nodes\": [[{}]]} | nodes[0]: is an array; it must be an object",
                "{\"nodes\": [{\"name\": \"a\"}]} | nodes[0].type: is missing",
                "{\"nodes\": [{\"name\": \"a\", \"type\": null}]} | nodes[0].type: is missing",
                "{\"nodes\": [{\"name\": \"a\", \"type\": \"\"}]} | nodes[0].type: is blank; it must name a job type",
                "{\"nodes\": [{\"name\": null, \"type\": \"T\"}]} | nodes[0].name: is missing",
                "{\"nodes\": [{\"name\": 1, \"type\": \"T\"}]} | nodes[0].name: is a number; it must be a text",
            })
    void badDefinitions(String json, String problem) {
        assertThat(problems(json)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"userDefParams\": {} | userDefParams: is an object; it must be an array",
                "\"userDefParams\": [\"p\"] | userDefParams[0]: is a text; it must be an object",
                "\"userDefParams\": [{\"prop\": \"p\"}] | userDefParams[0].value: is missing",
                "\"userDefParams\": [{\"prop\": \"p\", \"value\": null}] | userDefParams[0].value: is missing",
                "\"userDefParams\": [{\"prop\": \"p\", \"value\": 1}] | userDefParams[0].value: is a number; it must be a text",
                "\"userDefParams\": [{\"value\": \"\"}] | userDefParams[0].prop: is missing",
                "\"userDefParams\": [{\"prop\": \" \", \"value\": \"\"}] | userDefParams[0].prop: is blank",
                "\"userDefParams\": [{\"prop\": \"p\", \"value\": \"\", \"x\": 1}] | userDefParams[0].x: is no known key;"
                        + " there are prop, value",
                "\"userDefParams\": [], \"userDefParams\": [] | userDefParams: is there twice",
                "\"extras\": {\"x\": 1, \"x\": 1} | extras.x: is there twice",
                "\"name\": \"w\" | name: is no known key; there are nodes, userDefParams, extras",
            })
    void badMembersOfAWorkflow(String member, String problem) {
        assertThat(problems("{\"nodes\": [{\"name\": \"a\", \"type\": \"T\"}], " + member + "}"))
                .containsExactly(problem);
    }

    @Test
    void everyProblemIsReportedTogetherInTheOrderOfTheInput() {
        assertThat(problems("""
                        {"userDefParams": [{"prop": "x", "value": 1}, {"prop": "", "value": "1"}, 7],
                         "nodes": [{"name": "a", "type": "T", "dep": ["b", "zz", 5], "cron": 1},
                                   {"name": "b", "type": " ", "dep": ["a"], "retry": {"maxAttempts": 0, "jitter": "x"}},
                                   3,
                                   {"name": "a", "type": "T", "dep": "b"},
                                   {"dep": ["a"]}]}
                        """))
                .containsExactly(
                        "nodes[0].dep[2]: is a number; it must be a text",
                        "nodes[0].cron: is no known key; there are name, type, desc, parameter, dep, extras, retry, timeout,"
                                + " trigger, disabled, pool, onLost",
                        "nodes[0].dep[0]: closes a cycle: a -> b -> a",
                        "nodes[0].dep[1]: is \"zz\"; the workflow has no node of that name",
                        "nodes[1].retry.jitter: is a text; it must be a number",
                        "nodes[1].type: is blank; it must name a job type",
                        "nodes[1].retry.maxAttempts: is 0; it must be 1 to 1000",
                        "nodes[2]: is a number; it must be an object",
                        "nodes[3].dep: is a text; it must be an array",
                        "nodes[3].name: is \"a\", as that of nodes[0]",
                        "nodes[4].name: is missing",
                        "nodes[4].type: is missing",
                        "userDefParams[0].value: is a number; it must be a text",
                        "userDefParams[1].prop: is blank",
                        "userDefParams[2]: is a number; it must be an object");
    }

    @Test
    void aNameThatCouldNotBeReadMakesNoCycle() {
        assertThat(
                        problems(
                                "{\"nodes\": [{\"type\": \"T\", \"dep\": [\"b\"]}, {\"name\": \"b\", \"type\": \"T\", \"dep\": [1]}]}"))
                .containsExactly("nodes[0].name: is missing", "nodes[1].dep[0]: is a number; it must be a text");
    }

    @Test
    void storedDefinitionsMayHaveUnknownKeys() {
        String json = """
                {"nodes": [{"name": "a", "type": "T", "color": {"x": [1]}, "retry": {"maxAttempts": 2, "until": "x"}}],
                 "userDefParams": [{"prop": "p", "value": "v", "secret": true}], "format": 2}
                """;
        assertThat(WorkflowJson.parseStored(json))
                .isEqualTo(Workflow.builder()
                        .node("a", "T", n -> n.retry(RetryPolicy.of(2)))
                        .param("p", "v")
                        .build());
        assertThat(problems(json)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nodes\": [{\"name\": \"a\", \"name\": \"a\", \"type\": \"T\"}]}",
                "{\"nodes\": [{\"name\": \"a\", \"type\": \"T\", \"disabled\": 1}]}",
                "{\"nodes\": [{\"name\": \"a\", \"type\": \"T\", \"dep\": [\"a\"]}]}",
                "{\"nodes\": [{\"name\": \"a\", \"type\": \"T\"}]} x",
                "{\"nodes\": []}",
                ""
            })
    void storedDefinitionsAreCheckedInEveryOtherWay(String json) {
        assertThat(catchThrowableOfType(ValidationException.class, () -> WorkflowJson.parseStored(json))
                        .problems())
                .hasSize(1);
    }

    @Test
    void keysKeepTheirOrderAndTextsTheirCharacters() {
        String text = "\u0000\u001F\"\\/\u2028é数\uD83D\uDE00\uD83D";
        String key = text.substring(0, text.length() - 1);
        Workflow workflow = Workflow.builder()
                .node("a", "T", n -> n.parameter("z", text).parameter("a", "").parameter(key, ""))
                .param(text, text)
                .build();
        String json = WorkflowJson.write(workflow);
        assertThat(json)
                .contains("\"parameter\":{\"z\":")
                .contains("\\uD83D\\uDE00\\uD83D")
                .doesNotContain("\uD83D");
        Workflow again = WorkflowJson.parse(json);
        assertThat(again).isEqualTo(workflow);
        assertThat(again.nodes().get(0).parameter().fieldNames()).toIterable().containsExactly("z", "a", key);
        assertThat(again.userDefParams()).containsExactly(new Parameter(text, text));
    }

    private static Node node(String member) {
        return WorkflowJson.parse("{\"nodes\": [{\"name\": \"a\", \"type\": \"T\", " + member + "}]}")
                .nodes()
                .get(0);
    }

    private static List<String> problems(String json) {
        ValidationException error = catchThrowableOfType(ValidationException.class, () -> WorkflowJson.parse(json));
        assertThat(error).as("what is thrown").isNotNull();
        return error.problems().stream().map(Problem::toString).toList();
    }
}

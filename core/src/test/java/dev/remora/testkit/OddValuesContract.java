package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.model.Cause;
import dev.remora.model.ExecutionType;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.NodeDependency;
import dev.remora.model.NotifyType;
import dev.remora.model.OnLost;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunOptions;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values come back equal to what went in. */
public abstract class OddValuesContract extends StoragePart {
    private static final Instant FIRST_YEAR = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_YEAR = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Creates this part. */
    protected OddValuesContract() {}

    private static JsonNode json(String text) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put(text, text).put("number", 42).put("yes", true).putNull("nothing");
        object.putArray("list").add(text).add(-1).add(false).addNull().addArray();
        object.putObject("object").put("", "");
        return object;
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        OddTexts.SHORT.forEach(text -> texts.put("k" + text, text));
        texts.put("long", OddTexts.MEGABYTE);
        return texts;
    }

    private void comesBack(Submission submission) {
        long execId = create(submission);

        assertThat(second.executions().find(execId).orElseThrow().submission()).isEqualTo(submission);
    }

    private void comesBack(NodeState node) {
        long execId = create();
        commit(one, execId, Samples.state(Status.RUNNING), node);

        assertThat(second.executions().nodes(execId)).containsExactly(node);
    }

    @Test
    void everyOptionComesBack() {
        for (FailurePolicy policy : FailurePolicy.values()) {
            RunOptions.Builder options = RunOptions.builder()
                    .nodes(OddTexts.LONG_NAMES.toArray(String[]::new))
                    .nodeDependency(NodeDependency.NODE_PRE)
                    .failurePolicy(policy)
                    .params(texts())
                    .timeout(Duration.ofDays(364).plusNanos(1_000_001))
                    .notifyType(NotifyType.FAILURE)
                    .notifyMails("b@example.com", "a@example.com", "ü@exämple.com")
                    .priority(10)
                    .extras(json("x"))
                    .proxyUser("proxy user")
                    .queue("root.queue")
                    .idempotencyKey("key " + policy)
                    .scheduleTime(Instant.ofEpochSecond(1, 999_999_999));
            comesBack(Samples.with(Samples.submission(), options.build()));
        }
    }

    @Test
    void oddTextsOfSubmissionsComeBack() {
        for (String text : OddTexts.SHORT) {
            RunOptions options = RunOptions.builder()
                    .proxyUser(text)
                    .queue(text)
                    .extras(json(text))
                    .param("p" + text, text)
                    .notifyMails(text)
                    .build();
            Submission base = Samples.submission();
            comesBack(new Submission(
                    base.project(),
                    base.workflow(),
                    1,
                    base.type(),
                    base.submitTime(),
                    base.scheduleTime(),
                    text,
                    text,
                    options,
                    base.occasion()));
        }
    }

    @Test
    void everyKindOfExtrasComesBack() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        for (JsonNode extras : List.of(
                json.nullNode(),
                json.booleanNode(true),
                json.numberNode(7),
                json.textNode(OddTexts.CONTROLS),
                json.textNode(OddTexts.MEGABYTE),
                json.arrayNode(),
                json.objectNode())) {
            comesBack(Samples.with(
                    Samples.submission(), RunOptions.builder().extras(extras).build()));
        }
    }

    @Test
    void everyTypeAndTimeComesBack() {
        for (Instant time : List.of(
                Instant.EPOCH,
                Instant.EPOCH.minusMillis(1),
                FIRST_YEAR,
                LAST_YEAR,
                Instant.parse("1969-12-31T23:59:59.001Z"),
                Instant.parse("2038-01-19T03:14:08Z"),
                Instant.parse("2026-10-25T01:30:00.5Z"))) {
            for (ExecutionType type : ExecutionType.values()) {
                comesBack(Samples.submission("p", "w", type, time, "user"));
            }
        }
    }

    @Test
    void anyScheduleTimeComesBackToTheNanosecond() {
        Submission base = Samples.submission();
        for (Instant time : List.of(
                Instant.MIN, Instant.MAX, FIRST_YEAR.minusNanos(1), LAST_YEAR.plusNanos(999_999), Instant.EPOCH)) {
            comesBack(new Submission(
                    base.project(),
                    base.workflow(),
                    1,
                    ExecutionType.SCHEDULER,
                    base.submitTime(),
                    time,
                    base.submitUser(),
                    base.owner(),
                    base.options(),
                    base.occasion()));
        }
    }

    @Test
    void extremeStatesComeBack() {
        long execId = create();
        for (long value : new long[] {1, -1, Long.MAX_VALUE, Long.MIN_VALUE, FIRST_YEAR.toEpochMilli()}) {
            ExecutionState state = new ExecutionState(
                    Status.RUNNING,
                    Optional.of(Cause.LOST),
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    value,
                    value,
                    value,
                    value,
                    value);
            commit(one, execId, state);

            assertThat(second.executions().find(execId).orElseThrow().state()).isEqualTo(state);
        }
    }

    @Test
    void extremeNodesComeBack() {
        for (long time : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            int most = Integer.MAX_VALUE;
            comesBack(new NodeState(
                    0,
                    Status.FAILED,
                    Optional.of(Cause.TIMEOUT),
                    "",
                    most,
                    most,
                    most,
                    most,
                    time,
                    time,
                    time,
                    "",
                    List.of(),
                    Map.of()));
        }
    }

    @Test
    void everyStatusAndCauseOfANodeComesBack() {
        List<NodeState> nodes = new ArrayList<>();
        for (Status status : Status.values()) {
            nodes.add(node(nodes.size(), status, Optional.empty(), ""));
        }
        for (Cause cause : Cause.values()) {
            nodes.add(node(nodes.size(), Status.KILL, Optional.of(cause), ""));
        }
        long execId = create();
        commit(one, execId, Samples.state(Status.RUNNING), nodes.toArray(NodeState[]::new));

        assertThat(second.executions().nodes(execId)).containsExactlyInAnyOrderElementsOf(nodes);
    }

    @Test
    void oddTextsOfNodesComeBack() {
        List<NodeState> nodes = new ArrayList<>();
        for (String text : OddTexts.SHORT) {
            nodes.add(node(nodes.size(), Status.RUNNING, Optional.empty(), text));
        }
        long execId = create();
        commit(one, execId, Samples.state(Status.RUNNING), nodes.toArray(NodeState[]::new));

        assertThat(second.executions().nodes(execId)).containsExactlyInAnyOrderElementsOf(nodes);
    }

    private static NodeState node(int number, Status status, Optional<Cause> cause, String text) {
        return new NodeState(
                number,
                status,
                cause,
                text,
                1,
                1,
                0,
                0,
                1,
                2,
                3,
                text,
                List.of(text, "application_1_2", text),
                Map.of("k" + text, text, "other", ""));
    }

    @Test
    void longTextsOfNodesComeBack() {
        String text = OddTexts.MEGABYTE;
        comesBack(new NodeState(
                0,
                Status.SUCCESS,
                Optional.empty(),
                text,
                1,
                1,
                0,
                0,
                1,
                2,
                0,
                text,
                List.of(text),
                Map.of("k", text)));
        comesBack(new NodeState(0, Status.SUCCESS, Optional.empty(), "", 1, 1, 0, 0, 1, 2, 0, "", List.of(), texts()));
    }

    @Test
    void definitionsComeBack() {
        Workflow.Builder definition = Workflow.builder().extras(json("x")).param("day", "$[yyyyMMdd]");
        List<String> names = new ArrayList<>(OddTexts.LONG_NAMES);
        names.addAll(List.of("n", "N", "\u00e9", "e\u0301"));
        for (String name : names) {
            definition.node(
                    name,
                    "SHELL",
                    node -> node.desc("😀".repeat(128))
                            .parameter("script", OddTexts.CONTROLS)
                            .parameter("json", json("y")));
        }
        definition.node(Node.builder("last", "OTHER")
                .after(names)
                .parameter("long", OddTexts.MEGABYTE.substring(0, 300_000))
                .extras(JsonNodeFactory.instance.nullNode())
                .retry(new RetryPolicy(1000, Duration.ofMillis(1), 1.5, Duration.ofDays(30), 0.25))
                .timeout(Duration.ofDays(365))
                .trigger(Trigger.ALL_DONE)
                .disabled(true)
                .pool("pool")
                .onLost(OnLost.FAIL)
                .build());
        Workflow workflow = definition.build();

        SavedWorkflow saved = first.workflows().save("p", "w", workflow, OddTexts.CONTROLS.substring(0, 31), LAST_YEAR);

        assertThat(saved.definition()).isEqualTo(workflow);
        assertThat(second.workflows().latest("p", "w")).contains(saved);
        assertThat(second.workflows().version("p", "w", 1)).contains(saved);
    }

    @Test
    void oddNamesOfEnginesWork() {
        for (String name : List.of("引擎".repeat(32), "Engine", "engine", "host name:1/%_'")) {
            Lease lease = first.engines().register(name, LONG);

            assertThat(lease.engine()).isEqualTo(name);
            assertThat(second.engines().renew(lease, LONG)).isTrue();
        }
        Lease small = first.engines().register("engine", LONG);
        assertThat(first.engines().register("ENGINE", LONG).incarnation()).isGreaterThan(small.incarnation());
        assertThat(first.engines().renew(small, LONG)).isTrue();
    }
}

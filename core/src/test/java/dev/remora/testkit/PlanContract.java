package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.Remora;
import dev.remora.error.AlreadyExistsException;
import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.NodeDependency;
import dev.remora.model.Plan;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunRequest;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Plans, and the parameters that nodes get. */
public abstract class PlanContract extends EnginePart {
    private static final Instant CYCLE = Instant.parse("2017-10-11T03:04:05Z");

    private final List<String> order = new CopyOnWriteArrayList<>();
    private final Map<String, JsonNode> seen = new ConcurrentHashMap<>();

    /** Creates the part. */
    protected PlanContract() {}

    private Remora.Builder watched(Remora.Builder builder) {
        return builder.java("SEEN", context -> {
            order.add(context.jobId().node());
            seen.put(context.jobId().node(), context.parameter());
            return Map.of("rows", "17", "odd", "${day}");
        });
    }

    private static Workflow workflow() {
        return flow(builder -> builder.param("day", "$[yyyyMMdd]")
                .param("table", "t_${day}")
                .param("tail", "x")
                .node("d", "SEEN", n -> n.after("b", "c").parameter("all", "${table}/${tail}"))
                .node("c", "SEEN", n -> n.after("a").parameter("back", "$[yyyy-MM-dd-1]"))
                .node("b", "SEEN", n -> n.after("a").disabled(true))
                .node("a", "SEEN", n -> n.parameter("plain", "$${day} $[1+2] ${unknown}")));
    }

    private static RunRequest.Builder request() {
        return RunRequest.builder(PROJECT, FLOW).param("tail", "y").scheduleTime(CYCLE);
    }

    @Test
    void aJobCannotChangeWhatOthersSee() {
        ManualRemora remora = manual(builder -> builder.java("CHANGES", context -> {
            ((ObjectNode) context.parameter()).put("text", "changed");
            return Map.of();
        }));
        for (String text : List.of("plain", "on $[yyyy]", "by ${sf.system.jobId}")) {
            Workflow workflow = flow(builder -> builder.node("a", "CHANGES", n -> n.parameter("text", text)));

            long execId = run(remora, workflow);

            assertThat(remora.detail(execId).node("a").cause()).contains(Cause.EXCEPTION);
            assertThat(remora.workflows().find(PROJECT, FLOW).orElseThrow().definition())
                    .isEqualTo(workflow);
        }
    }

    @Test
    void aReferenceThatAnOutputComposesReachesUpstreamOnly() {
        ManualRemora remora = manual(builder -> watched(builder)
                .java(
                        "WHICH",
                        context ->
                                Map.of("node", context.parameter().path("node").textValue())));
        Workflow workflow = flow(builder -> builder.node("far", "SEEN")
                .node("aside", "SEEN")
                .node("toFar", "WHICH", n -> n.after("far").parameter("node", "far"))
                .node("toAside", "WHICH", n -> n.after("far").parameter("node", "aside"))
                .node(
                        "last",
                        "SEEN",
                        n -> n.after("toFar", "toAside")
                                .parameter("far", "${nodes.${nodes.toFar.node}.rows}")
                                .parameter("aside", "${nodes.${nodes.toAside.node}.rows}")));

        remora.detail(run(remora, workflow));

        assertThat(seen.get("last")).hasToString("{\"far\":\"17\",\"aside\":\"${nodes.aside.rows}\"}");
    }

    @Test
    void thePlanIsWhatRuns() {
        ManualRemora remora = manual(this::watched);
        remora.workflows().save(PROJECT, FLOW, workflow());
        Plan plan = remora.executor().plan(request().build());
        assertThat(plan.steps())
                .extracting(Plan.Step::level, Plan.Step::node, Plan.Step::type, Plan.Step::waitsFor)
                .containsExactly(
                        tuple(0, "a", "SEEN", List.of()),
                        tuple(1, "c", "SEEN", List.of("a")),
                        tuple(2, "d", "SEEN", List.of("b", "c")));
        assertThat(plan.version()).isEqualTo(1);
        assertThat(total(remora)).isZero();
        assertThat(order).isEmpty();

        remora.detail(remora.executor().run(request().build()));
        assertThat(order).isEqualTo(plan.steps().stream().map(Plan.Step::node).toList());
        assertThat(seen)
                .isEqualTo(plan.steps().stream().collect(Collectors.toMap(Plan.Step::node, Plan.Step::parameter)));
        assertThat(seen.get("a").path("plain").textValue()).isEqualTo("${day} $[1+2] ${unknown}");
        assertThat(seen.get("c").path("back").textValue()).isEqualTo("2017-10-10");
        assertThat(seen.get("d").path("all").textValue()).isEqualTo("t_20171011/y");
    }

    @Test
    void thePlanKnowsTheSelection() {
        ManualRemora remora = manual(this::watched);
        remora.workflows().save(PROJECT, FLOW, workflow());
        RunRequest selection =
                request().nodes("c").nodeDependency(NodeDependency.NODE_POST).build();
        Plan plan = remora.executor().plan(selection);
        assertThat(plan.steps())
                .extracting(Plan.Step::level, Plan.Step::node, Plan.Step::waitsFor)
                .containsExactly(tuple(0, "c", List.of()), tuple(1, "d", List.of("c")));
        remora.detail(remora.executor().run(selection));
        assertThat(order).containsExactly("c", "d");
    }

    @Test
    void thePlanOfAnUnsavedWorkflowStoresNothing() {
        ManualRemora remora = manual(this::watched);
        DirectRunRequest request = DirectRunRequest.of(PROJECT, "once", workflow());
        assertThat(remora.executor().plan(request).steps()).hasSize(3);
        assertThat(total(remora)).isZero();
        long execId = remora.executor().runDirect(request);
        assertThat(detail(remora, execId).nodes()).hasSize(4);
    }

    @Test
    void thePlanOfAnUnsavedWorkflowWhoseNameIsTakenIsRefusedLikeItsRun() {
        ManualRemora remora = manual(this::watched);
        remora.workflows().save(PROJECT, FLOW, workflow());
        DirectRunRequest request = DirectRunRequest.of(PROJECT, FLOW, single());
        Assertions.assertThatThrownBy(() -> remora.executor().plan(request)).isInstanceOf(AlreadyExistsException.class);
        remora.executor().runDirect(DirectRunRequest.of(PROJECT, "once", single()));
        Assertions.assertThatThrownBy(() -> remora.executor().plan(DirectRunRequest.of(PROJECT, "once", single())))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void outputsReachWhatComesAfter() {
        ManualRemora remora = manual(this::watched);
        Workflow outputs = flow(builder -> builder.node("a.b", "SEEN")
                .node("between", "SEEN", n -> n.after("a.b"))
                .node(
                        "c",
                        "SEEN",
                        n -> n.after("between")
                                .parameter("got", "${nodes.a.b.rows} ${nodes.a.b.odd} ${nodes.a.b.none}")));
        remora.workflows().save(PROJECT, FLOW, outputs);
        Plan plan = remora.executor().plan(RunRequest.of(PROJECT, FLOW));
        assertThat(plan.steps().get(2).parameter().path("got").textValue())
                .isEqualTo("${nodes.a.b.rows} ${nodes.a.b.odd} ${nodes.a.b.none}");
        remora.detail(remora.executor().run(RunRequest.of(PROJECT, FLOW)));
        assertThat(seen.get("c").path("got").textValue()).isEqualTo("17 ${day} ${nodes.a.b.none}");
    }

    @Test
    void outputsOfANodeThatIsNotUpstreamAreRefusedAtSubmission() {
        ManualRemora remora = manual(this::watched);
        Workflow sideways = flow(
                builder -> builder.node("a", "SEEN").node("b", "SEEN", n -> n.parameter("got", "${nodes.a.rows}")));
        remora.workflows().save(PROJECT, FLOW, sideways);
        assertThat(problems(() -> remora.executor().run(RunRequest.of(PROJECT, FLOW))))
                .singleElement()
                .asString()
                .startsWith("nodes[1].parameter.got: ");
        assertThat(problems(() -> remora.executor().plan(RunRequest.of(PROJECT, FLOW))))
                .hasSize(1);
        assertThat(total(remora)).isZero();
    }

    @Test
    void idsAndTheCycleTimeAreSystemParameters() {
        ManualRemora remora = manual(this::watched);
        long execId = run(
                remora,
                flow(builder -> builder.node(
                        "a",
                        "SEEN",
                        n -> n.parameter("ids", "${sf.system.execId} ${sf.system.jobId}")
                                .parameter(
                                        "times", "${sf.system.bizdate} ${sf.system.bizcurdate} ${sf.system.cyctime}"))),
                request -> request.scheduleTime(CYCLE));
        remora.settle();
        assertThat(seen.get("a").path("ids").textValue()).isEqualTo(execId + " " + execId + "-a");
        assertThat(seen.get("a").path("times").textValue()).isEqualTo("20171010 20171011 20171011030405");
    }

    @Test
    void theCycleTimeStaysOverRetries() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node(
                "a",
                "JOB",
                n -> n.parameter("at", "$[yyyyMMddHHmmss]")
                        .retry(RetryPolicy.of(2).withBackoff(Duration.ofHours(30)))));
        run(remora, workflow);
        remora.settle();
        assertThat(jobs.job("a").context().parameter().path("at").textValue()).isEqualTo("20260105000000");
        jobs.job("a").fail("1");
        remora.advance(Duration.ofHours(30));
        assertThat(jobs.job("a").context().attempt()).isEqualTo(2);
        assertThat(jobs.job("a").context().parameter().path("at").textValue()).isEqualTo("20260105000000");
    }
}

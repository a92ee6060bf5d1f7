package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.NodeDependency;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.JobResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs go through their nodes in order, once each, and end. */
public abstract class RunningContract extends EnginePart {
    private static final int MANY = 3_000;

    /** Creates the part. */
    protected RunningContract() {}

    @Test
    void oneNodeRuns() {
        ManualRemora remora = manual();
        long execId = run(remora, single());
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");

        remora.advance(Duration.ofMillis(90_999));
        jobs.job("a").succeed(Map.of("rows", "17"));

        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
        Execution execution = remora.execution(execId);
        Instant end = ManualRemora.START.plusMillis(90_999);
        assertThat(execution.submitTime()).isEqualTo(ManualRemora.START);
        assertThat(execution.startTime()).contains(ManualRemora.START);
        assertThat(execution.endTime()).contains(end);
        assertThat(execution.duration()).contains(Duration.ofSeconds(90));
        NodeExecution node = node(remora, execId, "a");
        assertThat(node.startTime()).contains(ManualRemora.START);
        assertThat(node.endTime()).contains(end);
        assertThat(node.duration()).contains(Duration.ofSeconds(90));
        assertThat(node.attempt()).isEqualTo(1);
        assertThat(node.outputs()).isEqualTo(Map.of("rows", "17"));
        assertThat(node.jobId()).isEqualTo(execId + "-a");
    }

    @Test
    void aChainRunsInOrder() {
        ManualRemora remora = manual();
        long execId = run(
                remora,
                flow(builder -> builder.node("c", "JOB", n -> n.after("b"))
                        .node("b", "JOB", n -> n.after("a"))
                        .node("a", "JOB")));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: c WAITING_DEP, b WAITING_DEP, a RUNNING");
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: c WAITING_DEP, b RUNNING, a SUCCESS");
        jobs.job("b").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: c RUNNING, b SUCCESS, a SUCCESS");
        jobs.job("c").succeed();
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: c SUCCESS, b SUCCESS, a SUCCESS");
    }

    @Test
    void aDiamondJoinsWhenBothSidesHaveEnded() {
        ManualRemora remora = manual();
        long execId = run(remora, diamond("JOB"));
        jobs.job("a").succeed();
        remora.settle();
        jobs.job("c").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING, c SUCCESS, d WAITING_DEP");
        jobs.job("b").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a SUCCESS, b SUCCESS, c SUCCESS, d RUNNING");
        jobs.job("d").succeed();
        assertThat(status(remora, execId)).isEqualTo(Status.SUCCESS);
    }

    static Workflow diamond(String type) {
        return flow(builder -> builder.node("a", type)
                .node("b", type, n -> n.after("a"))
                .node("c", type, n -> n.after("a"))
                .node("d", type, n -> n.after("b", "c")));
    }

    @Test
    void thousandsFanOutAndIn() throws InterruptedException {
        Remora remora = engine();
        String[] middle = IntStream.range(0, MANY).mapToObj(i -> "n" + i).toArray(String[]::new);
        Workflow.Builder builder = Workflow.builder().node("fork", "OK");
        for (String name : middle) {
            builder.node(name, "OK", n -> n.after("fork"));
        }
        long execId =
                run(remora, builder.node("join", "OK", n -> n.after(middle)).build());
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(detail(remora, execId).nodes())
                .hasSize(MANY + 2)
                .allMatch(node -> node.status() == Status.SUCCESS && node.attempt() == 1);
        Instant joined = node(remora, execId, "join").startTime().orElseThrow();
        assertThat(detail(remora, execId).nodes().subList(0, MANY + 1))
                .allMatch(node -> !node.endTime().orElseThrow().isAfter(joined));
    }

    @Test
    void aLongChainOfJavaNodesRuns() throws InterruptedException {
        Remora remora = engine();
        Workflow.Builder builder = Workflow.builder().node("n0", "OK");
        int length = many(MANY);
        for (int i = 1; i < length; i++) {
            String before = "n" + (i - 1);
            builder.node("n" + i, "OK", n -> n.after(before));
        }
        long execId = run(remora, builder.build());
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(detail(remora, execId).nodes()).allMatch(node -> node.attempt() == 1);
    }

    @Test
    void virtualNodesEndAtOnce() {
        ManualRemora remora = manual();
        long execId = run(remora, diamond("VIRTUAL"));
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS, c SUCCESS, d SUCCESS");
        assertThat(remora.execution(execId).duration()).contains(Duration.ZERO);
    }

    @Test
    void aRunOfDisabledNodesSucceedsAtOnce() {
        ManualRemora remora = manual();
        long execId = run(
                remora,
                flow(builder -> builder.node("a", "JOB", n -> n.disabled(true))
                        .node("b", "JOB", n -> n.after("a").disabled(true))));
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SKIPPED, b SKIPPED");
        Execution execution = remora.execution(execId);
        assertThat(execution.startTime()).contains(ManualRemora.START);
        assertThat(execution.endTime()).contains(ManualRemora.START);
        assertThat(execution.duration()).contains(Duration.ZERO);
    }

    @Test
    void aDisabledNodeLetsPassAsIfItWereVirtual() {
        ManualRemora remora = manual();
        Workflow gap = flow(builder -> builder.node("a", "JOB")
                .node("b", "JOB", n -> n.after("a").disabled(true))
                .node("c", "JOB", n -> n.after("b")));
        long well = run(remora, gap);
        assertThat(show(remora, well)).isEqualTo("RUNNING: a RUNNING, b SKIPPED, c WAITING_DEP");
        jobs.job(well, "a").succeed();
        assertThat(show(remora, well)).isEqualTo("RUNNING: a SUCCESS, b SKIPPED, c RUNNING");

        long badly = run(remora, gap);
        remora.settle();
        jobs.job(badly, "a").fail("1");
        assertThat(show(remora, badly)).isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b SKIPPED, c DEP_FAILED");
    }

    @Test
    void onlySelectedNodesRun() {
        ManualRemora remora = manual();
        Workflow chain = flow(builder -> builder.node("a", "OK")
                .node("b", "OK", n -> n.after("a"))
                .node("c", "OK", n -> n.after("b"))
                .node("d", "OK"));
        assertThat(show(remora, run(remora, chain, request -> request.nodes("b", "b"))))
                .isEqualTo("SUCCESS: a SKIPPED, b SUCCESS, c SKIPPED, d SKIPPED");
        assertThat(show(
                        remora,
                        run(remora, chain, request -> request.nodes("b").nodeDependency(NodeDependency.NODE_POST))))
                .isEqualTo("SUCCESS: a SKIPPED, b SUCCESS, c SUCCESS, d SKIPPED");
        assertThat(show(
                        remora,
                        run(remora, chain, request -> request.nodes("b").nodeDependency(NodeDependency.NODE_PRE))))
                .isEqualTo("SUCCESS: a SUCCESS, b SUCCESS, c SKIPPED, d SKIPPED");
    }

    @Test
    void edgesFromOutsideTheSelectionCountAsMet() {
        ManualRemora remora = manual();
        Workflow chain = flow(builder -> builder.node("a", "JOB")
                .node("b", "JOB", n -> n.after("a"))
                .node("c", "JOB", n -> n.after("b"))
                .node("d", "JOB", n -> n.after("b").trigger(Trigger.ALL_DONE)));
        long execId = run(remora, chain, request -> request.nodes("a", "c", "d"));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b SKIPPED, c RUNNING, d RUNNING");
    }

    @Test
    void aDisabledNodeThatIsNamedStaysDisabled() {
        ManualRemora remora = manual();
        Workflow workflow =
                flow(builder -> builder.node("a", "OK", n -> n.disabled(true)).node("b", "OK"));
        assertThat(show(remora, run(remora, workflow, request -> request.nodes("a"))))
                .isEqualTo("SUCCESS: a SKIPPED, b SKIPPED");
    }

    @Test
    void twoRunsOfOneWorkflowGoSideBySide() {
        ManualRemora remora = manual();
        long first = run(remora, single());
        long second = run(remora, single());
        assertThat(second).isGreaterThan(first);
        remora.settle();
        jobs.job(second, "a").succeed();
        assertThat(show(remora, second)).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(show(remora, first)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void whatAJobDoesWrongFailsItsNode() {
        ManualRemora remora = manual();
        long thrown = run(remora, flow(builder -> builder.node("a", "FAIL")));
        assertThat(show(remora, thrown)).isEqualTo("FAILED/EXCEPTION: a FAILED/EXCEPTION");
        assertThat(node(remora, thrown, "a").message()).contains("meant to fail");

        long output = run(remora, single());
        remora.settle();
        jobs.job(output, "a").succeed(Map.of(" ", "x"));
        assertThat(show(remora, output)).isEqualTo("FAILED/BAD_OUTPUT: a FAILED/BAD_OUTPUT");
        assertThat(node(remora, output, "a").outputs()).isEmpty();

        long both = run(remora, single());
        remora.settle();
        jobs.job(both, "a")
                .end(new JobResult(Optional.of(Cause.EXIT_CODE), "exit code 3", Map.of(" ", "x"), false, true));
        assertThat(show(remora, both)).isEqualTo("FAILED/EXIT_CODE: a FAILED/EXIT_CODE");
        assertThat(node(remora, both, "a").message()).isEqualTo("exit code 3");
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Limit;
import dev.remora.model.RunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bad input gives an error that says what is wrong, where, and what the bound is, and changes nothing. */
public abstract class RequestContract extends EnginePart {
    private ManualRemora remora;

    /** Creates the part. */
    protected RequestContract() {}

    @BeforeEach
    void start() {
        remora = manual(builder -> builder.pool("few", 2)
                .limit(Limit.PARAMETERS, 3)
                .limit(Limit.PARAMETER_VALUE_SIZE, 10)
                .limit(Limit.IDEMPOTENCY_KEY_LENGTH, 5)
                .limit(Limit.NOTIFY_MAILS, 2)
                .limit(Limit.EXTRAS_SIZE, 20)
                .limit(Limit.NODES, 3)
                .jobType(new JavaJob.Type(
                        "PICKY",
                        JavaJob.of(context -> {}),
                        parameter ->
                                parameter.has("script") ? List.of() : List.of(new Problem("script", "is missing")))));
        remora.workflows().save(PROJECT, FLOW, single());
    }

    /** What is refused, whatever the way, leaves no trace. */
    private List<String> refused(UnaryOperator<RunRequest.Builder> options) {
        RunRequest request = options.apply(RunRequest.builder(PROJECT, FLOW)).build();
        List<String> run = problems(() -> remora.executor().run(request));
        assertThat(problems(() -> remora.executor().plan(request))).isEqualTo(run);
        DirectRunRequest direct =
                new DirectRunRequest(PROJECT, "other", Optional.of(single()), Optional.empty(), request.options());
        assertThat(problems(() -> remora.executor().runDirect(direct))).isEqualTo(run);
        assertNothingChanged();
        return run;
    }

    private void exceeded(Limit limit, long bound, UnaryOperator<RunRequest.Builder> options) {
        RunRequest request = options.apply(RunRequest.builder(PROJECT, FLOW)).build();
        exceeded(limit, bound, () -> remora.executor().run(request));
        exceeded(limit, bound, () -> remora.executor().plan(request));
        exceeded(
                limit,
                bound,
                () -> remora.executor()
                        .runDirect(new DirectRunRequest(
                                PROJECT, "other", Optional.of(single()), Optional.empty(), request.options())));
    }

    private void exceeded(Limit limit, long bound, ThrowingCallable call) {
        LimitExceededException refused =
                org.assertj.core.api.Assertions.catchThrowableOfType(LimitExceededException.class, call);
        assertThat(refused).as("refusal by " + limit).isNotNull();
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.bound()).isEqualTo(bound);
        assertThat(refused).hasMessageContaining("limit " + limit + " is " + bound + " " + limit.unit());
        assertNothingChanged();
    }

    private void assertNothingChanged() {
        remora.settle();
        assertThat(total(remora)).isZero();
        assertThat(remora.workflows().list(PROJECT, 0, 10))
                .extracting(SavedWorkflow::name, SavedWorkflow::version)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(FLOW, 1));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> remora.executor().run(RunRequest.of("nowhere", FLOW)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no workflow " + FLOW + " in project nowhere");
        assertThatThrownBy(() -> remora.executor().run(RunRequest.of(PROJECT, "nothing")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no workflow nothing in project " + PROJECT);
        for (int version : new int[] {-1, 0, 2}) {
            RunRequest request =
                    RunRequest.builder(PROJECT, FLOW).version(version).build();
            assertThatThrownBy(() -> remora.executor().run(request))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("no version " + version + " of workflow " + FLOW);
            assertThatThrownBy(() -> remora.executor().plan(request)).isInstanceOf(NotFoundException.class);
        }
        assertNothingChanged();
    }

    @Test
    void namesAreChecked() {
        for (String bad : List.of("", " ", "x", "9lives", "a-b", "a b", "ä1", "a".repeat(65))) {
            assertThat(problems(() -> remora.executor().run(RunRequest.of(bad, FLOW))))
                    .as(bad)
                    .singleElement()
                    .asString()
                    .startsWith("project: ");
            assertThat(problems(() -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, bad, single()))))
                    .as(bad)
                    .allMatch(problem -> problem.startsWith("workflow: "))
                    .isNotEmpty();
            assertThat(problems(() -> remora.workflows().save(bad, bad, single())))
                    .as(bad)
                    .hasSize(2);
        }
        assertNothingChanged();
    }

    @Test
    void selectionsAreChecked() {
        assertThat(refused(request -> request.nodes("a", "nobody")))
                .containsExactly("nodes: the workflow has no node named nobody");
        assertThat(refused(request -> request.nodes(" "))).containsExactly("nodes: a name is blank");
    }

    @Test
    void boundsAreChecked() {
        assertThat(refused(request -> request.priority(0))).containsExactly("priority: is 0; it must be 1 to 10");
        assertThat(refused(request -> request.priority(11))).containsExactly("priority: is 11; it must be 1 to 10");
        for (Duration timeout : List.of(
                Duration.ZERO,
                Duration.ofNanos(1),
                Duration.ofSeconds(-1),
                Duration.ofDays(365).plusMillis(1))) {
            assertThat(refused(request -> request.timeout(timeout)))
                    .containsExactly("timeout: is " + timeout + "; it must be PT0.001S to PT8760H");
        }
        assertThat(refused(request -> request.timeout(Duration.ofSeconds(Long.MAX_VALUE))))
                .singleElement()
                .asString()
                .startsWith("timeout: ");
        for (Instant time : List.of(
                Instant.MIN,
                Instant.parse("0000-12-31T23:59:59.999999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"),
                Instant.MAX)) {
            assertThat(refused(request -> request.scheduleTime(time)))
                    .containsExactly("scheduleTime: is " + time
                            + "; it must be 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z");
        }
    }

    @Test
    void textsAreChecked() {
        assertThat(refused(request -> request.proxyUser(" "))).containsExactly("proxyUser: is blank");
        assertThat(refused(request -> request.queue(""))).containsExactly("queue: is blank");
        assertThat(refused(request -> request.idempotencyKey("\t"))).containsExactly("idempotencyKey: is blank");
        assertThat(refused(request -> request.param(" ", "x"))).containsExactly("params: a name is blank");
        for (String mail : List.of("", "nobody", "@home", "me@", "a b@c", "a@b\nBcc: c@d")) {
            assertThat(refused(request -> request.notifyMails(mail)))
                    .singleElement()
                    .asString()
                    .startsWith("notifyMails: ");
        }
    }

    @Test
    void allProblemsAreReportedTogether() {
        assertThat(refused(request -> request.priority(99).queue(" ").timeout(Duration.ZERO)))
                .hasSize(3);
    }

    @Test
    void parametersAreChecked() {
        assertThat(refused(request -> request.param("x", "${y}").param("y", "${x}")))
                .singleElement()
                .asString()
                .contains("x")
                .contains("y");
        assertThat(refused(request -> request.param("sf.system.execId", "1"))).hasSize(1);
        assertThat(refused(request -> request.param("nodes.a.b", "1"))).hasSize(1);
    }

    @Test
    void limitsAreKeptAndNamed() {
        exceeded(
                Limit.PARAMETERS,
                3,
                request -> request.param("a", "").param("b", "").param("c", "").param("d", ""));
        exceeded(Limit.PARAMETER_VALUE_SIZE, 10, request -> request.param("a", "x".repeat(11)));
        exceeded(Limit.IDEMPOTENCY_KEY_LENGTH, 5, request -> request.idempotencyKey("123456"));
        exceeded(Limit.NOTIFY_MAILS, 2, request -> request.notifyMails("a@b", "c@d", "e@f"));
        exceeded(Limit.EXTRAS_SIZE, 20, request -> request.extras(JsonNodeFactory.instance.textNode("x".repeat(20))));
        Workflow four = flow(builder ->
                builder.node("a", "OK").node("b", "OK").node("c", "OK").node("d", "OK"));
        exceeded(Limit.NODES, 3, () -> remora.workflows().save(PROJECT, "big", four));
        exceeded(Limit.NODES, 3, () -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, "big", four)));
    }

    @Test
    void whatIsAtItsLimitPasses() {
        long execId = remora.executor()
                .run(RunRequest.builder(PROJECT, FLOW)
                        .priority(10)
                        .timeout(Duration.ofDays(365))
                        .param("a", "x".repeat(10))
                        .param("b", "")
                        .param("c", "")
                        .idempotencyKey("12345")
                        .notifyMails("a@b", "c@d")
                        .extras(JsonNodeFactory.instance.textNode("x".repeat(18)))
                        .build());
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void definitionsAreCheckedAgainstTheEngine() {
        Workflow wrong = flow(builder -> builder.node("a", "NOSUCH")
                .node("b", "OK", n -> n.pool("nopool"))
                .node("c", "PICKY"));
        List<String> expected = List.of(
                "nodes[0].type: is NOSUCH, which this engine does not know; it knows FAIL, JOB, OK, PICKY, VIRTUAL",
                "nodes[1].pool: is nopool, which this engine does not have",
                "nodes[2].parameter.script: is missing");
        assertThat(problems(() -> remora.workflows().save(PROJECT, "wrong", wrong)))
                .isEqualTo(expected);
        assertThat(problems(() -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, "wrong", wrong))))
                .isEqualTo(expected);
        assertThat(problems(() -> remora.executor().plan(DirectRunRequest.of(PROJECT, "wrong", wrong))))
                .isEqualTo(expected);
        assertNothingChanged();
        remora.workflows()
                .save(
                        PROJECT,
                        FLOW,
                        flow(builder ->
                                builder.node("c", "PICKY", n -> n.pool("few").parameter("script", "ls"))));
    }

    @Test
    void pagesAreChecked() {
        assertThat(problems(() -> remora.workflows().list(PROJECT, -1, 0))).hasSize(2);
        assertThat(problems(() -> remora.workflows().list(PROJECT, 0, 1001)))
                .containsExactly("size: is 1001; it must be 1 to 1000");
    }
}

package dev.remora.job.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.job.internal.cluster.Judgement.Evidence;
import dev.remora.model.Cause;
import dev.remora.spi.JobResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a job ends, by what its client returned and what the cluster says of its applications. */
class JudgementTest {
    private static final JobResult OUTPUTS = JobResult.success(Map.of("a", "1"));

    private static List<Application> applications(String states) {
        return Stream.of(states.split(" "))
                .filter(state -> !state.isEmpty())
                .map(state -> new Application("application_1_" + state, Application.State.valueOf(state), ""))
                .toList();
    }

    private static Evidence evidence(Decider decider, String code, String states, boolean surelyNone, boolean settled) {
        Optional<JobResult> client = switch (code) {
            case "0" -> Optional.of(OUTPUTS);
            case "gone" -> Optional.empty();
            case "lost" -> Optional.of(JobResult.failed(Cause.LOST, "lost"));
            default -> Optional.of(JobResult.failed(Cause.EXIT_CODE, "exit code " + code));
        };
        OptionalInt exit = code.matches("\\d+") ? OptionalInt.of(Integer.parseInt(code)) : OptionalInt.empty();
        return new Evidence(decider, client, exit, applications(states), Set.of(), true, surelyNone, settled);
    }

    private static String judged(Evidence evidence) {
        Judgement judgement = Judgement.of(evidence);
        return judgement instanceof Judgement.End end
                ? end.result().cause().map(Cause::toString).orElse("SUCCESS")
                : judgement.getClass().getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({
        // the client is the driver
        "CLIENT, 0, '', SUCCESS",
        "CLIENT, 0, SUCCEEDED, SUCCESS",
        "CLIENT, 0, ACTIVE, Await",
        "CLIENT, 1, ACTIVE, Kill",
        "CLIENT, 1, SUCCEEDED, EXIT_CODE",
        "CLIENT, 137, ACTIVE, Kill",
        "CLIENT, lost, ACTIVE, Kill",
        // why: YARN calls it a success when a driver vanishes
        "CLIENT, lost, SUCCEEDED, LOST",
        "CLIENT, lost, '', LookAgain",
        "CLIENT, gone, SUCCEEDED, LOST",
        // the client knows, as long as it can tell
        "CLIENT_ELSE_CLUSTER, 0, '', SUCCESS",
        "CLIENT_ELSE_CLUSTER, 0, FAILED SUCCEEDED, SUCCESS",
        "CLIENT_ELSE_CLUSTER, 0, ACTIVE, Await",
        "CLIENT_ELSE_CLUSTER, 1, ACTIVE, Kill",
        "CLIENT_ELSE_CLUSTER, 1, SUCCEEDED, EXIT_CODE",
        "CLIENT_ELSE_CLUSTER, 255, SUCCEEDED, EXIT_CODE",
        "CLIENT_ELSE_CLUSTER, 137, ACTIVE, Await",
        "CLIENT_ELSE_CLUSTER, 143, SUCCEEDED, SUCCESS",
        "CLIENT_ELSE_CLUSTER, 143, SUCCEEDED KILLED, EXIT_CODE",
        "CLIENT_ELSE_CLUSTER, 143, '', LookAgain",
        "CLIENT_ELSE_CLUSTER, lost, ACTIVE, Await",
        "CLIENT_ELSE_CLUSTER, gone, SUCCEEDED, SUCCESS",
        "CLIENT_ELSE_CLUSTER, gone, FAILED, EXIT_CODE",
        // the cluster knows
        "CLUSTER, 0, '', LookAgain",
        "CLUSTER, 0, ACTIVE, Await",
        "CLUSTER, 0, SUCCEEDED, SUCCESS",
        "CLUSTER, 0, FAILED, EXIT_CODE",
        "CLUSTER, 0, KILLED, EXIT_CODE",
        "CLUSTER, 1, ACTIVE, Await",
        "CLUSTER, 1, SUCCEEDED, SUCCESS",
        "CLUSTER, 1, FAILED, EXIT_CODE",
        "CLUSTER, gone, ACTIVE, Await",
        "CLUSTER, gone, SUCCEEDED, SUCCESS",
    })
    void followsFromClientAndCluster(Decider decider, String code, String states, String expected) {
        assertThat(judged(evidence(decider, code, states, false, false))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, lost, LOST",
        "CLIENT, gone, LOST",
        "CLIENT_ELSE_CLUSTER, 143, EXIT_CODE",
        "CLIENT_ELSE_CLUSTER, gone, LOST",
        "CLUSTER, 0, LOST",
        "CLUSTER, 1, EXIT_CODE",
        "CLUSTER, gone, LOST",
    })
    void isNeverASuccessIfTheClusterHasToKnowAndDoesNot(Decider decider, String code, String expected) {
        assertThat(judged(evidence(decider, code, "", true, false))).isEqualTo(expected);
    }

    @Test
    void isNotRunAgainIfNobodyCanTellWhetherItRuns() {
        Evidence evidence = new Evidence(
                Decider.CLUSTER,
                Optional.of(JobResult.success()),
                OptionalInt.of(0),
                List.of(),
                Set.of(),
                false,
                true,
                false);
        assertThat(judged(evidence)).isEqualTo("EXCEPTION");
    }

    @Test
    void anApplicationThatDoesNotSignOffIsEndedAtLast() {
        assertThat(judged(evidence(Decider.CLIENT, "0", "ACTIVE", false, true))).isEqualTo("Kill");
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, SUCCESS", "FAILED, EXIT_CODE", "KILLED, EXIT_CODE"})
    void whatTheClientLeftBehindMustSucceed(String state, String expected) {
        Evidence evidence = new Evidence(
                Decider.CLIENT_ELSE_CLUSTER,
                Optional.of(OUTPUTS),
                OptionalInt.of(0),
                applications(state),
                Set.of("application_1_" + state),
                true,
                false,
                false);
        assertThat(judged(evidence)).isEqualTo(expected);
    }

    @Test
    void outputsAreThoseOfTheClient() {
        Judgement judgement = Judgement.of(evidence(Decider.CLUSTER, "0", "SUCCEEDED", false, false));
        assertThat(judgement).isEqualTo(new Judgement.End(OUTPUTS));
    }
}

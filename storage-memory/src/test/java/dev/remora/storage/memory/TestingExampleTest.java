package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.NodeExecution;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.testkit.ManualRemora;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example of the README: a test of a workflow that takes hours, in no time. */
class TestingExampleTest {
    // begin of the example
    @Test
    void aPullThatHangsIsTriedAgainEveryHour() {
        Workflow workflow = Workflow.builder()
                .node(
                        "pull",
                        "PULL",
                        node -> node.timeout(Duration.ofMinutes(30))
                                .retry(RetryPolicy.of(3)
                                        .withBackoff(Duration.ofHours(1))
                                        .withMultiplier(1)))
                .build();
        JavaJob hangs = JavaJob.of(context -> context.sleep(Duration.ofDays(1)));
        try (ManualRemora remora = ManualRemora.start(MemoryStorage.create(), it -> it.java("PULL", hangs))) {
            long execId = remora.executor().runDirect(DirectRunRequest.of("shop", "nightly", workflow));
            remora.advance(Duration.ofHours(4));
            NodeExecution pull = remora.detail(execId).node("pull");
            assertThat(pull.attempt()).isEqualTo(3);
            assertThat(pull.cause()).contains(Cause.TIMEOUT);
        }
    }
    // end of the example
}

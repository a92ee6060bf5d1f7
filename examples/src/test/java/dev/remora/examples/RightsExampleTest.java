package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.Projects;
import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.error.AccessDeniedException;
import dev.remora.model.AccessRight;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.RunRequest;
import dev.remora.model.Workflow;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.Storage;
import dev.remora.storage.memory.MemoryStorage;
import org.junit.jupiter.api.Test;

/** The README's example of users and rights. */
class RightsExampleTest {
    // begin of the example
    static Remora start(Storage storage) {
        Remora remora =
                Remora.builder().storage(storage).access(AccessPolicy.grants()).start();
        Projects projects = remora.as("ada").projects();
        projects.create("shop");
        projects.grant("shop", "olga", AccessRight.EXECUTE);
        return remora;
    }
    // end of the example

    @Test
    void eachUserMayDoWhatWasGranted() {
        Workflow workflow = Workflow.builder().node("join", "VIRTUAL").build();
        ExecutionFilter all = ExecutionFilter.builder().build();
        try (Remora remora = start(MemoryStorage.create())) {
            remora.as("ada").workflows().save("shop", "nightly", workflow);
            RemoraSession olga = remora.as("olga");

            olga.executor().run(RunRequest.of("shop", "nightly"));

            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> olga.workflows().save("shop", "nightly", workflow))
                    .withMessage("user olga may not save a workflow in project shop");
            assertThat(olga.query().list(all).total()).isEqualTo(1);
            assertThat(remora.as("eve").query().list(all).total()).isZero();
        }
    }
}

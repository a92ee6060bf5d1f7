package dev.remora.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Operation;
import org.junit.jupiter.api.Test;

/** What an error is about is a field, and in the message. */
class ErrorIdsTest {
    @Test
    void notFoundSaysWhat() {
        assertId(NotFoundException.execution(1379), "1379");
        assertId(NotFoundException.job("1379-count"), "1379-count");
        assertThat(NotFoundException.workflow("shop", "nightly").id()).isEqualTo("shop/nightly");
        assertThat(NotFoundException.version("shop", "nightly", 3).id()).isEqualTo("shop/nightly/3");
        assertId(NotFoundException.project("shop"), "shop");
        assertThat(NotFoundException.resource("shop", "lib/a.jar").id()).isEqualTo("shop/lib/a.jar");
    }

    private static void assertId(NotFoundException thrown, String id) {
        assertThat(thrown.id()).isEqualTo(id);
        assertThat(thrown).hasMessageContaining(id);
    }

    @Test
    void aRefusalNamesUserOperationAndProject() {
        AccessDeniedException refused = new AccessDeniedException("bob", Operation.KILL, "shop");
        assertThat(refused.user()).isEqualTo("bob");
        assertThat(refused.operation()).isEqualTo(Operation.KILL);
        assertThat(refused.project()).isEqualTo("shop");
        assertThat(refused).hasMessage("user bob may not kill an execution in project shop");
        assertThat(new ProjectExistsException("shop").project()).isEqualTo("shop");
        assertThat(new ProjectExistsException("shop")).hasMessageContaining("shop");
    }

    @Test
    void othersSayWhatTheyAreAbout() {
        assertThat(new EngineClosedException("remora").engine()).isEqualTo("remora");
        IdempotencyConflictException conflict = new IdempotencyConflictException("key", 7);
        assertThat(conflict.key()).isEqualTo("key");
        assertThat(conflict.execId()).isEqualTo(7);
        assertThat(conflict).hasMessageContaining("key").hasMessageContaining("7");
    }
}

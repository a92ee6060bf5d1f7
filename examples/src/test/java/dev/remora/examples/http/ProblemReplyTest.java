package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.remora.error.AccessDeniedException;
import dev.remora.error.AlreadyExistsException;
import dev.remora.error.ContentMissingException;
import dev.remora.error.EngineClosedException;
import dev.remora.error.ExecutionStateException;
import dev.remora.error.IdempotencyConflictException;
import dev.remora.error.LeaseLostException;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.error.ProjectExistsException;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.error.WaitTimeoutException;
import dev.remora.model.Content;
import dev.remora.model.Limit;
import dev.remora.model.Operation;
import dev.remora.model.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** By which status each error of the library is told. */
class ProblemReplyTest {
    private static final Map<RemoraException, Integer> STATUSES = new LinkedHashMap<>();

    static {
        STATUSES.put(ValidationException.of("subject", "path", "is wrong"), 400);
        STATUSES.put(new AccessDeniedException("eve", Operation.KILL, "shop"), 403);
        STATUSES.put(NotFoundException.execution(1), 404);
        STATUSES.put(new ProjectExistsException("shop"), 409);
        STATUSES.put(new AlreadyExistsException("shop", "nightly", "hint"), 409);
        STATUSES.put(new IdempotencyConflictException("key", 1), 409);
        STATUSES.put(new ExecutionStateException(1, Status.SUCCESS, "why"), 409);
        STATUSES.put(new LimitExceededException(Limit.NODES, 1, "what"), 413);
        STATUSES.put(new EngineClosedException("engine"), 503);
        STATUSES.put(new WaitTimeoutException("what", Duration.ofSeconds(1)), 503);
        STATUSES.put(new StorageException("secret of the storage", true), 503);
        STATUSES.put(new StorageException("secret of the storage", false), 500);
        STATUSES.put(new ContentMissingException(new Content("0".repeat(64), 1)), 503);
        STATUSES.put(new LeaseLostException("secret of the storage"), 500);
    }

    @Test
    void eachErrorHasItsStatus() {
        STATUSES.forEach((error, status) ->
                assertThat(ProblemReply.of(error).status()).as(error.toString()).isEqualTo(status));
    }

    @Test
    void noErrorOfTheLibraryIsForgotten() {
        Set<String> known = STATUSES.keySet().stream()
                .map(error -> error.getClass().getName())
                .collect(Collectors.toSet());
        Set<String> all = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.remora.error")
                        .stream()
                        .filter(type -> type.isAssignableTo(RemoraException.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertThat(known).isEqualTo(all);
    }

    @Test
    void whatWentWrongInsideIsNotTold() {
        HttpProblem problem = ProblemReply.of(new StorageException("secret of the storage", false));

        assertThat(problem.getMessage()).doesNotContain("secret");
    }
}

package dev.remora.examples.http;

import dev.remora.error.AccessDeniedException;
import dev.remora.error.AlreadyExistsException;
import dev.remora.error.EngineClosedException;
import dev.remora.error.ExecutionStateException;
import dev.remora.error.IdempotencyConflictException;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.error.ProjectExistsException;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.error.WaitTimeoutException;
import java.util.List;
import java.util.Map;

/** Says by which status and code each error is told. */
final class ProblemReply {
    private static final String RETRY_LATER = "5";

    /** What the library calls otherwise than the HTTP API. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("project", "projectName"),
            Map.entry("workflow", "workflowName"),
            Map.entry("submittedFrom", "startDate"),
            Map.entry("submittedTo", "endDate"),
            Map.entry("nodes", "nodeName"),
            Map.entry("nodeDependency", "nodeDep"),
            Map.entry("text", "query"),
            Map.entry("fromNode", "nodeName"),
            Map.entry("to", "schedule.endDate"),
            Map.entry("cron", "schedule.cron"),
            Map.entry("zone", "schedule.timezone"),
            Map.entry("parallel", "schedule.parallel"),
            Map.entry("attempts", "schedule.attempts"));

    private ProblemReply() {}

    static HttpProblem of(RemoraException error) {
        if (error instanceof ValidationException invalid) {
            ValidationException renamed = new ValidationException(invalid.subject(), renamed(invalid.problems()));
            return new HttpProblem(400, "VALIDATION", renamed.getMessage(), renamed.problems(), Map.of());
        }
        if (error instanceof AccessDeniedException) {
            return new HttpProblem(403, "ACCESS_DENIED", error.getMessage());
        }
        if (error instanceof NotFoundException) {
            return HttpProblem.notFound(error.getMessage());
        }
        if (error instanceof AlreadyExistsException || error instanceof ProjectExistsException) {
            return new HttpProblem(409, "ALREADY_EXISTS", error.getMessage());
        }
        if (error instanceof IdempotencyConflictException) {
            return new HttpProblem(409, "IDEMPOTENCY_CONFLICT", error.getMessage());
        }
        if (error instanceof ExecutionStateException) {
            return new HttpProblem(409, "WRONG_STATE", error.getMessage());
        }
        if (error instanceof LimitExceededException) {
            return new HttpProblem(413, "LIMIT_EXCEEDED", error.getMessage());
        }
        if (error instanceof EngineClosedException
                || error instanceof WaitTimeoutException
                || error instanceof StorageException storage && storage.isTransient()) {
            return unavailable(error.getMessage());
        }
        return internal();
    }

    static HttpProblem unavailable(String message) {
        return new HttpProblem(503, "UNAVAILABLE", message, List.of(), Map.of("Retry-After", RETRY_LATER));
    }

    /** Reveals nothing: what happened is in the server's log. */
    static HttpProblem internal() {
        return new HttpProblem(500, "INTERNAL", "the server failed; its log tells more");
    }

    private static List<Problem> renamed(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(NAMES.getOrDefault(problem.path(), problem.path()), problem.message()))
                .toList();
    }
}

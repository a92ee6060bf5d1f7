package dev.remora.examples.http;

import dev.remora.error.Problem;
import java.util.List;
import java.util.Map;

/** A request that is answered with an error. */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient List<Problem> problems;
    private final transient Map<String, String> headers;

    HttpProblem(int status, String code, String message, List<Problem> problems, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.problems = List.copyOf(problems);
        this.headers = Map.copyOf(headers);
    }

    HttpProblem(int status, String code, String message) {
        this(status, code, message, List.of(), Map.of());
    }

    /** A parameter is wrong. */
    static HttpProblem parameter(String name, String problem) {
        return new HttpProblem(
                400, "BAD_PARAMETER", name + " " + problem, List.of(new Problem(name, problem)), Map.of());
    }

    /** The request is no sound HTTP, form or multipart text. */
    static HttpProblem malformed(String message) {
        return new HttpProblem(400, "MALFORMED_REQUEST", message);
    }

    static HttpProblem tooLarge(String what, long most) {
        return new HttpProblem(413, "TOO_LARGE", what + " is larger than " + most + " bytes, the most that is taken");
    }

    static HttpProblem notFound(String message) {
        return new HttpProblem(404, "NOT_FOUND", message);
    }

    static HttpProblem forbidden(String message) {
        return new HttpProblem(403, "FORBIDDEN", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    List<Problem> problems() {
        return problems;
    }

    Map<String, String> headers() {
        return headers;
    }
}

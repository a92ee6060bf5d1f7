package dev.remora.examples.http;

import dev.remora.model.Execution;
import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /executors}: lists executions. */
final class ListEndpoint {
    private static final Set<String> PARAMETERS = Set.of(
            "startDate",
            "endDate",
            "projectName",
            "workflowName",
            "status",
            "from",
            "size",
            "execType",
            "submitUser",
            "after");

    private ListEndpoint() {}

    static Reply answer(Request request) {
        Parameters parameters = request.query(PARAMETERS);
        ExecutionFilter.Builder filter = ExecutionFilter.builder();
        parameters.time("startDate").ifPresent(filter::submittedFrom);
        parameters.time("endDate").ifPresent(filter::submittedTo);
        parameters.text("projectName").ifPresent(filter::project);
        filter.workflows(parameters.texts("workflowName").toArray(String[]::new));
        parameters.numbers("status").forEach(code -> filter.statuses(status(code)));
        parameters.choices("execType", ExecutionType.class).forEach(filter::types);
        parameters.text("submitUser").ifPresent(filter::submitUser);
        parameters.text("after").ifPresent(text -> filter.after(cursor(text)));
        parameters.number("from", 0, Integer.MAX_VALUE).ifPresent(filter::from);
        parameters.number("size", 1, ExecutionFilter.MAX_SIZE).ifPresent(size -> filter.size((int) size));
        ExecutionPage page = request.remora().query().list(filter.build());
        return Reply.json(200, json -> {
            json.writeStartObject();
            json.writeNumberField("total", page.total());
            json.writeNumberField("length", page.length());
            json.writeArrayFieldStart("executions");
            for (Execution execution : page.executions()) {
                json.writeStartObject();
                ExecutionJson.write(json, execution);
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.text(json, "next", page.next().map(next -> next.time() + "-" + next.execId()));
            json.writeEndObject();
        });
    }

    private static Status status(int code) {
        return Arrays.stream(Status.values())
                .filter(status -> status.code() == code)
                .findFirst()
                .orElseThrow(() -> HttpProblem.parameter(
                        "status",
                        "has " + code + "; the states are "
                                + Arrays.stream(Status.values())
                                        .map(status -> status.code() + " " + status)
                                        .collect(Collectors.joining(", "))));
    }

    private static ExecutionCursor cursor(String text) {
        if (!text.matches("\\d{1,18}-\\d{1,18}")) {
            throw HttpProblem.parameter("after", "is no place in a list; take the \"next\" of the page before");
        }
        int dash = text.indexOf('-');
        return new ExecutionCursor(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }
}

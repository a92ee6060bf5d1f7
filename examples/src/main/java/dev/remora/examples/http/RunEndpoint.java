package dev.remora.examples.http;

import dev.remora.model.ExecutionType;
import dev.remora.model.NodeDependency;
import dev.remora.model.RunRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code POST /executors}: runs a saved workflow. */
final class RunEndpoint {
    private static final Set<String> PARAMETERS = RunParameters.and("schedule", "execType", "nodeName", "nodeDep");

    private RunEndpoint() {}

    static Reply answer(Request request) throws IOException {
        Parameters parameters = request.form(PARAMETERS);
        ExecutionType type = parameters.choice("execType", ExecutionType.class).orElse(ExecutionType.DIRECT);
        return switch (type) {
            case DIRECT -> direct(request, parameters);
            case COMPLEMENT_DATA ->
                throw new HttpProblem(
                        501, "NOT_IMPLEMENTED", "this version of Remora has no backfills; execType DIRECT works");
            case SCHEDULER ->
                throw HttpProblem.parameter(
                        "execType", "is SCHEDULER, which only schedules start; it must be DIRECT or COMPLEMENT_DATA");
        };
    }

    private static Reply direct(Request request, Parameters parameters) {
        // why: the origin reads the schedule of a backfill only, and clients send all parameters that they have
        parameters.object("schedule");
        RunRequest.Builder run =
                RunRequest.builder(parameters.required("projectName"), parameters.required("workflowName"));
        run.nodes(nodes(parameters));
        parameters.choice("nodeDep", NodeDependency.class).ifPresent(run::nodeDependency);
        RunParameters.apply(parameters, run);
        return started(request.remora().executor().run(run.build()));
    }

    /** One name, or several with commas in between, which no name holds, or a JSON array of names. */
    private static String[] nodes(Parameters parameters) {
        List<String> given = parameters.texts("nodeName");
        return given.stream()
                .flatMap(text -> List.of(text.split(",")).stream())
                .map(String::strip)
                .toArray(String[]::new);
    }

    private static Reply started(long execId) {
        return Reply.json(201, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("execIds");
            json.writeNumber(execId);
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}

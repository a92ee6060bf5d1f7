package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillRequest;
import dev.remora.model.ExecutionType;
import dev.remora.model.NodeDependency;
import dev.remora.model.PlannedRun;
import dev.remora.model.RunOptions;
import dev.remora.model.RunRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code POST /executors}: runs a saved workflow, once, or for each fire time of a range. */
final class RunEndpoint {
    private static final Set<String> PARAMETERS = RunParameters.and("schedule", "execType", "nodeName", "nodeDep");

    private RunEndpoint() {}

    static Reply answer(Request request) throws IOException {
        Parameters parameters = request.form(PARAMETERS);
        ExecutionType type = parameters.choice("execType", ExecutionType.class).orElse(ExecutionType.DIRECT);
        return switch (type) {
            case DIRECT -> direct(request, parameters);
            case COMPLEMENT_DATA -> backfill(request, parameters);
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
        select(parameters, run);
        long execId = request.remora().executor().run(run.build());
        return Reply.json(201, json -> {
            json.writeStartObject();
            ids(json, List.of(execId));
            json.writeEndObject();
        });
    }

    /** All runs of a backfill are known at once; its id is an addition. */
    private static Reply backfill(Request request, Parameters parameters) {
        BackfillRequest.Builder wanted = BackfillSchedule.request(parameters);
        select(parameters, wanted);
        Backfill backfill = request.remora().backfills().start(wanted.build());
        return Reply.json(201, json -> {
            json.writeStartObject();
            ids(json, backfill.runs().stream().map(PlannedRun::execId).toList());
            json.writeNumberField("backfillId", backfill.id());
            json.writeEndObject();
        });
    }

    private static void select(Parameters parameters, RunOptions.Settings<?> run) {
        run.nodes(nodes(parameters));
        parameters.choice("nodeDep", NodeDependency.class).ifPresent(run::nodeDependency);
        RunParameters.apply(parameters, run);
    }

    /** One name, or several with commas in between, which no name holds, or a JSON array of names. */
    private static String[] nodes(Parameters parameters) {
        List<String> given = parameters.texts("nodeName");
        return given.stream()
                .flatMap(text -> List.of(text.split(",")).stream())
                .map(String::strip)
                .toArray(String[]::new);
    }

    private static void ids(JsonGenerator json, List<Long> execIds) throws IOException {
        json.writeArrayFieldStart("execIds");
        for (long execId : execIds) {
            json.writeNumber(execId);
        }
        json.writeEndArray();
    }
}

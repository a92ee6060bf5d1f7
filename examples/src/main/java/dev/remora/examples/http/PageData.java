package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.remora.error.NotFoundException;
import dev.remora.model.Cause;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.JobId;
import dev.remora.model.NodeExecution;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the page for people asks for beside the API: an execution in a form that stays small with thousands of nodes. What
 * does not change within a round comes once, and states come as columns.
 */
final class PageData {
    /** Of more nodes no picture is drawn. */
    static final int MOST_NODES = 50_000;

    private PageData() {}

    static List<Route> routes() {
        return List.of(
                Route.get("/page/executions/*/graph", PageData::graph),
                Route.get("/page/executions/*/states", PageData::states),
                Route.get("/page/executions/*/nodes/*", PageData::node),
                Route.get("/page/user", PageData::user));
    }

    private static Reply user(Request request) {
        request.query(Set.of());
        return Reply.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("user", request.user());
            json.writeEndObject();
        });
    }

    private static Reply graph(Request request) {
        request.query(Set.of());
        ExecutionDetail detail = find(request);
        Map<String, Integer> indexes = new HashMap<>();
        for (NodeExecution node : detail.nodes()) {
            indexes.put(node.name(), indexes.size());
        }
        return Reply.json(200, json -> {
            json.writeStartObject();
            json.writeNumberField("round", detail.execution().round());
            json.writeNumberField("version", detail.execution().version());
            json.writeArrayFieldStart("names");
            for (NodeExecution node : detail.nodes()) {
                json.writeString(node.name());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("types");
            for (NodeExecution node : detail.nodes()) {
                json.writeString(node.node().type());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("dep");
            for (NodeExecution node : detail.nodes()) {
                json.writeStartArray();
                for (String dep : node.node().dep()) {
                    json.writeNumber(indexes.get(dep));
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static Reply states(Request request) {
        request.query(Set.of());
        ExecutionDetail detail = find(request);
        byte[] body = Reply.bytes(json -> write(json, detail));
        return Reply.unlessKnown(body, request.header("If-None-Match"));
    }

    private static void write(JsonGenerator json, ExecutionDetail detail) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("execution");
        // why: what grows with the clock would make every answer differ from the one before
        ExecutionJson.write(json, detail.execution(), Optional.empty());
        json.writeEndObject();
        json.writeArrayFieldStart("status");
        for (NodeExecution node : detail.nodes()) {
            json.writeNumber(node.status().code());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("start");
        for (NodeExecution node : detail.nodes()) {
            json.writeNumber(node.startTime().map(time -> time.toEpochMilli()).orElse(0L));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("end");
        for (NodeExecution node : detail.nodes()) {
            json.writeNumber(node.endTime().map(time -> time.toEpochMilli()).orElse(0L));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("attempt");
        for (NodeExecution node : detail.nodes()) {
            json.writeNumber(node.attempt());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cause");
        for (NodeExecution node : detail.nodes()) {
            json.writeString(node.cause().map(Cause::name).orElse(""));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static Reply node(Request request) {
        request.query(Set.of());
        String name = request.variable(1);
        ExecutionDetail detail = DetailEndpoint.find(request);
        NodeExecution node = detail.nodes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> NotFoundException.job(new JobId(detail.execution().execId(), name).toString()));
        return Reply.json(200, json -> ExecutionJson.write(json, node));
    }

    private static ExecutionDetail find(Request request) {
        ExecutionDetail detail = DetailEndpoint.find(request);
        if (detail.nodes().size() > MOST_NODES) {
            throw new HttpProblem(
                    413,
                    "TOO_MANY_NODES",
                    "the execution has " + detail.nodes().size() + " nodes, more than the " + MOST_NODES
                            + " that the page shows; GET /executors/" + request.variable(0) + " has them all");
        }
        return detail;
    }
}

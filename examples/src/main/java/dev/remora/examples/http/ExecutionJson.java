package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.NodeExecution;
import dev.remora.model.Parameter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Executions and their nodes with the field names of the origin; what it does not have comes after what it has. */
final class ExecutionJson {
    private ExecutionJson() {}

    /** Writes the fields of an execution into an object. */
    static void write(JsonGenerator json, Execution execution) throws IOException {
        write(json, execution, execution.duration());
    }

    /** Writes the fields of an execution, and another duration. */
    static void write(JsonGenerator json, Execution execution, Optional<Duration> duration) throws IOException {
        json.writeNumberField("execId", execution.execId());
        json.writeStringField("projectName", execution.project());
        json.writeStringField("workflowName", execution.workflow());
        json.writeStringField("execType", execution.type().name());
        Json.time(json, "submitTime", Optional.of(execution.submitTime()));
        Json.time(json, "startTime", execution.startTime());
        Json.time(json, "endTime", execution.endTime());
        Json.time(json, "scheduleTime", Optional.of(execution.scheduleTime()));
        Json.seconds(json, "duration", duration);
        json.writeStringField("submitUser", execution.submitUser());
        Json.text(json, "proxyUser", execution.options().proxyUser());
        Json.text(json, "queue", execution.options().queue());
        json.writeNumberField("status", execution.status().code());
        json.writeStringField("owner", execution.owner());
        Json.tree(json, "extras", execution.options().extras());
        json.writeNumberField("version", execution.version());
        Json.text(json, "cause", execution.cause());
        json.writeNumberField("round", execution.round());
        json.writeStringField(
                "failurePolicy", execution.options().failurePolicy().name());
        Json.seconds(json, "timeout", execution.options().timeout());
        json.writeNumberField("priority", execution.options().priority());
        Json.texts(json, "nodeName", execution.options().nodes());
        json.writeStringField("nodeDep", execution.options().nodeDependency().name());
        json.writeStringField("notifyType", execution.options().notifyType().name());
        Json.texts(json, "notifyMails", execution.options().notifyMails());
        texts(json, "params", execution.options().params());
        if (execution.damage().isPresent()) {
            Json.text(json, "damage", execution.damage());
        }
    }

    /** Writes an execution with its nodes. */
    static void write(JsonGenerator json, ExecutionDetail detail) throws IOException {
        json.writeStartObject();
        write(json, detail.execution());
        json.writeObjectFieldStart("data");
        json.writeArrayFieldStart("nodes");
        for (NodeExecution node : detail.nodes()) {
            write(json, node);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("userDefParams");
        for (Parameter parameter : detail.userDefParams()) {
            json.writeStartObject();
            json.writeStringField("prop", parameter.prop());
            json.writeStringField("value", parameter.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, NodeExecution node) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeStringField("desc", node.node().desc());
        json.writeStringField("type", node.node().type());
        Json.time(json, "startTime", node.startTime());
        Json.time(json, "endTime", node.endTime());
        Json.tree(json, "parameter", node.node().parameter());
        Json.seconds(json, "duration", node.duration());
        json.writeNumberField("status", node.status().code());
        Json.texts(json, "appLinks", node.appLinks());
        json.writeStringField("jobId", node.jobId());
        Json.texts(json, "dep", node.node().dep());
        Json.tree(json, "extras", node.node().extras());
        Json.text(json, "cause", node.cause());
        json.writeStringField("message", node.message());
        json.writeNumberField("attempt", node.attempt());
        json.writeNumberField("round", node.round());
        Json.time(json, "nextAttemptTime", node.nextAttemptTime());
        json.writeStringField("trigger", node.node().trigger().name());
        json.writeBooleanField("disabled", node.node().disabled());
        json.writeStringField("pool", node.node().pool());
        texts(json, "outputs", node.outputs());
        json.writeFieldName("resolvedParameter");
        if (node.resolvedParameter().isPresent()) {
            json.writeTree(node.resolvedParameter().get());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}

package dev.remora.internal.definition;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.tree.Json;
import dev.remora.model.Node;
import dev.remora.model.OnLost;
import dev.remora.model.Parameter;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.io.IOException;

/** Writes a definition. */
public final class DefinitionWriter {
    private final JsonGenerator out;

    DefinitionWriter(JsonGenerator out) {
        this.out = out;
    }

    void write(Workflow workflow) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("nodes");
        for (Node node : workflow.nodes()) {
            write(node);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("userDefParams");
        for (Parameter parameter : workflow.userDefParams()) {
            out.writeStartObject();
            out.writeStringField("prop", parameter.prop());
            out.writeStringField("value", parameter.value());
            out.writeEndObject();
        }
        out.writeEndArray();
        if (!workflow.extras().equals(Json.EMPTY)) {
            tree("extras", workflow.extras());
        }
        out.writeEndObject();
    }

    private void write(Node node) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", node.name());
        out.writeStringField("type", node.type());
        out.writeStringField("desc", node.desc());
        tree("parameter", node.parameter());
        out.writeArrayFieldStart("dep");
        for (String dependency : node.dep()) {
            out.writeString(dependency);
        }
        out.writeEndArray();
        tree("extras", node.extras());
        if (!node.retry().equals(RetryPolicy.NONE)) {
            write(node.retry());
        }
        if (node.timeout().isPresent()) {
            out.writeStringField("timeout", node.timeout().get().toString());
        }
        if (node.trigger() != Trigger.ALL_SUCCESS) {
            out.writeStringField("trigger", node.trigger().name());
        }
        if (node.disabled()) {
            out.writeBooleanField("disabled", true);
        }
        if (!node.pool().equals(Node.DEFAULT_POOL)) {
            out.writeStringField("pool", node.pool());
        }
        if (node.onLost() != OnLost.RERUN) {
            out.writeStringField("onLost", node.onLost().name());
        }
        out.writeEndObject();
    }

    private void write(RetryPolicy retry) throws IOException {
        RetryPolicy none = RetryPolicy.NONE;
        out.writeObjectFieldStart("retry");
        out.writeNumberField("maxAttempts", retry.maxAttempts());
        if (!retry.backoff().equals(none.backoff())) {
            out.writeStringField("backoff", retry.backoff().toString());
        }
        if (Double.compare(retry.multiplier(), none.multiplier()) != 0) {
            out.writeNumberField("multiplier", retry.multiplier());
        }
        if (!retry.maxBackoff().equals(none.maxBackoff())) {
            out.writeStringField("maxBackoff", retry.maxBackoff().toString());
        }
        if (Double.compare(retry.jitter(), none.jitter()) != 0) {
            out.writeNumberField("jitter", retry.jitter());
        }
        out.writeEndObject();
    }

    private void tree(String key, JsonNode value) throws IOException {
        out.writeFieldName(key);
        tree(value);
    }

    private void tree(JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (var entry : value.properties()) {
                    tree(entry.getKey(), entry.getValue());
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : value) {
                    tree(element);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(value.textValue());
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NULL -> out.writeNull();
            case NUMBER -> number(value);
            default -> throw new IllegalStateException("a definition holds " + value.getNodeType());
        }
    }

    private void number(JsonNode value) throws IOException {
        if (value.isBigDecimal()) {
            out.writeNumber(value.decimalValue());
        } else if (value.isBigInteger()) {
            out.writeNumber(value.bigIntegerValue());
        } else {
            out.writeNumber(value.longValue());
        }
    }
}

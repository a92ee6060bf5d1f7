package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.remora.Remora;
import dev.remora.model.Health;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** How the engine is, and what it has done, for the monitoring of whoever runs the server. */
final class StateEndpoints {
    private static final Comparator<Meter> ORDER = Comparator.<Meter, String>comparing(
                    meter -> meter.getId().getName())
            .thenComparing(meter -> meter.getId().getTags().toString());

    private final Remora remora;
    private final MeterRegistry registry;

    private StateEndpoints(Remora remora, MeterRegistry registry) {
        this.remora = remora;
        this.registry = registry;
    }

    static List<Route> routes(Remora remora, MeterRegistry registry) {
        StateEndpoints state = new StateEndpoints(remora, registry);
        return List.of(Route.get("/health", state::health), Route.get("/metrics", state::metrics));
    }

    private Reply health(Request request) {
        Health health = remora.health();
        return Reply.json(health.condition() == Health.Condition.UP ? 200 : 503, json -> {
            json.writeStartObject();
            json.writeStringField("condition", health.condition().name());
            json.writeStringField("summary", health.summary());
            json.writeBooleanField("leaseHeld", health.leaseHeld());
            Json.text(json, "storageProblem", health.storageProblem());
            json.writeNumberField("activeExecutions", health.activeExecutions());
            json.writeNumberField("troubledExecutions", health.troubledExecutions());
            json.writeNumberField("runningNodes", health.runningNodes());
            json.writeNumberField("usedSlots", health.usedSlots());
            json.writeNumberField("slots", health.slots());
            json.writeNumberField("waitingNodes", health.waitingNodes());
            json.writeNumberField("waitingCommits", health.waitingCommits());
            json.writeEndObject();
        });
    }

    private Reply metrics(Request request) {
        List<Meter> meters = registry.getMeters().stream().sorted(ORDER).toList();
        return Reply.json(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("meters");
            for (Meter meter : meters) {
                write(json, meter);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Meter meter) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", meter.getId().getName());
        json.writeObjectFieldStart("tags");
        for (Tag tag : meter.getId().getTags()) {
            json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("values");
        for (Measurement value : meter.measure()) {
            json.writeNumberField(value.getStatistic().getTagValueRepresentation(), value.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}

package dev.remora.storage.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillScope;
import dev.remora.model.MisfirePolicy;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.RunOptions;
import dev.remora.model.Schedule;
import dev.remora.spi.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Schedules, requests for backfills, and what these add to executions, as JSON; see {@link StoredJson}. */
final class TimeJson {
    private TimeJson() {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Writes an occasion without its zone; empty if there is nothing but that. */
    static Optional<String> write(Occasion occasion) {
        ObjectNode json = object();
        occasion.backfillId().ifPresent(id -> json.put("backfillId", id));
        if (occasion.attempts() != 1) {
            json.put("attempts", occasion.attempts());
        }
        occasion.previousTime().ifPresent(time -> json.put("previousTime", time.toString()));
        if (!occasion.waits().isEmpty()) {
            for (Occasion.Wait wait : occasion.waits()) {
                json.withArray("waits")
                        .addObject()
                        .put("workflow", wait.workflow())
                        .put("period", wait.period().name());
            }
        }
        occasion.waitTimeout().ifPresent(limit -> json.put("waitTimeout", limit.toString()));
        return json.isEmpty() ? Optional.empty() : Optional.of(StoredJson.text(json));
    }

    /**
     * Reads an occasion.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static Occasion occasion(String zone, Optional<String> text) {
        ZoneId local = ZoneId.of(zone);
        if (text.isEmpty()) {
            return Occasion.in(local);
        }
        JsonNode json = StoredJson.parse(text.get());
        List<Occasion.Wait> waits = new ArrayList<>();
        for (JsonNode wait : json.path("waits")) {
            waits.add(new Occasion.Wait(
                    wait.get("workflow").textValue(),
                    Occasion.Period.valueOf(wait.get("period").textValue())));
        }
        return new Occasion(
                local,
                json.has("backfillId") ? OptionalLong.of(json.get("backfillId").longValue()) : OptionalLong.empty(),
                json.path("attempts").asInt(1),
                time(json, "previousTime"),
                waits,
                StoredJson.word(json, "waitTimeout").map(Duration::parse));
    }

    /** Writes a schedule without its project and its workflow. */
    static String write(Schedule schedule) {
        ObjectNode json = object().put("cron", schedule.cron());
        schedule.zone().ifPresent(zone -> json.put("zone", zone.getId()));
        schedule.start().ifPresent(time -> json.put("start", time.toString()));
        schedule.end().ifPresent(time -> json.put("end", time.toString()));
        json.put("online", schedule.online())
                .put("misfire", schedule.misfire().name())
                .put("overlap", schedule.overlap().name())
                .put("attempts", schedule.attempts());
        schedule.waitFor().forEach(json.putArray("waitFor")::add);
        json.put("waitForPrevious", schedule.waitForPrevious());
        schedule.waitTimeout().ifPresent(limit -> json.put("waitTimeout", limit.toString()));
        StoredJson.json(schedule.options()).ifPresent(options -> json.set("options", options));
        return StoredJson.text(json);
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static Schedule schedule(String project, String workflow, String text) {
        JsonNode json = StoredJson.parse(text);
        return new Schedule(
                project,
                workflow,
                json.get("cron").textValue(),
                zone(json),
                time(json, "start"),
                time(json, "end"),
                json.get("online").booleanValue(),
                MisfirePolicy.valueOf(json.get("misfire").textValue()),
                OverlapPolicy.valueOf(json.get("overlap").textValue()),
                json.get("attempts").intValue(),
                StoredJson.texts(json.path("waitFor")),
                json.get("waitForPrevious").booleanValue(),
                StoredJson.word(json, "waitTimeout").map(Duration::parse),
                options(json));
    }

    /** Writes a request without its project and its workflow. */
    static String write(BackfillRequest request) {
        ObjectNode json = object().put("from", request.from().toString())
                .put("to", request.to().toString());
        request.cron().ifPresent(cron -> json.put("cron", cron));
        request.zone().ifPresent(zone -> json.put("zone", zone.getId()));
        json.put("scope", request.scope().name())
                .put("order", request.order().name())
                .put("parallel", request.parallel())
                .put("stopOnFailure", request.stopOnFailure())
                .put("waits", request.waits())
                .put("attempts", request.attempts());
        StoredJson.json(request.options()).ifPresent(options -> json.set("options", options));
        return StoredJson.text(json);
    }

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static BackfillRequest request(String project, String workflow, String text) {
        JsonNode json = StoredJson.parse(text);
        return new BackfillRequest(
                project,
                workflow,
                time(json, "from").orElseThrow(IllegalArgumentException::new),
                time(json, "to").orElseThrow(IllegalArgumentException::new),
                StoredJson.word(json, "cron"),
                zone(json),
                BackfillScope.valueOf(json.get("scope").textValue()),
                BackfillOrder.valueOf(json.get("order").textValue()),
                json.get("parallel").intValue(),
                json.get("stopOnFailure").booleanValue(),
                json.get("waits").booleanValue(),
                json.get("attempts").intValue(),
                options(json));
    }

    private static RunOptions options(JsonNode json) {
        return json.has("options") ? StoredJson.options(json.get("options")) : RunOptions.DEFAULT;
    }

    private static Optional<Instant> time(JsonNode json, String name) {
        return StoredJson.word(json, name).map(Instant::parse);
    }

    private static Optional<ZoneId> zone(JsonNode json) {
        return StoredJson.word(json, "zone").map(ZoneId::of);
    }
}

package dev.remora.examples.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillScope;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameter {@code schedule} of a backfill: a JSON object with {@code startDate} and {@code endDate}, both inclusive, in
 * epoch milliseconds or as ISO texts with an offset, and {@code cron} if it is another one than that of the workflow's
 * schedule. The origin only names the parameter; {@code crontab} is taken for {@code cron}, too. The others are additions.
 */
final class BackfillSchedule {
    private static final String NAME = "schedule";
    private static final Set<String> FIELDS = Set.of(
            "startDate",
            "endDate",
            "cron",
            "crontab",
            "timezone",
            "parallel",
            "order",
            "scope",
            "stopOnFailure",
            "waits",
            "attempts");

    private final Map<String, JsonNode> fields = new TreeMap<>();

    private BackfillSchedule(JsonNode object) {
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        Set<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.iterator().next(), "is no field of it; it takes " + new TreeSet<>(FIELDS));
        }
        if (fields.containsKey("cron") && fields.containsKey("crontab")) {
            throw wrong("crontab", "is another name of cron, which is there, too");
        }
    }

    /** Starts a request with all that the schedule says. */
    static BackfillRequest.Builder request(Parameters parameters) {
        BackfillSchedule schedule = new BackfillSchedule(parameters
                .object(NAME)
                .orElseThrow(() ->
                        HttpProblem.parameter(NAME, "is missing; a backfill needs it, with startDate and endDate")));
        BackfillRequest.Builder request = BackfillRequest.builder(
                parameters.required("projectName"),
                parameters.required("workflowName"),
                schedule.time("startDate"),
                schedule.time("endDate"));
        schedule.text("cron").or(() -> schedule.text("crontab")).ifPresent(request::cron);
        schedule.text("timezone").map(BackfillSchedule::zone).ifPresent(request::zone);
        schedule.number("parallel").ifPresent(request::parallel);
        schedule.number("attempts").ifPresent(request::attempts);
        schedule.choice("order", BackfillOrder.class).ifPresent(request::order);
        schedule.choice("scope", BackfillScope.class).ifPresent(request::scope);
        schedule.flag("stopOnFailure").ifPresent(request::stopOnFailure);
        schedule.flag("waits").ifPresent(request::waits);
        return request;
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isNull());
    }

    private Instant time(String name) {
        JsonNode value = field(name)
                .orElseThrow(() -> wrong(name, "is missing; it is required, such as \"2026-01-01T00:00:00Z\""));
        try {
            if (value.isIntegralNumber()) {
                return Instant.ofEpochMilli(value.bigIntegerValue().longValueExact());
            }
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (ArithmeticException | DateTimeParseException noTime) {
            throw wrong(name, "must be epoch milliseconds, or a text such as \"2026-01-01T00:00:00Z\"");
        }
    }

    private Optional<String> text(String name) {
        return field(name).map(value -> {
            if (!value.isTextual()) {
                throw wrong(name, "must be a text");
            }
            return value.textValue();
        });
    }

    private Optional<Integer> number(String name) {
        return field(name).map(value -> {
            BigInteger number = value.isIntegralNumber() ? value.bigIntegerValue() : BigInteger.valueOf(Long.MAX_VALUE);
            if (number.bitLength() >= Integer.SIZE) {
                throw wrong(name, "must be a whole number");
            }
            return number.intValue();
        });
    }

    private Optional<Boolean> flag(String name) {
        return field(name).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(name, "must be true or false");
            }
            return value.booleanValue();
        });
    }

    private <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return text(name)
                .map(text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> wrong(name, "must be one of " + Arrays.toString(type.getEnumConstants()))));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw wrong("timezone", "must be a time zone such as \"Europe/Berlin\"");
        }
    }

    private static HttpProblem wrong(String field, String problem) {
        return HttpProblem.parameter(NAME + "." + field, problem);
    }
}

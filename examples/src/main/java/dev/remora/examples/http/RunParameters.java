package dev.remora.examples.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.FailurePolicy;
import dev.remora.model.NotifyType;
import dev.remora.model.RunOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters that every kind of run has. */
final class RunParameters {
    /** Those of the origin. */
    private static final Set<String> ORIGIN =
            Set.of("projectName", "workflowName", "failurePolicy", "notifyType", "notifyMails", "timeout");

    /** Those that the origin has for some kinds of runs, or not at all. */
    private static final Set<String> MORE =
            Set.of("proxyUser", "queue", "extras", "params", "priority", "idempotencyKey");

    private RunParameters() {}

    static Set<String> and(String... others) {
        Set<String> names = new HashSet<>(ORIGIN);
        names.addAll(MORE);
        names.addAll(Arrays.asList(others));
        return names;
    }

    static void apply(Parameters from, RunOptions.Settings<?> to) {
        from.choice("failurePolicy", FailurePolicy.class).ifPresent(to::failurePolicy);
        from.choice("notifyType", NotifyType.class).ifPresent(to::notifyType);
        to.notifyMails(from.texts("notifyMails").toArray(String[]::new));
        from.seconds("timeout").ifPresent(to::timeout);
        from.text("proxyUser").ifPresent(to::proxyUser);
        from.text("queue").ifPresent(to::queue);
        from.text("idempotencyKey").ifPresent(to::idempotencyKey);
        from.number("priority", 1, 10).ifPresent(rank -> to.priority((int) rank));
        from.json("extras").ifPresent(to::extras);
        from.object("params").map(RunParameters::texts).ifPresent(to::params);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw HttpProblem.parameter("params", "has a value for " + entry.getKey() + " that is no text");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        });
        return texts;
    }
}

package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the parameter of a SHELL node. */
final class ShellParameter {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String OWN_PREFIX = "REMORA_";

    private ShellParameter() {}

    static List<Problem> check(JsonNode parameter) {
        Fields fields = new Fields(parameter, List.of("script", ResourceList.KEY, "env"));
        fields.requireText("script");
        ResourceList.check(fields, parameter);
        fields.find("env").ifPresent(env -> environment(fields, env));
        return fields.problems();
    }

    private static void environment(Fields fields, JsonNode env) {
        if (!env.isObject()) {
            fields.add("env", "is " + Fields.kind(env) + "; it must be an object of texts");
            return;
        }
        env.properties().forEach(variable -> {
            String path = "env." + variable.getKey();
            JsonNode value = variable.getValue();
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                fields.add(path, "is no name of a variable; it must be letters, digits and _, no digit first");
            } else if (variable.getKey().startsWith(OWN_PREFIX)) {
                fields.add(path, "is reserved; names that begin with " + OWN_PREFIX + " are set by the engine");
            }
            if (!value.isTextual()) {
                fields.add(path, "is " + Fields.kind(value) + "; it must be a text");
            } else if (value.textValue().indexOf('\0') >= 0) {
                fields.add(path, "holds a NUL character, which no environment can hold");
            }
        });
    }
}

package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Checks the form of a list of resources; whether they exist is not looked at. */
final class ResourceList {
    private static final List<String> KEYS = List.of("scope", "res", "alias");
    private static final TreeSet<String> SCOPES = new TreeSet<>(List.of("PROJECT", "WORKFLOW"));

    private ResourceList() {}

    static void check(Fields fields, String name) {
        fields.find(name).ifPresent(list -> {
            if (!list.isArray()) {
                fields.add(name, "is " + Fields.kind(list) + "; it must be a list of resources");
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                fields.addAll(name + "[" + i + "]", resource(list.get(i)).problems());
            }
        });
    }

    private static Fields resource(JsonNode resource) {
        Fields fields = new Fields(resource, KEYS);
        fields.oneOf("scope", SCOPES);
        fields.requireText("res");
        fields.text("alias");
        staysInside(fields, "res");
        staysInside(fields, "alias");
        return fields;
    }

    private static void staysInside(Fields fields, String name) {
        fields.find(name).filter(JsonNode::isTextual).map(JsonNode::textValue).ifPresent(path -> {
            if (path.startsWith("/") || Arrays.asList(path.split("/")).contains("..")) {
                fields.add(name, "is " + path + "; it must be a relative path without '..'");
            }
        });
    }
}

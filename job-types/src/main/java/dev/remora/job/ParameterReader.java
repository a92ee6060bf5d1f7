package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of a parameter that was checked before, with every placeholder resolved. */
record ParameterReader(JsonNode object) {
    String text(String name) {
        return object.path(name).asText();
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(object.get(name)).map(JsonNode::asText);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        object.path(name).forEach(value -> texts.add(value.asText()));
        return texts;
    }

    Map<String, String> properties(String name) {
        Map<String, String> properties = new LinkedHashMap<>();
        object.path(name)
                .forEach(property -> properties.put(
                        property.path("prop").asText(), property.path("value").asText()));
        return properties;
    }
}

package dev.remora.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.remora.model.Node;
import dev.remora.model.WorkflowJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenObjectTest {
    private static ObjectNode object(int size) {
        ObjectNode object = Json.NODES.objectNode();
        for (int i = size; i > 0; i--) {
            // why: keys of these kinds have equal hash codes in pairs
            object.put((i % 2 == 0 ? "Aa" : "BB") + i / 2, i);
        }
        return object;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 15, 16, 17, 100, 1000})
    void isLikeTheObjectThatItIsMadeOf(int size) {
        ObjectNode object = object(size);
        FrozenObject frozen = FrozenObject.of(object);

        assertThat((JsonNode) frozen).isEqualTo(object).hasSameHashCodeAs(object);
        assertThat((JsonNode) object).isEqualTo(frozen);
        assertThat(frozen).hasToString(object.toString());
        assertThat(frozen.size()).isEqualTo(size);
        assertThat(frozen.fieldNames()).toIterable().containsExactlyElementsOf(() -> object.fieldNames());
        object.fieldNames().forEachRemaining(key -> assertThat(frozen.get(key)).isSameAs(object.get(key)));
        assertThat(frozen.has("none")).isFalse();
        assertThat(frozen.get("none")).isNull();
        assertThat(frozen.path("none").isMissingNode()).isTrue();
    }

    @Test
    void anotherValueOrOneMoreMakesAnotherObject() {
        FrozenObject frozen = FrozenObject.of(object(9));

        FrozenObject more = frozen.with("more", TextNode.valueOf("x")).with("BB0", TextNode.valueOf("y"));

        ObjectNode expected = object(9);
        expected.put("more", "x").put("BB0", "y");
        assertThat(more).hasToString(expected.toString());
        assertThat((JsonNode) frozen).isEqualTo(object(9));
    }

    @Test
    void nobodyCanChangeADefinition() {
        Node node = Node.builder("a", "VIRTUAL")
                .parameter(
                        "list",
                        Json.NODES.arrayNode().add(Json.NODES.objectNode().put("x", 1)))
                .parameter("key", "value")
                .build();

        refusesChanges(node.parameter());
        refusesChanges(Node.builder("b", "VIRTUAL").build().parameter());
        refusesChanges(WorkflowJson.parse("""
                {"nodes": [{"name": "a", "type": "VIRTUAL", "parameter": {"list": [{"x": 1}]}}]}
                """).nodes().get(0).parameter());
        assertThat(node.parameter()).hasToString("{\"list\":[{\"x\":1}],\"key\":\"value\"}");
        assertThat(((ObjectNode) node.parameter().deepCopy())
                        .put("key", "other")
                        .get("key"))
                .hasToString("\"other\"");
    }

    private static void refusesChanges(JsonNode parameter) {
        ObjectNode object = (ObjectNode) parameter;
        refused(() -> object.put("key", "other"));
        refused(() -> object.remove("key"));
        refused(object::removeAll);
        refused(() -> object.setAll(Map.of("k", TextNode.valueOf("v"))));
        object.properties().forEach(entry -> refused(() -> entry.setValue(TextNode.valueOf("v"))));
        if (object.has("list")) {
            ArrayNode list = (ArrayNode) object.get("list");
            refused(() -> list.add(1));
            refused(list::removeAll);
            refused(() -> ((ObjectNode) list.get(0)).put("x", 2));
        }
    }

    private static void refused(Runnable change) {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
    }
}

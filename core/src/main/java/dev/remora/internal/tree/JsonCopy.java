package dev.remora.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Copies trees that an application built, so that they equal what is read back after they were written: Jackson tells
 * an int 1 from a long 1, and a double 1.5 from a decimal 1.5.
 */
public final class JsonCopy {
    private JsonCopy() {}

    /**
     * Copies a tree: whole numbers in the smallest form that holds them, others as decimals with their digits, bytes as
     * the text that they are written as. Nobody can change the copy. What is no JSON, or nested too deep, stays as it is for {@link JsonSize} to
     * report.
     */
    public static JsonNode of(JsonNode tree) {
        return tree.isObject() && tree.isEmpty() ? Json.EMPTY : copy(tree, 1);
    }

    private static JsonNode copy(JsonNode tree, int depth) {
        if (tree.isContainerNode() && depth > Json.DEEPEST) {
            return tree;
        }
        if (tree instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(entry -> copy.set(entry.getKey(), copy(entry.getValue(), depth + 1)));
            return FrozenObject.of(copy);
        }
        if (tree instanceof ArrayNode array) {
            JsonNode[] copy = new JsonNode[array.size()];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = copy(array.get(i), depth + 1);
            }
            return FrozenObject.array(copy);
        }
        if (tree instanceof BinaryNode) {
            return Json.NODES.textNode(tree.asText());
        }
        return tree.isNumber() ? number(tree) : tree;
    }

    private static JsonNode number(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.isBigInteger() ? whole(number.bigIntegerValue()) : whole(number.longValue());
        }
        if (number.isBigDecimal()) {
            return decimal(number.decimalValue());
        }
        if (!Double.isFinite(number.doubleValue())) {
            return number;
        }
        return decimal(new BigDecimal(
                number.isFloat() ? Float.toString(number.floatValue()) : Double.toString(number.doubleValue())));
    }

    /** Makes a decimal. One without a fraction is written without a point, so it is read back as a whole number. */
    public static JsonNode decimal(BigDecimal value) {
        return value.scale() == 0 ? whole(value.unscaledValue()) : DecimalNode.valueOf(value);
    }

    public static JsonNode whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? whole(value.longValue()) : Json.NODES.numberNode(value);
    }

    private static JsonNode whole(long value) {
        return value == (int) value ? Json.NODES.numberNode((int) value) : Json.NODES.numberNode(value);
    }
}

package dev.remora.internal.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;

/** What reading, writing and checking JSON have in common. */
public final class Json {
    /** How deep parameters and extras may be nested: trees are walked by recursion, here and in job types. */
    public static final int DEEPEST = 500;

    public static final int DEEPEST_TEXT = 2 * DEEPEST;

    public static final String DEPTH_RULE = "is nested deeper than " + DEEPEST + " levels";
    public static final String NUMBER_RULE = "is a number of more than 1000 digits or with an exponent beyond 100000";

    public static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    public static final FrozenObject EMPTY = FrozenObject.of(NODES.objectNode());

    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_TEXT)
                    .maxNumberLength(1100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final int LARGEST_SCALE = 100_000;
    private static final int MOST_BITS = BigInteger.TEN.pow(1000).bitLength();

    private Json() {}

    /** Makes an object to be filled, and then frozen; it takes little room while it has few members. */
    public static ObjectNode object() {
        return new ObjectNode(NODES, new LinkedHashMap<>(2));
    }

    /**
     * Tells whether a number is small enough to be calculated with: a few characters such as {@code 1e999999999} must
     * not become a gigabyte of digits in a job type that asks for an integer.
     */
    public static boolean isHandy(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LARGEST_SCALE && isHandy(number.unscaledValue());
    }

    public static boolean isHandy(BigInteger number) {
        return number.bitLength() <= MOST_BITS;
    }
}

package dev.remora.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An object that nobody can change: what would do so throws {@link UnsupportedOperationException}. So a definition and what
 * is resolved of it can be handed to any number of jobs without a copy. {@code deepCopy} gives one that can be changed.
 */
// why: the compiler warns of the way in which ObjectNode itself overrides deepCopy
@SuppressWarnings("unchecked")
public final class FrozenObject extends ObjectNode {
    private static final long serialVersionUID = 1L;

    private final transient Members members;

    private FrozenObject(Members members) {
        super(Json.NODES, members);
        this.members = members;
    }

    /** Freezes an object; its values are shared. */
    public static FrozenObject of(ObjectNode object) {
        return object instanceof FrozenObject frozen ? frozen : of(object.properties(), object.size());
    }

    private static FrozenObject of(Iterable<Map.Entry<String, JsonNode>> entries, int size) {
        String[] names = new String[size];
        JsonNode[] values = new JsonNode[size];
        int next = 0;
        for (Map.Entry<String, JsonNode> entry : entries) {
            names[next] = entry.getKey();
            values[next++] = entry.getValue();
        }
        return new FrozenObject(new Members(new Keys(names), values));
    }

    /** Makes an array that nobody can change; its elements are shared. */
    public static ArrayNode array(JsonNode... elements) {
        return new ArrayNode(Json.NODES, List.of(elements));
    }

    /** Returns the object with one member more, or with another value of that key. */
    public FrozenObject with(String key, JsonNode value) {
        int index = members.keys().indexOf(key);
        if (index >= 0) {
            JsonNode[] values = members.copyOfValues();
            values[index] = value;
            return withValues(values);
        }
        int size = members.size();
        String[] names = new String[size + 1];
        for (int i = 0; i < size; i++) {
            names[i] = members.keys().get(i);
        }
        names[size] = key;
        JsonNode[] values = Arrays.copyOf(members.copyOfValues(), size + 1);
        values[size] = value;
        return new FrozenObject(new Members(new Keys(names), values));
    }

    /** Returns an object with the same keys and these values, which are not copied. */
    public FrozenObject withValues(JsonNode[] values) {
        return new FrozenObject(members.with(values));
    }

    /** Returns a copy of the values, in the order of the keys. */
    public JsonNode[] copyOfValues() {
        return members.copyOfValues();
    }

    /** Returns a value by the place of its key. */
    public JsonNode value(int index) {
        return members.value(index);
    }

    /** Returns a key by its place. */
    public String key(int index) {
        return members.keys().get(index);
    }
}

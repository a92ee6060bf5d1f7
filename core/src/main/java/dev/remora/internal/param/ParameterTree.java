package dev.remora.internal.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.remora.internal.tree.FrozenObject;
import dev.remora.internal.tree.Json;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * The texts of a parameter that are not plain, and the way to them. What is plain is shared, never copied; what is resolved
 * cannot be changed, so it may be shared too.
 */
sealed interface ParameterTree {
    /** Levels of nesting; what lies deeper stays as it is. No JSON text that can be read back goes as deep. */
    int DEEPEST = 1_000;

    SharedText[] NO_TEXTS = {};
    ParameterTree[] NO_TREES = {};

    /** Puts texts in the place of texts; returns the value that was read if they are all equal to what they replace. */
    JsonNode resolve(Place place, Substitution substitution);

    /** Tells whether one of the texts is such. */
    boolean has(Predicate<SharedText> wanted);

    /** Reads a value; empty if all its texts are plain. */
    static Optional<ParameterTree> of(JsonNode value, Function<String, SharedText> read) {
        return of(value, read, 0);
    }

    private static Optional<ParameterTree> of(JsonNode value, Function<String, SharedText> read, int depth) {
        if (value instanceof TextNode text) {
            return text(text, read).map(shared -> new Leaf(text, shared));
        }
        if (depth < DEEPEST && value instanceof ObjectNode object) {
            FrozenObject source = FrozenObject.of(object);
            return branch(source, source.size(), source::value, read, depth);
        }
        if (depth < DEEPEST && value instanceof ArrayNode array) {
            return branch(array, array.size(), array::get, read, depth);
        }
        return Optional.empty();
    }

    private static Optional<SharedText> text(TextNode text, Function<String, SharedText> read) {
        return text.textValue().indexOf('$') < 0
                ? Optional.empty()
                : Optional.of(read.apply(text.textValue()))
                        .filter(shared -> !shared.template().isPlain());
    }

    private static Optional<ParameterTree> branch(
            JsonNode source, int size, IntFunction<JsonNode> values, Function<String, SharedText> read, int depth) {
        SharedText[] texts = new SharedText[size];
        ParameterTree[] trees = new ParameterTree[size];
        boolean hasText = false;
        boolean hasTree = false;
        for (int i = 0; i < size; i++) {
            JsonNode value = values.apply(i);
            if (value instanceof TextNode text) {
                texts[i] = text(text, read).orElse(null);
                hasText |= texts[i] != null;
            } else {
                trees[i] = of(value, read, depth + 1).orElse(null);
                hasTree |= trees[i] != null;
            }
        }
        return hasText || hasTree
                ? Optional.of(new Branch(source, hasText ? texts : NO_TEXTS, hasTree ? trees : NO_TREES))
                : Optional.empty();
    }

    /** Gives a text its value. */
    interface Substitution {
        /**
         * Gives a text its value.
         *
         * @param source the text as it stands in the parameter
         * @return that very object if the value is equal to it
         */
        JsonNode apply(JsonNode source, SharedText text, Place place);
    }

    /**
     * Where a value stands; it becomes a text only in errors.
     *
     * @param within what the place is counted in, if it is a place and no key
     */
    record Place(Object parent, JsonNode within, Object step) {
        static Place of(int node) {
            return new Place("nodes[" + node + "]", Json.EMPTY, "parameter");
        }

        @Override
        public String toString() {
            if (within instanceof FrozenObject object && step instanceof Integer index) {
                return parent + "." + object.key(index);
            }
            return parent + (step instanceof Integer ? "[" + step + "]" : "." + step);
        }
    }

    /** A text that is all there is. */
    record Leaf(TextNode source, SharedText text) implements ParameterTree {
        @Override
        public JsonNode resolve(Place place, Substitution substitution) {
            return substitution.apply(source, text, place);
        }

        @Override
        public boolean has(Predicate<SharedText> wanted) {
            return wanted.test(text);
        }
    }

    /** An object or an array, with arrays by the places of its values, each empty if it would hold nothing. */
    final class Branch implements ParameterTree {
        private final JsonNode source;
        private final SharedText[] texts;
        private final ParameterTree[] trees;

        private Branch(JsonNode source, SharedText[] texts, ParameterTree[] trees) {
            this.source = source;
            this.texts = texts;
            this.trees = trees;
        }

        @Override
        public JsonNode resolve(Place place, Substitution substitution) {
            JsonNode[] changed = null;
            for (int i = 0; i < texts.length; i++) {
                if (texts[i] != null) {
                    JsonNode before = value(i);
                    JsonNode after = substitution.apply(before, texts[i], new Place(place, source, i));
                    changed = changed(changed, i, before, after);
                }
            }
            for (int i = 0; i < trees.length; i++) {
                if (trees[i] != null) {
                    JsonNode after = trees[i].resolve(new Place(place, source, i), substitution);
                    changed = changed(changed, i, value(i), after);
                }
            }
            if (changed == null) {
                return source;
            }
            return source instanceof FrozenObject object ? object.withValues(changed) : FrozenObject.array(changed);
        }

        private JsonNode[] changed(JsonNode[] before, int index, JsonNode old, JsonNode now) {
            if (now == old) {
                return before;
            }
            JsonNode[] values = before == null ? copyOfValues() : before;
            values[index] = now;
            return values;
        }

        private JsonNode value(int index) {
            return source instanceof FrozenObject object ? object.value(index) : source.get(index);
        }

        private JsonNode[] copyOfValues() {
            if (source instanceof FrozenObject object) {
                return object.copyOfValues();
            }
            JsonNode[] elements = new JsonNode[source.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = source.get(i);
            }
            return elements;
        }

        @Override
        public boolean has(Predicate<SharedText> wanted) {
            for (SharedText text : texts) {
                if (text != null && wanted.test(text)) {
                    return true;
                }
            }
            for (ParameterTree tree : trees) {
                if (tree != null && tree.has(wanted)) {
                    return true;
                }
            }
            return false;
        }
    }
}

package dev.remora.internal.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The texts of a parameter that are not plain, and the way to them. What is plain is shared, never copied. */
sealed interface ParameterTree {
    /** Levels of nesting; what lies deeper stays as it is. No JSON text that can be read back goes as deep. */
    int DEEPEST = 1_000;

    /** Puts texts in the place of texts; returns the value that was read if they are all equal to what they replace. */
    JsonNode resolve(Place place, Substitution substitution);

    /** Tells whether a name may be asked for, see {@link Template#mayRefer}. */
    boolean mayRefer(Predicate<String> name);

    /** Reads a value; empty if all its texts are plain. */
    static Optional<ParameterTree> of(JsonNode value, Function<String, Template> read) {
        return of(value, read, 0);
    }

    private static Optional<ParameterTree> of(JsonNode value, Function<String, Template> read, int depth) {
        if (value instanceof TextNode text) {
            return text.textValue().indexOf('$') < 0
                    ? Optional.empty()
                    : Optional.of(read.apply(text.textValue()))
                            .filter(template -> !template.isPlain())
                            .map(template -> new Leaf(text, template));
        }
        List<Child> children = new ArrayList<>();
        if (depth < DEEPEST && value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                of(field.getValue(), read, depth + 1)
                        .ifPresent(tree -> children.add(new Child(field.getKey(), -1, tree)));
            }
        } else if (depth < DEEPEST && value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                of(array.get(i), read, depth + 1).ifPresent(tree -> children.add(new Child("", index, tree)));
            }
        }
        return children.isEmpty() ? Optional.empty() : Optional.of(new Branch(value, List.copyOf(children)));
    }

    /** Gives a text its value. */
    interface Substitution {
        String apply(Template template, Place place);
    }

    /** Where a value stands; it becomes a text only in errors. */
    record Place(Object parent, String step) {
        @Override
        public String toString() {
            return parent + step;
        }
    }

    /** A text. */
    record Leaf(TextNode source, Template template) implements ParameterTree {
        @Override
        public JsonNode resolve(Place place, Substitution substitution) {
            String text = substitution.apply(template, place);
            return text.equals(template.source()) ? source : JsonNodeFactory.instance.textNode(text);
        }

        @Override
        public boolean mayRefer(Predicate<String> name) {
            return template.mayRefer(name);
        }
    }

    /** An object or an array. */
    record Branch(JsonNode source, List<Child> children) implements ParameterTree {
        @Override
        public JsonNode resolve(Place place, Substitution substitution) {
            JsonNode changed = source;
            for (Child child : children) {
                JsonNode before = child.in(source);
                JsonNode after = child.tree().resolve(child.place(place), substitution);
                if (after != before) {
                    changed = changed == source ? shallowCopy() : changed;
                    child.set(changed, after);
                }
            }
            return changed;
        }

        @Override
        public boolean mayRefer(Predicate<String> name) {
            return children.stream().anyMatch(child -> child.tree().mayRefer(name));
        }

        private JsonNode shallowCopy() {
            return source instanceof ObjectNode object
                    ? JsonNodeFactory.instance.objectNode().setAll(object)
                    : JsonNodeFactory.instance.arrayNode(source.size()).addAll((ArrayNode) source);
        }
    }

    /** A member of an object, or an element of an array, whose index is then not negative. */
    record Child(String key, int index, ParameterTree tree) {
        JsonNode in(JsonNode parent) {
            return index < 0 ? parent.get(key) : parent.get(index);
        }

        void set(JsonNode parent, JsonNode value) {
            if (index < 0) {
                ((ObjectNode) parent).set(key, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        Place place(Place parent) {
            return new Place(parent, index < 0 ? "." + key : "[" + index + "]");
        }
    }
}

package dev.remora.internal.param;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A parameter whose texts are not all plain, read once however many nodes have an equal one. */
final class SharedTree {
    /** The slot of a parameter that only one node has, or that came when no slot was left. */
    static final int NONE = -1;

    private static final int MOST_SLOTS = 1_000;
    private static final int MOST_KNOWN = 10_000;
    private static final int LONGEST_KNOWN = 4_096;

    private final ParameterTree tree;
    private int slot = NONE;

    private SharedTree(ParameterTree tree) {
        this.tree = tree;
    }

    ParameterTree tree() {
        return tree;
    }

    /** The place where a run keeps what becomes of the parameter, so that it is worked out once for all nodes. */
    int slot() {
        return slot;
    }

    /** Reads parameters. */
    static final class Reader implements Function<JsonNode, Optional<SharedTree>> {
        private final Map<String, SharedTree> trees = new HashMap<>();
        private final SharedText.Reader texts;
        private int slots;

        Reader(SharedText.Reader texts) {
            this.texts = texts;
        }

        @Override
        public Optional<SharedTree> apply(JsonNode parameter) {
            Optional<SharedTree> read = ParameterTree.of(parameter, texts).map(SharedTree::new);
            return read.map(own -> known(parameter, own));
        }

        private SharedTree known(JsonNode parameter, SharedTree own) {
            // why: values may be equal although their keys have another order, or their numbers other digits
            String text = parameter.toString();
            SharedTree known = trees.size() < MOST_KNOWN && text.length() <= LONGEST_KNOWN
                    ? trees.putIfAbsent(text, own)
                    : trees.get(text);
            if (known == null) {
                return own;
            }
            if (known.slot == NONE && slots < MOST_SLOTS) {
                known.slot = slots++;
            }
            return known;
        }

        int slots() {
            return slots;
        }
    }
}

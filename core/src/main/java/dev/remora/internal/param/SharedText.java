package dev.remora.internal.param;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A text of a definition, read once however many nodes have it. Does not change once the definition is read. */
final class SharedText {
    /** The slot of a text that only one node has, or that came when no slot was left. */
    static final int NONE = -1;

    private static final int MOST_SLOTS = 1_000;

    private final Template template;
    private final boolean mayAskForOutputs;
    private int slot = NONE;

    SharedText(Template template) {
        this.template = template;
        mayAskForOutputs = template.mayRefer(name -> name.startsWith(SystemNames.OUTPUTS));
    }

    Template template() {
        return template;
    }

    /** Tells whether an output is named in the text itself, or a name that is not known yet. */
    boolean mayAskForOutputs() {
        return mayAskForOutputs;
    }

    /** The place where a run keeps what becomes of the text, so that it is worked out once for all nodes. */
    int slot() {
        return slot;
    }

    /** Reads texts. */
    static final class Reader implements Function<String, SharedText> {
        private final Map<String, SharedText> texts = new HashMap<>();
        private final SharedParts parts = new SharedParts();
        private final Function<String, Template> parser;
        private int slots;

        Reader(Function<String, Template> parser) {
            this.parser = parser;
        }

        @Override
        public SharedText apply(String source) {
            SharedText known = texts.get(source);
            if (known == null) {
                known = new SharedText(parts.sharedIn(parser.apply(source)));
                texts.put(source, known);
            } else if (known.slot == NONE && slots < MOST_SLOTS) {
                known.slot = slots++;
            }
            return known;
        }

        int slots() {
            return slots;
        }
    }
}

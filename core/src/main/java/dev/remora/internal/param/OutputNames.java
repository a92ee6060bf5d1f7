package dev.remora.internal.param;

import java.util.Optional;
import java.util.function.Predicate;

/** Reads names of the form {@code nodes.NODE.KEY}, where both may have dots: the longest node that there is counts. */
final class OutputNames {
    /** A node's name has at most 64 code points. */
    private static final int LONGEST_NODE = 128;

    private final Predicate<String> isNode;

    OutputNames(Predicate<String> isNode) {
        this.isNode = isNode;
    }

    Optional<OutputName> parse(String name) {
        int start = SystemNames.OUTPUTS.length();
        if (!name.startsWith(SystemNames.OUTPUTS)) {
            return Optional.empty();
        }
        int dot = name.lastIndexOf('.', Math.min(name.length() - 2, start + LONGEST_NODE));
        for (; dot > start; dot = name.lastIndexOf('.', dot - 1)) {
            String node = name.substring(start, dot);
            if (isNode.test(node)) {
                return Optional.of(new OutputName(node, name.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    record OutputName(String node, String key) {}
}

package dev.remora.internal.param;

import java.util.List;
import java.util.function.Predicate;

/**
 * A text, read.
 *
 * @param source as it was written
 * @param parts what it is made of
 */
record Template(String source, List<Part> parts) {
    static Template of(String text) {
        return text.indexOf('$') < 0
                ? new Template(text, List.of(new Part.Text(text)))
                : new Template(text, TemplateParser.read(text));
    }

    /** Tells whether the text always stands for itself. */
    boolean isPlain() {
        return parts.isEmpty()
                || parts.size() == 1
                        && parts.get(0) instanceof Part.Text text
                        && text.text().equals(source);
    }

    /** Tells whether there is something in the text that a run fills in. */
    boolean hasPlaceholder() {
        return parts.stream().anyMatch(part -> !(part instanceof Part.Text));
    }

    /** Tells whether a placeholder with such a name is written in the text, or one whose name is not known yet. */
    boolean mayRefer(Predicate<String> name) {
        return mayRefer(parts, name);
    }

    private static boolean mayRefer(List<Part> parts, Predicate<String> name) {
        for (Part part : parts) {
            boolean may = part instanceof Part.Reference reference && name.test(reference.name())
                    || part instanceof Part.ComposedReference
                    || part instanceof Part.PossibleTime time
                            && (mayRefer(time.content(), name) || mayRefer(time.otherwise(), name));
            if (may) {
                return true;
            }
        }
        return false;
    }
}

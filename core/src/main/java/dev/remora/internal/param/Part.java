package dev.remora.internal.param;

import java.util.List;

/** A piece of a text. */
sealed interface Part {
    /** What stands for itself; escapes are used up. */
    record Text(String text) implements Part {}

    /** A placeholder whose name is written out. */
    record Reference(String name) implements Part {}

    /** A placeholder whose name has placeholders in it. */
    record ComposedReference(List<Part> name) implements Part {}

    /**
     * A time expression that is known when the text is read.
     *
     * @param source what stands for it where it gives nothing
     */
    record Time(TimeExpression expression, String source) implements Part {}

    /**
     * What may turn out to be a time expression, once the placeholders in it are resolved.
     *
     * @param content what stands between the brackets, read for placeholders only
     * @param otherwise the whole, brackets and all, read as the text that it is if it is no time expression
     */
    record PossibleTime(List<Part> content, List<Part> otherwise) implements Part {}
}

package dev.remora.internal.param;

/** What a name stands for at some moment. */
sealed interface Meaning {
    /** Nothing: the placeholder stays. */
    Meaning UNKNOWN = new Unknown();

    /** Something that differs from node to node. */
    Meaning LATER = new Later();

    /** A text, taken literally. */
    record Known(String text) implements Meaning {}

    /** A text that is resolved itself before it is used. */
    record Given(String path, Template template) implements Meaning {}

    /** See {@link #UNKNOWN}. */
    record Unknown() implements Meaning {}

    /** See {@link #LATER}. */
    record Later() implements Meaning {}
}

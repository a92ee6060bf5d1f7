package dev.remora.internal.param;

/** Questions about single texts. */
public final class Placeholders {
    private Placeholders() {}

    /**
     * Tells whether a text has a placeholder or a time expression, so that its value is not known before the node
     * starts. True also for a placeholder that will turn out to be unknown.
     */
    public static boolean in(String text) {
        return text.indexOf('$') >= 0 && Template.of(text).hasPlaceholder();
    }
}

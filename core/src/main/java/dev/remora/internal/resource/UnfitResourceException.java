package dev.remora.internal.resource;

/** A file that a node lists is not there, or cannot be put where the node wants it. */
public final class UnfitResourceException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitResourceException(String message) {
        super(message);
    }
}

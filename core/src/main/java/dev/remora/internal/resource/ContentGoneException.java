package dev.remora.internal.resource;

import dev.remora.model.Content;
import java.io.IOException;

/** A content was removed while it was read. */
final class ContentGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ContentGoneException(Content content) {
        super("content " + content.sha256() + " was replaced or deleted meanwhile");
    }
}

package dev.remora.error;

import dev.remora.model.Content;

/**
 * Something refers to a content that is not stored, or not any more. Nothing was changed; the same call may succeed once
 * the content is stored again.
 */
public final class ContentMissingException extends StorageException {
    private final transient Content content;

    /**
     * Creates an exception.
     *
     * @param content the content
     */
    public ContentMissingException(Content content) {
        super("content " + content.sha256() + " of " + content.size() + " bytes is not stored", true);
        this.content = content;
    }

    /**
     * Returns the content that is missing.
     *
     * @return the content
     */
    public Content content() {
        return content;
    }
}

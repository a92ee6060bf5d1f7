package dev.remora.model;

import dev.remora.error.ValidationException;
import java.util.regex.Pattern;

/**
 * Says which bytes a file has. Equal contents are stored once, and never change.
 *
 * @param sha256 the SHA-256 of the bytes, 64 lower-case hexadecimal digits
 * @param size how many bytes there are
 */
public record Content(String sha256, long size) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * Creates a content.
     *
     * @throws ValidationException if the hash has another form, or the size is below 0
     * @throws NullPointerException if the hash is null
     */
    public Content {
        if (!HASH.matcher(sha256).matches()) {
            throw ValidationException.of("content", "sha256", "is " + sha256 + "; it must match " + HASH);
        }
        if (size < 0) {
            throw ValidationException.of("content", "size", "is " + size + "; it must be at least 0");
        }
    }
}

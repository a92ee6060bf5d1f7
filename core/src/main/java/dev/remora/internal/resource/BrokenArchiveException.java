package dev.remora.internal.resource;

import java.io.IOException;

/** An archive is not what a zip archive has to be. */
final class BrokenArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenArchiveException(String message) {
        super(message);
    }
}

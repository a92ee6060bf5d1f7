package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads values that somebody else may have put into the database. */
final class Stored {
    private Stored() {}

    /** Reads something, and says what it was if that cannot be done. */
    static <T> T read(String what, long id, Supplier<T> reader) {
        return read(what + " " + id, reader);
    }

    /** Reads something, and says what it was if that cannot be done. */
    static <T> T read(String what, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new StorageException(what + " is stored, but cannot be read: " + e, false, e);
        }
    }

    static <E extends Enum<E>> Optional<E> optional(Class<E> type, Optional<String> name) {
        return name.map(one -> Enum.valueOf(type, one));
    }
}

package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads values that somebody else may have put into the database. */
final class Stored {
    private static final Logger LOG = LoggerFactory.getLogger(Stored.class);

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

    /** Reads all rows that can be read; of the others it is only told, as one must not stop all. */
    static <T> List<T> readable(Query query, Row.Reader<T> reader) throws SQLException {
        List<Optional<T>> all = query.list(row -> {
            try {
                return Optional.of(reader.read(row));
            } catch (StorageException unreadable) {
                LOG.error("{}; it is passed over", unreadable.getMessage());
                return Optional.empty();
            }
        });
        return all.stream().flatMap(Optional::stream).toList();
    }

    static <E extends Enum<E>> Optional<E> optional(Class<E> type, Optional<String> name) {
        return name.map(one -> Enum.valueOf(type, one));
    }
}

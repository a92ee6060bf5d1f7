package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads values that somebody else may have put into the database. */
final class Stored {
    private static final Logger LOG = LoggerFactory.getLogger(Stored.class);
    private static final int MOST_REMEMBERED = 1_000;

    /** What was told already, as the same rows are read again and again; the oldest is forgotten first. */
    private static final Map<String, Boolean> TOLD = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private Stored() {}

    /** Reads something, and says what it was if that cannot be done. */
    static <T> T read(String what, long id, Supplier<T> reader) {
        return read(what + " " + id, reader);
    }

    /** Reads something, and says what it was if that cannot be done. */
    static <T> T read(String what, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (RuntimeException e) {
            throw new StorageException(what + " is stored, but cannot be read: " + e, false, e);
        }
    }

    /** Reads something, and tells once of what cannot be read: it is passed over, as one must not stop all. */
    static <T> Optional<T> ifReadable(Row row, Row.Reader<T> reader) throws SQLException {
        try {
            return Optional.of(reader.read(row));
        } catch (StorageException unreadable) {
            tell(unreadable.getMessage() + "; it is passed over");
            return Optional.empty();
        }
    }

    /** Reads all rows that can be read. */
    static <T> List<T> readable(Query query, Row.Reader<T> reader) throws SQLException {
        List<Optional<T>> all = query.list(row -> ifReadable(row, reader));
        return all.stream().flatMap(Optional::stream).toList();
    }

    /** Tells whoever runs this what they have to mend; once, not each time that it is met. */
    static void tell(String what) {
        boolean news;
        synchronized (TOLD) {
            news = TOLD.put(what, true) == null;
        }
        if (news) {
            LOG.error("{}", what);
        }
    }

    static <E extends Enum<E>> Optional<E> optional(Class<E> type, Optional<String> name) {
        return name.map(one -> Enum.valueOf(type, one));
    }
}

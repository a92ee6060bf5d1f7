package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.function.Predicate;

/** What an error of a database means, by its SQLState, or by the database's own number; never by its text. */
final class SqlErrors {
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String DUPLICATE_KEY = "23505";
    private static final String INTEGRITY = "23000";
    private static final int MYSQL_DUPLICATE_KEY = 1062;
    /**
     * Connection gone; transaction rolled back; insufficient resources; operator intervention; object in use; read-only,
     * as a former primary is; timeouts of drivers; a transaction that was idle for too long; statement cancelled; the system's own errors, such as a full disk.
     */
    private static final List<String> TRANSIENT =
            List.of("08", "40", "53", "57", "55P03", "55006", "25006", "25P03", "HYT0", "70100", "58");

    private SqlErrors() {}

    /** Tells whether the whole transaction was undone because of what others did, and may be repeated at once. */
    static boolean isRepeatable(SQLException error) {
        return hasState(error, SERIALIZATION_FAILURE) || hasState(error, DEADLOCK);
    }

    /** Tells whether a row was not inserted because its key exists. */
    static boolean isDuplicateKey(SQLException error) {
        return hasState(error, DUPLICATE_KEY)
                || hasState(error, INTEGRITY) && error.getErrorCode() == MYSQL_DUPLICATE_KEY;
    }

    /** Tells whether the same call may succeed later. */
    static boolean isTransient(SQLException error, Dialect dialect) {
        return isTransient(error, dialect::isTransient);
    }

    /** Tells whether a connection that was refused may be granted later. */
    static boolean isTransient(SQLException error) {
        return isTransient(error, sql -> false);
    }

    private static boolean isTransient(SQLException error, Predicate<SQLException> more) {
        for (Throwable one = error; one != null; one = one.getCause()) {
            if (one instanceof SQLTransientException || one instanceof SQLRecoverableException) {
                return true;
            }
            if (one instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state != null && TRANSIENT.stream().anyMatch(state::startsWith) || more.test(sql)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Makes the exception that a caller sees. */
    static StorageException translate(String what, SQLException error, Dialect dialect) {
        return new StorageException(
                "the database could not " + what + ": " + error.getMessage() + " (SQLState " + error.getSQLState()
                        + ", code " + error.getErrorCode() + ")",
                isTransient(error, dialect),
                error);
    }

    private static boolean hasState(SQLException error, String state) {
        return state.equals(error.getSQLState());
    }
}

package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions. Each ends before its call returns: committed, or rolled back by whatever went wrong. Safe for use by
 * several threads.
 */
final class Database implements AutoCloseable {
    /** What happens in a transaction. It may happen again if the database has undone it. */
    @FunctionalInterface
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int TRIES = 10;

    private final Source source;
    private final Dialect dialect;
    private final String prefix;
    private final int timeoutSeconds;
    private final DeviceSync sync;
    private final Optional<OwnThreads> ownThreads;
    private final ThreadLocal<Connection> ofCaller = new ThreadLocal<>();
    private volatile boolean closed;

    Database(Source source, Dialect dialect, String prefix, int timeoutSeconds, boolean synced, int connections) {
        this.source = source;
        this.dialect = dialect;
        this.prefix = prefix;
        this.timeoutSeconds = timeoutSeconds;
        ownThreads = dialect.worksOnCallersThread()
                ? Optional.of(new OwnThreads(connections, Duration.ofSeconds((long) TRIES * timeoutSeconds)))
                : Optional.empty();
        sync = synced && dialect.needsSync() ? new GroupSync(this::checkpoint) : DeviceSync.NONE;
    }

    Dialect dialect() {
        return dialect;
    }

    String prefix() {
        return prefix;
    }

    /**
     * Runs a transaction that only reads; on a thread that is {@linkplain #within bound} to a transaction of the caller's,
     * it reads in that one.
     *
     * @param what what it does, to be read after "could not"
     */
    <T> T read(String what, Work<T> work) {
        Connection bound = ofCaller.get();
        return bound == null ? run(what, work, false, DeviceSync.NONE) : join(what, bound, work);
    }

    /**
     * Like {@link #read}, for one statement that finds few rows. It needs no end of a transaction where that would be another
     * round trip; the database hands out its rows at once then, however many there are.
     *
     * @param what what it does, to be read after "could not"
     */
    <T> T look(String what, Work<T> work) {
        Connection bound = ofCaller.get();
        return bound == null
                ? run(what, work, dialect.turnsAutoCommitFreely(), DeviceSync.NONE)
                : join(what, bound, work);
    }

    /**
     * Runs a transaction that changes something, and makes it durable.
     *
     * @param what what it does, to be read after "could not"
     * @throws StorageException not transient, on a thread that is {@linkplain #within bound}
     */
    <T> T write(String what, Work<T> work) {
        requireUnbound(what);
        return run(what, work, false, sync);
    }

    /** Tells whether this thread is {@linkplain #within bound} to a transaction of the caller's. */
    boolean isBound() {
        return ofCaller.get() != null;
    }

    /**
     * Makes sure that this thread may change something in a transaction of its own.
     *
     * @throws StorageException not transient, on a thread that is {@linkplain #within bound}
     */
    void requireUnbound(String what) {
        if (isBound()) {
            check();
            throw new StorageException(
                    "this thread is within a transaction of the caller's, in which executions can be submitted and read; it"
                            + " cannot " + what,
                    false);
        }
    }

    /**
     * Runs a transaction that changes something; on a thread that is {@linkplain #within bound}, it is a part of the
     * transaction of the caller's, and only that one's commit makes it durable.
     *
     * @param what what it does, to be read after "could not"
     */
    <T> T writeOrJoin(String what, Work<T> work) {
        Connection bound = ofCaller.get();
        return bound == null ? run(what, work, false, sync) : join(what, bound, work);
    }

    /**
     * Runs a transaction that changes something, and makes it durable, whether the thread is {@linkplain #within bound} or
     * not.
     *
     * @param what what it does, to be read after "could not"
     */
    <T> T writeApart(String what, Work<T> work) {
        return run(what, work, false, sync);
    }

    /** Binds this thread to a transaction of the caller's for as long as something takes. */
    <T> T within(Connection connection, Supplier<T> task) {
        check();
        if (ofCaller.get() != null) {
            throw new StorageException("this thread is within a transaction of the caller's already", false);
        }
        ofCaller.set(connection);
        try {
            return task.get();
        } finally {
            ofCaller.remove();
        }
    }

    private <T> T join(String what, Connection bound, Work<T> work) {
        check();
        try {
            return work.run(new Session(bound, dialect, prefix, timeoutSeconds, true));
        } catch (SQLException e) {
            throw SqlErrors.translate(what, e, dialect);
        }
    }

    private <T> T run(String what, Work<T> work, boolean autoCommit, DeviceSync after) {
        check();
        return ownThreads.isPresent()
                ? ownThreads.get().call(() -> repeatedly(what, work, autoCommit, after))
                : uninterrupted(() -> repeatedly(what, work, autoCommit, after));
    }

    private static <T> T uninterrupted(Supplier<T> call) {
        // why: a pool gives up when the thread that waits for a connection is interrupted; a call here is short
        boolean interrupted = Thread.interrupted();
        try {
            return call.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T repeatedly(String what, Work<T> work, boolean autoCommit, DeviceSync after) {
        for (int attempt = 1; ; attempt++) {
            check();
            try {
                T result = once(work, autoCommit);
                after.await();
                return result;
            } catch (SQLException e) {
                if (closed) {
                    throw closed(e);
                }
                if (attempt >= TRIES || !SqlErrors.isRepeatable(e)) {
                    throw SqlErrors.translate(what, e, dialect);
                }
                LOG.debug("the database undid a transaction to {}, try {} of {}", what, attempt, TRIES, e);
            }
        }
    }

    private <T> T once(Work<T> work, boolean autoCommit) throws SQLException {
        Source.Lent lent = source.lend(autoCommit);
        T result;
        try {
            result = work.run(new Session(lent.connection(), dialect, prefix, timeoutSeconds, false));
            if (!autoCommit) {
                commit(lent.connection());
            }
        } catch (SQLException | RuntimeException | Error e) {
            if (!autoCommit) {
                rollback(lent.connection(), e);
            }
            giveBack(lent).ifPresent(e::addSuppressed);
            throw e;
        }
        // why: what was committed stays so, whatever becomes of the connection
        giveBack(lent).ifPresent(e -> LOG.warn("a connection could not be given back as it came", e));
        return result;
    }

    /** Returns why a connection could not be given back as it came. */
    private static Optional<SQLException> giveBack(Source.Lent lent) {
        try {
            lent.close();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private static void rollback(Connection connection, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // why: a connection that cannot roll back is broken, and its transaction with it
            why.addSuppressed(e);
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (SqlErrors.isRepeatable(e)) {
                throw e;
            }
            throw new StorageException(
                    "it is not known whether the database has committed: " + e.getMessage() + " (SQLState "
                            + e.getSQLState() + ")",
                    true,
                    e);
        }
    }

    private void checkpoint() {
        try {
            once(session -> session.query("CHECKPOINT SYNC").update(), false);
        } catch (SQLException e) {
            throw new StorageException(
                    "it is not known whether what was committed is on the device: " + e.getMessage(), true, e);
        }
    }

    private void check() {
        if (closed) {
            throw closed(null);
        }
    }

    private static StorageException closed(SQLException cause) {
        return new StorageException("this handle on the JDBC storage is closed", false, cause);
    }

    @Override
    public void close() {
        closed = true;
        ownThreads.ifPresent(OwnThreads::close);
        source.close();
    }
}

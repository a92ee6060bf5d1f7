package dev.remora.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.remora.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the storage's own pools. */
final class Pool {
    private static final int FILE_IN_USE = 90020;
    private static final Duration SPARE = Duration.ofSeconds(10);
    private static final int IDLE = 2;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Pool() {}

    /**
     * How long a transaction may do nothing before the server ends it. An engine that is stopped in the middle of one would
     * hold its locks for ever, and nobody could take over from it.
     */
    private static final int IDLE_MILLIS = 5_000;

    /** Returns the address of a file of H2. */
    static String addressOf(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        try {
            Files.createDirectories(whole.getParent());
        } catch (IOException e) {
            throw new StorageException("the directory " + whole.getParent() + " cannot be created: " + e, false, e);
        }
        // why: "retry" opens the file again when the JDK closes it because a thread was interrupted while it read or
        // wrote;
        // and the database must not close before those who write last, only because the process is about to end
        return "jdbc:h2:file:" + whole + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
    }

    static HikariDataSource open(
            String url,
            Optional<String> user,
            Optional<String> password,
            int size,
            Duration connectTimeout,
            Duration callTimeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("remora-storage-" + NUMBER.incrementAndGet());
        config.setJdbcUrl(url);
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        config.setMaximumPoolSize(size);
        // why: an idle engine needs one for its lease and one for its looks around; each costs the server a process
        config.setMinimumIdle(Math.min(IDLE, size));
        config.setConnectionTimeout(connectTimeout.toMillis());
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // why: a statement has its own limit; this one is for a server or a network that no longer answers at all
        long silence = callTimeout.plus(SPARE).toMillis();
        if (url.startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("socketTimeout", Long.toString(silence / 1000));
            config.addDataSourceProperty("tcpKeepAlive", "true");
            // why: a plan that was made while a table was small reads all of it, and is kept while it grows
            config.addDataSourceProperty(
                    "options",
                    "-c idle_in_transaction_session_timeout=" + IDLE_MILLIS + " -c enable_seqscan=off -c jit=off");
        } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            config.addDataSourceProperty("socketTimeout", Long.toString(silence));
        }
        if (url.startsWith("jdbc:mariadb:")) {
            config.addDataSourceProperty("sessionVariables", "idle_transaction_timeout=" + IDLE_MILLIS / 1000);
        }
        try {
            DriverManager.getDriver(url);
            return new HikariDataSource(config);
        } catch (SQLException e) {
            throw new StorageException(
                    "no driver on the class path takes an address that begins with " + scheme(url), false, e);
        } catch (HikariPool.PoolInitializationException e) {
            throw unreachable(e);
        }
    }

    private static StorageException unreachable(HikariPool.PoolInitializationException e) {
        if (e.getCause() instanceof SQLException cause && cause.getErrorCode() == FILE_IN_USE) {
            return new StorageException(
                    "another process has the file of the database open; a file of H2 belongs to one process at a time: "
                            + cause.getMessage(),
                    false,
                    e);
        }
        boolean passing = e.getCause() instanceof SQLException cause && SqlErrors.isTransient(cause);
        return new StorageException("the database cannot be reached: " + e.getCause(), passing, e);
    }

    private static String scheme(String url) {
        return url.substring(0, url.indexOf(':', "jdbc:".length()) + 1);
    }
}

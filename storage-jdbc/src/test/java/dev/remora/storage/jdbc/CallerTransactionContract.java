package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.model.Content;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.JobId;
import dev.remora.model.SavedWorkflow;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submissions that are a part of the caller's own transaction. */
abstract class CallerTransactionContract {
    private static final Duration LONG = Duration.ofHours(1);

    private JdbcStorage storage;
    private ExecutionStore executions;
    private Lease lease;
    private Connection connection;

    /** Opens a storage on a database of its own. */
    abstract JdbcStorage openStorage();

    /** Opens a connection to the same database. */
    abstract Connection openConnection() throws SQLException;

    /** Drops the database. */
    abstract void drop();

    @BeforeEach
    void open() throws SQLException {
        storage = openStorage();
        executions = storage.executions();
        lease = storage.engines().register("engine", LONG);
        Samples.saveFor(storage, Samples.submission());
        Samples.saveFor(storage, Samples.submission("p", "flow"));
        connection = openConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY)");
            connection.commit();
            statement.execute("INSERT INTO orders VALUES (1)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        // why: a database that is dropped waits for the transactions in it
        connection.close();
        storage.close();
        drop();
    }

    private Accepted submit(String key) {
        return storage.within(connection, () -> executions.create(lease, Samples.keyed("p", "flow", key)));
    }

    private long total() {
        return executions.list(ExecutionFilter.builder().build()).total();
    }

    @Test
    void existsWhenTheCallerCommits() throws SQLException {
        Accepted accepted = submit("key");

        assertThat(accepted).isEqualTo(Accepted.uncommitted(accepted.execId()));
        assertThat(executions.find(accepted.execId())).isEmpty();
        assertThat(storage.within(connection, () -> executions.find(accepted.execId())))
                .isPresent();
        connection.commit();

        assertThat(executions.find(accepted.execId()).orElseThrow().submission())
                .isEqualTo(Samples.keyed("p", "flow", "key"));
        assertThat(executions.claim(lease, 10)).containsExactly(accepted.execId());
    }

    @Test
    void neverWasWhenTheCallerRollsBack() throws SQLException {
        Accepted accepted = submit("key");
        connection.rollback();

        assertThat(executions.find(accepted.execId())).isEmpty();
        assertThat(executions.claim(lease, 10)).isEmpty();
        assertThat(total()).isZero();
        assertThat(executions.create(lease, Samples.keyed("p", "flow", "key")).created())
                .isTrue();
    }

    @Test
    void neitherCommitsNorHoldsTheLeaseUp() throws SQLException {
        submit("key");

        assertThat(storage.engines().renew(lease, LONG)).isTrue();
        executions.create(lease, Samples.submission());
        storage.engines().register("engine", LONG);
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT 1 FROM orders").next()).isFalse();
        }
    }

    @Test
    void aKnownKeyReturnsTheFirst() throws SQLException {
        Accepted first = executions.create(lease, Samples.keyed("p", "flow", "key"));

        assertThat(submit("key")).isEqualTo(Accepted.existing(first.execId()));
        Accepted other = submit("other");
        assertThat(submit("other")).isEqualTo(Accepted.existing(other.execId()));
        connection.commit();

        assertThat(total()).isEqualTo(2);
    }

    @Test
    void everyOtherChangeIsRefused() {
        long execId = executions.create(lease, Samples.submission()).execId();

        refused(() -> executions.commit(lease, List.of()));
        refused(() -> executions.release(lease, List.of(execId)));
        refused(() -> storage.retention().purge(List.of(execId), Long.MAX_VALUE));
        refused(() -> storage.engines().renew(lease, LONG));
        refused(() -> storage.within(connection, () -> 1));
    }

    @Test
    void nothingIsAppendedToALog() {
        JobId job = new JobId(executions.create(lease, Samples.submission()).execId(), "a");
        byte[] text = "line\n".getBytes(StandardCharsets.UTF_8);

        refused(() -> storage.logs().append(lease, new LogChunk(job, 1, 0, 1, text, 0)));

        assertThat(storage.logs().extents(job)).isEmpty();
    }

    @Test
    void filesAreStoredApart() throws SQLException {
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        Content content = new Content("982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1", text.length);
        SavedWorkflow unsaved = new SavedWorkflow(
                "p", "loose", 1, Samples.workflow("x"), Map.of("a", content), "anna", Samples.NOW, true);
        Supplier<Accepted> submit = () -> {
            storage.resources().append(content, 0, text);
            return executions.createUnsaved(lease, Samples.submission("p", "loose"), unsaved);
        };

        storage.within(connection, submit);
        connection.rollback();
        assertThat(storage.workflows().version("p", "loose", 1)).isEmpty();
        assertThat(storage.resources().missing(List.of(content))).isEmpty();

        storage.within(connection, submit);
        connection.commit();
        assertThat(storage.workflows().version("p", "loose", 1)).contains(unsaved);
        storage.resources().discard(List.of(content));
        assertThat(storage.resources().missing(List.of(content))).isEmpty();
    }

    private void refused(ThrowingCallable call) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.within(connection, () -> {
                    try {
                        call.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                    return 1;
                }))
                .withMessageContaining("transaction of the caller's")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void endsWithTheTask() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> storage.within(connection, () -> {
                    throw new IllegalStateException("meant to fail");
                }));

        assertThat(executions.create(lease, Samples.submission()).owned()).isTrue();
    }

    @Test
    void wantsAutoCommitOff() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> submit("key"))
                .withMessageContaining("auto-commit");
    }

    @Test
    void aClosedHandleRefuses() {
        storage.close();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> submit("key"))
                .withMessageContaining("closed");
    }
}

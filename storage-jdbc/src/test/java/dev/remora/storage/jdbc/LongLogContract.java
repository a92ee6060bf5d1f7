package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.JobId;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import dev.remora.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it costs to read, and to go on with, a log of a million lines: counted in rows. */
abstract class LongLogContract {
    private static final int LINES = 1_000_000;
    private static final int CHUNK_LINES = 100;
    private static final int CHUNKS = LINES / CHUNK_LINES;
    private static final int ATTEMPTS = 4;
    private static final int BATCH = 1000;
    private static final byte[] TEXT = "line\n".repeat(CHUNK_LINES).getBytes(StandardCharsets.UTF_8);
    private static final int PAGE_BYTES = 10 * TEXT.length;
    private static final int MOST_ROWS = 100;

    private Explaining explaining;
    private JdbcStorage storage;
    private Lease lease;
    private JobId job;

    /** Returns connections to an empty database, and how it is asked what it reads. */
    abstract Explaining explaining() throws SQLException;

    @BeforeEach
    void writeLog() throws SQLException {
        explaining = explaining();
        DataSource connections = explaining.connections();
        storage = JdbcStorage.builder().dataSource(connections).build();
        lease = storage.engines().register("engine", Duration.ofHours(1));
        Samples.saveFor(storage, Samples.submission());
        job = new JobId(storage.executions().create(lease, Samples.submission()).execId(), "a");
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            for (String node : List.of("Z", job.node(), "b")) {
                insert(connection, node);
            }
        }
        explaining.begin();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void insert(Connection connection, String node) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO remora_log_chunk (exec_id, node, first_line, line_count, attempt, source_position,
                    attempt_line, attempt_position, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                int attempt = chunk * ATTEMPTS / CHUNKS;
                long attemptLine = (long) LINES / ATTEMPTS * attempt;
                insert.setLong(1, job.execId());
                setNode(insert, node);
                insert.setLong(3, (long) chunk * CHUNK_LINES);
                insert.setInt(4, CHUNK_LINES);
                insert.setInt(5, attempt + 1);
                insert.setLong(6, chunk);
                insert.setLong(7, attemptLine);
                insert.setLong(8, chunk);
                insert.setBytes(9, TEXT);
                insert.addBatch();
                if ((chunk + 1) % BATCH == 0) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static void setNode(PreparedStatement insert, String node) throws SQLException {
        Dialect.of(insert.getConnection()).setText(insert, 2, node);
    }

    private void assertFewRows() throws SQLException {
        assertThat(explaining.rowsReadSince("remora_log_chunk")).isBetween(1L, (long) MOST_ROWS);
    }

    @Test
    void costsWhatIsAskedForOnly() throws SQLException {
        for (long line : new long[] {0, LINES / 2 + 7, LINES - 1}) {
            List<LogChunk> read = storage.logs().read(job, line, PAGE_BYTES);
            assertThat(read.get(0).firstLine()).isEqualTo(line / CHUNK_LINES * CHUNK_LINES);
            assertFewRows();
        }

        assertThat(storage.logs().read(job, LINES, PAGE_BYTES)).isEmpty();
        assertFewRows();

        List<LogExtent> extents = storage.logs().extents(job);
        assertThat(extents).hasSize(ATTEMPTS);
        assertThat(extents.get(ATTEMPTS - 1))
                .isEqualTo(new LogExtent(ATTEMPTS, LINES / ATTEMPTS * 3L, LINES / ATTEMPTS, CHUNKS - 1));
        assertFewRows();

        LogChunk next = new LogChunk(job, ATTEMPTS, LINES, CHUNK_LINES, TEXT, CHUNKS);
        storage.logs().append(lease, next);
        assertFewRows();
        assertThat(storage.logs().read(job, LINES, PAGE_BYTES)).hasSize(1);
    }
}

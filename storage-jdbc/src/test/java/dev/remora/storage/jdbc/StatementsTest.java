package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.testkit.Samples;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements the calls take that are made most often. */
class StatementsTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final int EXECUTIONS = 100;
    private static final int NODES = 10;

    @TempDir
    private Path directory;

    private final Counting counting = new Counting();
    private JdbcStorage storage;
    private Lease lease;

    /** Returns connections to an empty database. */
    DataSource connections() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(Pool.addressOf(directory.resolve("data")));
        return h2;
    }

    @BeforeEach
    void open() {
        storage =
                JdbcStorage.builder().dataSource(counting.around(connections())).build();
        lease = storage.engines().register("engine", LONG);
        counting.since();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private long create() {
        return storage.executions().create(lease, Samples.submission()).execId();
    }

    private List<ExecutionChange> changes(List<Long> ids, Status status) {
        List<NodeState> nodes = IntStream.range(0, NODES)
                .mapToObj(number -> Samples.node(number, 1))
                .toList();
        return ids.stream()
                .map(execId -> new ExecutionChange(execId, Samples.state(status), nodes, false))
                .toList();
    }

    private List<Long> createMany() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < EXECUTIONS; i++) {
            ids.add(create());
        }
        counting.since();
        return ids;
    }

    @Test
    void aSubmissionMakesSureOfTheLeaseAndInsertsARow() {
        create();

        assertRun("SELECT 1 FROM remora_engine", "INSERT INTO remora_execution", "commit", "CHECKPOINT SYNC", "commit");
    }

    @Test
    void aCommitTakesThreeStatements() {
        List<Long> ids = createMany();

        storage.executions().commit(lease, changes(ids, Status.RUNNING));

        assertRun(
                "SELECT 1 FROM remora_engine",
                "UPDATE remora_execution",
                "MERGE INTO remora_node",
                "commit",
                "CHECKPOINT SYNC",
                "commit");
        assertThat(storage.executions().nodes(ids.get(0))).hasSize(NODES);
    }

    @Test
    void lookingForWorkInVainTakesOneStatementAndLocksNothing() {
        createMany();

        assertThat(storage.executions().claim(lease, 100)).isEmpty();
        assertRun("SELECT CASE WHEN EXISTS", "commit");

        assertThat(storage.executions().commands(lease, 100)).isEmpty();
        assertRun("SELECT c.id", "commit");
    }

    @Test
    void aSynchronisationIsLeftOutWhereThatWasChosen() {
        try (JdbcStorage weaker = JdbcStorage.builder()
                .dataSource(counting.around(connections()))
                .durability(Durability.MAY_LOSE_LAST_HALF_SECOND)
                .build()) {
            counting.since();
            weaker.executions().create(lease, Samples.submission());
        }

        assertRun("SELECT 1 FROM remora_engine", "INSERT INTO remora_execution", "commit");
    }

    @Test
    void connectionsGoBackAsTheyCame() throws Exception {
        DataSource connections = connections();
        try (Connection only = connections.getConnection()) {
            for (boolean autoCommit : new boolean[] {true, false}) {
                only.setAutoCommit(autoCommit);
                only.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                try (JdbcStorage ours = JdbcStorage.builder()
                        .dataSource(OneConnection.of(only))
                        .durability(Durability.MAY_LOSE_LAST_HALF_SECOND)
                        .build()) {
                    long execId = ours.executions()
                            .create(lease, Samples.submission())
                            .execId();
                    assertThat(storage.executions().find(execId)).isPresent();
                }
                assertThat(only.isClosed()).isFalse();
                assertThat(only.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            }
        }
    }

    private void assertRun(String... beginnings) {
        List<String> run = counting.since();
        assertThat(run).hasSameSizeAs(beginnings);
        for (int i = 0; i < beginnings.length; i++) {
            assertThat(run.get(i)).startsWith(beginnings[i]);
        }
    }
}

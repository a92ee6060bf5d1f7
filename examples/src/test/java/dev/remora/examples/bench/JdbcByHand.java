package dev.remora.examples.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Futures by hand whose states are kept by plain JDBC: what happens to the nodes is queued and stored by one connection, so
 * many rows a commit. Nothing waits for its record, so a crash would lose or repeat work: less than what Remora promises.
 */
final class JdbcByHand implements Contender {
    /** What is stored of a node. */
    enum Kept {
        /** One row without a key for its end. */
        APPENDED_END,
        /** A row, inserted and updated twice. */
        INSERT_AND_TWO_UPDATES
    }

    private final String name;
    private final BenchDatabase database;
    private final Kept kept;
    private final int rowsPerCommit;
    private final ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
    private final AtomicLong runs = new AtomicLong();
    private Connection connection;

    JdbcByHand(String name, BenchDatabase database, Kept kept, int rowsPerCommit) {
        this.name = name;
        this.database = database;
        this.kept = kept;
        this.rowsPerCommit = rowsPerCommit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Workload workload) throws SQLException {
        Tables.create(database.dataSource());
        if (connection == null) {
            connection = database.dataSource().getConnection();
            connection.setAutoCommit(false);
        }
    }

    @Override
    public void run(Workload workload) throws Exception {
        BlockingQueue<Tables.Change> queue = new LinkedBlockingQueue<>();
        for (int i = 0; i < workload.runs(); i++) {
            long run = runs.incrementAndGet();
            start(workload.shape(), run, queue);
        }
        store(queue, changesOf(workload));
    }

    private long changesOf(Workload workload) {
        return kept == Kept.APPENDED_END ? workload.nodes() : 3 * workload.nodes();
    }

    private CompletableFuture<Void> start(Shape shape, long run, BlockingQueue<Tables.Change> queue) {
        IntConsumer job = node -> {
            if (kept == Kept.INSERT_AND_TWO_UPDATES) {
                queue.add(Tables.Change.inserted(run, node));
                queue.add(Tables.Change.started(run, node));
            }
            queue.add(Tables.Change.ended(run, node));
        };
        return FuturesByHand.start(shape, pool, job);
    }

    private void store(BlockingQueue<Tables.Change> queue, long all) throws SQLException, InterruptedException {
        List<Tables.Change> batch = new ArrayList<>(rowsPerCommit);
        for (long stored = 0; stored < all; stored += batch.size()) {
            batch.clear();
            batch.add(queue.take());
            queue.drainTo(batch, rowsPerCommit - 1);
            if (kept == Kept.APPENDED_END) {
                Tables.append(connection, batch);
            } else {
                Tables.apply(connection, batch);
            }
            connection.commit();
            sync();
        }
    }

    private void sync() throws SQLException {
        if (database.syncStatement().isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(database.syncStatement().get());
            }
            connection.commit();
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.remora.storage.jdbc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DatabaseServersTest {
    private static final long LIMIT_SECONDS = 60;

    abstract static class Part {
        abstract DatabaseServer shared();

        abstract DatabaseServer launched();

        @Test
        void databasesAreApart() throws SQLException {
            try (TestDatabase one = shared().newDatabase();
                    TestDatabase two = shared().newDatabase()) {
                one.execute("CREATE TABLE t (n INTEGER)");
                two.execute("CREATE TABLE t (n INTEGER)");
                one.execute("INSERT INTO t VALUES (1)");

                assertThat(numbers(one)).containsExactly(1);
                assertThat(numbers(two)).isEmpty();
            }
        }

        @Test
        void aClosedDatabaseIsGone() {
            TestDatabase database = shared().newDatabase();
            database.execute("CREATE TABLE t (n INTEGER)");
            database.close();

            assertThatThrownBy(() -> database.execute("INSERT INTO t VALUES (1)"))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void timePassesOnTheClockOfTheDatabase() {
            try (TestDatabase database = shared().newDatabase()) {
                long before = System.nanoTime();
                database.passTime(Duration.ofMillis(20));

                assertThat(System.nanoTime() - before)
                        .isGreaterThan(Duration.ofMillis(19).toNanos());
            }
        }

        @Test
        void whatIsCommittedUnderLoadOutlivesACrashAndAStop() throws Exception {
            try (DatabaseServer server = launched()) {
                TestDatabase database = server.newDatabase();
                database.execute("CREATE TABLE t (n INTEGER)");
                int next = 0;
                for (Runnable end : List.<Runnable>of(server::crash, server::stop)) {
                    List<Integer> acknowledged = insertUntilBroken(database, next, end);
                    server.start();

                    List<Integer> stored = numbers(database);
                    assertThat(stored).containsAll(acknowledged).doesNotHaveDuplicates();
                    next = stored.get(stored.size() - 1) + 1;
                }
            }
        }

        private static List<Integer> insertUntilBroken(TestDatabase database, int first, Runnable end)
                throws Exception {
            List<Integer> acknowledged = new ArrayList<>();
            CountDownLatch loaded = new CountDownLatch(100);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<?> writer = thread.submit(() -> {
                    try (Connection connection = database.connect();
                            PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                        for (int n = first; ; n++) {
                            insert.setInt(1, n);
                            insert.executeUpdate();
                            acknowledged.add(n);
                            loaded.countDown();
                        }
                    } catch (SQLException broken) {
                        return;
                    }
                });
                assertThat(loaded.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                end.run();
                writer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                thread.shutdownNow();
            }
            return acknowledged;
        }

        private static List<Integer> numbers(TestDatabase database) throws SQLException {
            List<Integer> numbers = new ArrayList<>();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT n FROM t ORDER BY n")) {
                while (rows.next()) {
                    numbers.add(rows.getInt(1));
                }
            }
            return numbers;
        }
    }

    @Nested
    class Postgres extends Part {
        @Override
        DatabaseServer shared() {
            return DatabaseServers.postgres();
        }

        @Override
        DatabaseServer launched() {
            return PostgresServer.launched();
        }
    }

    @Nested
    class MariaDb extends Part {
        @Override
        DatabaseServer shared() {
            return DatabaseServers.mariaDb();
        }

        @Override
        DatabaseServer launched() {
            return MariaDbServer.launched();
        }
    }
}

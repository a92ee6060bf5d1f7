package dev.remora.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Connections that break. Of each kind of statement that is to fail, the first breaks its connection before it is run, the
 * second after it was run; the third breaks it instead of the commit of its transaction, the fourth after that commit. A
 * kind is a text without the numbers of its placeholders. Safe for use by several threads.
 */
final class Failing {
    /** How many statements of each kind fail. */
    static final int EACH = 4;

    private static final String CONNECTION_FAILURE = "08006";

    private enum Commit {
        GOOD,
        BREAKS_BEFORE,
        BREAKS_AFTER
    }

    private final Set<String> failing;
    private final Map<String, AtomicInteger> ran = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    Failing(Set<String> failing) {
        this.failing = Set.copyOf(failing);
    }

    /** Returns which kinds of statements have run. */
    Set<String> kinds() {
        return Set.copyOf(ran.keySet());
    }

    /** Returns how many statements of a kind have run. */
    int count(String kind) {
        return ran.getOrDefault(kind, new AtomicInteger()).get();
    }

    int failures() {
        return failures.get();
    }

    private static String kind(String sql) {
        return sql.strip()
                .replaceAll("\\s+", " ")
                .replaceAll("\\?(, \\?)+", "?")
                .replaceAll("\\(\\?\\)(, \\(\\?\\))+", "(?)");
    }

    DataSource around(DataSource real) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof Connection connection ? new Breaking(connection).proxy() : result;
        });
    }

    private SQLException broken(Connection connection, String where) {
        failures.incrementAndGet();
        SQLException broken = new SQLNonTransientConnectionException("meant to break " + where, CONNECTION_FAILURE);
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            broken.addSuppressed(e);
        }
        return broken;
    }

    static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** One connection, used by one thread at a time. */
    private final class Breaking {
        private final Connection real;
        private Commit commit = Commit.GOOD;

        private Breaking(Connection real) {
            this.real = real;
        }

        Connection proxy() {
            return Failing.proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "commit" -> commit();
                case "prepareStatement" ->
                    statement((PreparedStatement) call(real, method, arguments), kind((String) arguments[0]));
                default -> call(real, method, arguments);
            });
        }

        private Object commit() throws SQLException {
            Commit how = commit;
            commit = Commit.GOOD;
            if (how == Commit.BREAKS_BEFORE) {
                throw broken(real, "before the commit");
            }
            real.commit();
            if (how == Commit.BREAKS_AFTER) {
                throw broken(real, "after the commit");
            }
            return null;
        }

        private PreparedStatement statement(PreparedStatement statement, String kind) {
            return Failing.proxy(PreparedStatement.class, (proxy, method, arguments) -> {
                if (!List.of("execute", "executeQuery", "executeUpdate", "executeBatch")
                        .contains(method.getName())) {
                    return call(statement, method, arguments);
                }
                int number =
                        ran.computeIfAbsent(kind, none -> new AtomicInteger()).incrementAndGet();
                int fault = failing.contains(kind) ? number : Integer.MAX_VALUE;
                if (fault == 1) {
                    throw broken(real, "before " + kind);
                }
                Object result = call(statement, method, arguments);
                if (fault == 2) {
                    throw broken(real, "after " + kind);
                }
                if (fault == 3) {
                    commit = Commit.BREAKS_BEFORE;
                } else if (fault == EACH) {
                    commit = Commit.BREAKS_AFTER;
                }
                return result;
            });
        }
    }
}

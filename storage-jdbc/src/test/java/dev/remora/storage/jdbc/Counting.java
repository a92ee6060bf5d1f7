package dev.remora.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Connections that write down every statement they run, with its parameters, and every end of a transaction. */
final class Counting {
    /** Sets a parameter again. */
    @FunctionalInterface
    private interface Parameter {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** What was run. */
    static final class Ran {
        private final String sql;
        private final List<Parameter> parameters;

        private Ran(String sql, List<Parameter> parameters) {
            this.sql = sql;
            this.parameters = List.copyOf(parameters);
        }

        /** Returns the statement in one line. */
        String sql() {
            return sql.strip().replaceAll("\\s+", " ");
        }

        /** Prepares the statement again, with the same parameters. */
        PreparedStatement again(Connection connection, String before) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(before + sql);
            for (Parameter parameter : parameters) {
                parameter.set(statement);
            }
            return statement;
        }

        @Override
        public String toString() {
            return sql();
        }
    }

    private final List<Ran> ran = Collections.synchronizedList(new ArrayList<>());

    /** Wraps connections. */
    DataSource around(DataSource real) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof Connection connection ? around(connection) : result;
        });
    }

    private Connection around(Connection real) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(real, method, arguments);
            switch (method.getName()) {
                case "commit", "rollback" -> ran.add(new Ran(method.getName(), List.of()));
                case "prepareStatement" -> {
                    return around((PreparedStatement) result, (String) arguments[0]);
                }
                default -> {}
            }
            return result;
        });
    }

    private PreparedStatement around(PreparedStatement real, String sql) {
        List<Parameter> parameters = new ArrayList<>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("execute")) {
                ran.add(new Ran(sql, parameters));
            } else if (name.startsWith("set") && arguments.length > 1) {
                parameters.add(statement -> setAgain(statement, method, arguments));
            }
            return call(real, method, arguments);
        });
    }

    private static void setAgain(PreparedStatement statement, Method method, Object[] arguments) throws SQLException {
        try {
            call(statement, method, arguments);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Returns what was run since the last call. */
    List<Ran> since() {
        List<Ran> since = List.copyOf(ran);
        ran.clear();
        return since;
    }
}

package dev.remora.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Connections that write down every statement they run, and every end of a transaction. */
final class Counting {
    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());

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
                case "commit", "rollback" -> statements.add(method.getName());
                case "prepareStatement" -> {
                    return around((PreparedStatement) result, (String) arguments[0]);
                }
                default -> {}
            }
            return result;
        });
    }

    private PreparedStatement around(PreparedStatement real, String sql) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.add(sql.strip().replaceAll("\\s+", " "));
            }
            return call(real, method, arguments);
        });
    }

    private static Object call(Object real, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Returns what was run since the last call, each statement in one line. */
    List<String> since() {
        List<String> since = List.copyOf(statements);
        statements.clear();
        return since;
    }
}

package dev.remora.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Connections that write down each query with its parameters, so that the database can then be asked how many rows it
 * reads for it.
 */
final class Explaining {
    /**
     * How a database tells what it has read for a query.
     *
     * @param prefix what makes it run a query and tell
     * @param rows finds the numbers of rows; a second group is how often they were read
     */
    record Way(String prefix, Pattern rows) {
        static final Way H2 = new Way("EXPLAIN ANALYZE ", Pattern.compile("scanCount: (\\d+)"));
        static final Way POSTGRES = new Way(
                "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ",
                Pattern.compile("Scan .*\\(actual rows=(\\d+) loops=(\\d+)\\)|Rows Removed by Filter: (\\d+)"));
        static final Way MARIADB = new Way(
                "ANALYZE FORMAT=JSON ",
                Pattern.compile("\"r_loops\": (\\d+),\\s+.*?\"r_rows\": (\\d+)", Pattern.DOTALL));
    }

    /** A query, and what was set in it. */
    private record Asked(String sql, Map<Integer, Setting> parameters) {}

    /** A call that sets a parameter. */
    private record Setting(Method method, Object[] arguments) {}

    private final DataSource real;
    private final Way way;
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    Explaining(DataSource real, Way way) {
        this.real = real;
        this.way = way;
    }

    /** Returns the connections that write down. */
    DataSource connections() {
        return proxy(DataSource.class, real, result -> result instanceof Connection one ? around(one) : result);
    }

    private Connection around(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return method.getName().equals("prepareStatement")
                    ? around((PreparedStatement) result, (String) arguments[0])
                    : result;
        });
    }

    private PreparedStatement around(PreparedStatement statement, String sql) {
        Map<Integer, Setting> parameters = new TreeMap<>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length >= 2) {
                parameters.put((Integer) arguments[0], new Setting(method, arguments));
            } else if (method.getName().equals("executeQuery")) {
                asked.add(new Asked(sql, Map.copyOf(parameters)));
            }
            return call(statement, method, arguments);
        });
    }

    /** Returns how many rows were read for all queries of a table since the last call. */
    long rowsReadSince(String table) throws SQLException {
        List<Asked> since = List.copyOf(asked);
        asked.clear();
        long rows = 0;
        try (Connection connection = real.getConnection()) {
            for (Asked one : since) {
                if (one.sql().contains(table)) {
                    rows += rowsRead(connection, one);
                }
            }
        }
        return rows;
    }

    /** Forgets what was asked until now. */
    void begin() {
        asked.clear();
    }

    private long rowsRead(Connection connection, Asked one) throws SQLException {
        String explained = explain(connection, one);
        Matcher rows = way.rows().matcher(explained);
        long sum = 0;
        boolean told = false;
        while (rows.find()) {
            told = true;
            long product = 1;
            for (int group = 1; group <= rows.groupCount(); group++) {
                product *= rows.group(group) == null ? 1 : Long.parseLong(rows.group(group));
            }
            sum += product;
        }
        if (!told) {
            throw new IllegalStateException("nothing tells what was read: " + explained);
        }
        return sum;
    }

    private String explain(Connection connection, Asked one) throws SQLException {
        StringBuilder explained = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement(way.prefix() + one.sql())) {
            for (Setting setting : one.parameters().values()) {
                try {
                    setting.method().invoke(statement, setting.arguments());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
            try (ResultSet lines = statement.executeQuery()) {
                while (lines.next()) {
                    explained.append(lines.getString(1)).append('\n');
                }
            }
        }
        return explained.toString();
    }

    private static <T> T proxy(Class<T> type, T real, UnaryOperator<Object> result) {
        return proxy(type, (proxy, method, arguments) -> result.apply(call(real, method, arguments)));
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
}

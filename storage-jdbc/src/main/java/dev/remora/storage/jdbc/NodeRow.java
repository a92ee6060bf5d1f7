package dev.remora.storage.jdbc;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.NodeState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A node, as it is stored.
 *
 * @param execId the execution
 * @param node the node
 * @param detail what few nodes have, as JSON
 */
record NodeRow(long execId, NodeState node, Optional<String> detail) {
    /** The columns, in the order in which {@link #set} sets them. */
    static final List<String> COLUMNS = List.of(
            "exec_id",
            "node",
            "status",
            "cause",
            "round",
            "attempt",
            "failures",
            "losses",
            "started_at",
            "ended_at",
            "retry_at",
            "detail");

    /** How many of the {@link #COLUMNS}, in front, are the key. */
    static final int KEYS = 2;

    static NodeRow of(long execId, NodeState node) {
        return new NodeRow(execId, node, StoredJson.detail(node));
    }

    /** Returns about how many characters the row takes. */
    int size() {
        return detail.map(String::length).orElse(0);
    }

    Optional<String> cause() {
        return node.cause().map(Enum::name);
    }

    void set(Query query) throws SQLException {
        query.number(execId)
                .integer(node.node())
                .integer(node.status().code())
                .word(cause())
                .integer(node.round())
                .integer(node.attempt())
                .integer(node.failures())
                .integer(node.losses())
                .number(node.startedAt())
                .number(node.endedAt())
                .number(node.retryAt())
                .word(detail);
    }

    /** Reads all nodes of an execution. */
    static List<NodeState> all(Session session, long execId) throws SQLException {
        return session.query("""
                SELECT node, status, cause, round, attempt, failures, losses, started_at, ended_at, retry_at, detail
                FROM ${prefix}node WHERE exec_id = ?
                """).number(execId).list(row -> read(row, execId));
    }

    private static NodeState read(Row row, long execId) throws SQLException {
        int number = row.integer();
        int status = row.integer();
        Optional<String> cause = row.optionalWord();
        int round = row.integer();
        int attempt = row.integer();
        int failures = row.integer();
        int losses = row.integer();
        long startedAt = row.number();
        long endedAt = row.number();
        long retryAt = row.number();
        Optional<String> text = row.optionalWord();
        return Stored.read("node " + number + " of execution", execId, () -> {
            StoredJson.Detail detail = StoredJson.detail(text);
            return new NodeState(
                    number,
                    Status.ofCode(status),
                    Stored.optional(Cause.class, cause),
                    detail.message(),
                    round,
                    attempt,
                    failures,
                    losses,
                    startedAt,
                    endedAt,
                    retryAt,
                    detail.token(),
                    detail.appLinks(),
                    detail.outputs());
        });
    }

    /** Removes all nodes of executions. */
    static void removeAll(Session session, Collection<Long> execIds) throws SQLException {
        session.query("DELETE FROM ${prefix}node WHERE exec_id IN " + Texts.placeholders(execIds))
                .numbers(execIds)
                .update();
    }
}

package dev.remora.internal.run;

import dev.remora.internal.dag.IntQueue;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored of the nodes of a run, as arrays by node, and which of them have changed since they were last stored.
 * A node without a row is in status INIT, or SKIPPED where it does not take part.
 */
final class NodeTable {
    private static final Status[] STATUSES = Status.values();
    private static final Cause[] CAUSES = Cause.values();
    private static final int MOST_LINKS = 1_000;
    private static final int MOST_KEPT = 1_000;

    /** What few nodes have. */
    private static final class Details {
        private String message = "";
        private String token = "";
        private List<String> appLinks = List.of();
        private Map<String, String> outputs = Map.of();
    }

    private static final Details NO_DETAILS = new Details();

    private final int defaultRound;
    private final byte[] status;
    private final byte[] cause;
    private final int[] attempt;
    private final long[] startedAt;
    private final long[] endedAt;
    private int[] round = {};
    private int[] failures = {};
    private int[] losses = {};
    private long[] retryAt = {};
    private Details[] details = {};
    /** Not a BitSet: to clear its highest bit, over and over in a chain, it looks at all the words before. */
    private final boolean[] dirty;

    private IntQueue changed = new IntQueue();

    NodeTable(int size, int defaultRound) {
        this.defaultRound = defaultRound;
        status = new byte[size];
        cause = new byte[size];
        attempt = new int[size];
        startedAt = new long[size];
        endedAt = new long[size];
        dirty = new boolean[size];
    }

    void load(NodeState row) {
        int node = row.node();
        status[node] = (byte) row.status().ordinal();
        row.cause().ifPresent(why -> cause[node] = (byte) (why.ordinal() + 1));
        attempt[node] = row.attempt();
        startedAt[node] = row.startedAt();
        endedAt[node] = row.endedAt();
        if (row.round() != defaultRound) {
            round = ints(round);
            round[node] = row.round();
        }
        if (row.failures() > 0) {
            failures = ints(failures);
            failures[node] = row.failures();
        }
        if (row.losses() > 0) {
            losses = ints(losses);
            losses[node] = row.losses();
        }
        if (row.retryAt() > 0) {
            retryAt(node, row.retryAt());
        }
        if (!row.message().isEmpty()
                || !row.token().isEmpty()
                || !row.appLinks().isEmpty()
                || !row.outputs().isEmpty()) {
            Details own = details(node);
            own.message = row.message();
            own.token = row.token();
            own.appLinks = row.appLinks();
            own.outputs = row.outputs();
        }
    }

    NodeState row(int node) {
        Details own = details.length == 0 || details[node] == null ? NO_DETAILS : details[node];
        return new NodeState(
                node,
                status(node),
                Optional.ofNullable(cause(node)),
                own.message,
                round.length == 0 || round[node] == 0 ? defaultRound : round[node],
                attempt[node],
                failures(node),
                losses(node),
                startedAt[node],
                endedAt[node],
                retryAt(node),
                own.token,
                own.appLinks,
                own.outputs);
    }

    Status status(int node) {
        return STATUSES[status[node]];
    }

    void status(int node, Status now) {
        status[node] = (byte) now.ordinal();
    }

    /** Why a node is in its status, or was told to stop; null for nothing. */
    Cause cause(int node) {
        return cause[node] == 0 ? null : CAUSES[cause[node] - 1];
    }

    void cause(int node, Cause why) {
        cause[node] = (byte) (why == null ? 0 : why.ordinal() + 1);
    }

    int attempt(int node) {
        return attempt[node];
    }

    long startedAt(int node) {
        return startedAt[node];
    }

    void startedAt(int node, long time) {
        startedAt[node] = time;
    }

    int failures(int node) {
        return failures.length == 0 ? 0 : failures[node];
    }

    int losses(int node) {
        return losses.length == 0 ? 0 : losses[node];
    }

    long retryAt(int node) {
        return retryAt.length == 0 ? 0 : retryAt[node];
    }

    void retryAt(int node, long time) {
        if (retryAt.length == 0) {
            if (time == 0) {
                return;
            }
            retryAt = new long[status.length];
        }
        retryAt[node] = time;
    }

    /** A new attempt begins. */
    void begin(int node, long now) {
        attempt[node]++;
        startedAt[node] = now;
        endedAt[node] = 0;
        retryAt(node, 0);
        cause[node] = 0;
        status(node, Status.RUNNING);
        if (details.length > 0 && details[node] != null) {
            details[node].message = "";
            details[node].token = "";
        }
    }

    /** An attempt is over, or a node that never ran gets its end. */
    void end(int node, Status now, Cause why, String message, long time) {
        status(node, now);
        cause(node, why);
        retryAt(node, 0);
        message(node, message);
        if (startedAt[node] > 0 && endedAt[node] == 0) {
            endedAt[node] = time;
        }
    }

    int countFailure(int node) {
        failures = ints(failures);
        resetLosses(node);
        return ++failures[node];
    }

    int countLoss(int node) {
        losses = ints(losses);
        return ++losses[node];
    }

    void resetLosses(int node) {
        if (losses.length > 0) {
            losses[node] = 0;
        }
    }

    void message(int node, String text) {
        if (!text.isEmpty() || details.length > 0 && details[node] != null) {
            details(node).message = text;
        }
    }

    void outputs(int node, Map<String, String> values) {
        if (!values.isEmpty() || details.length > 0 && details[node] != null) {
            details(node).outputs = values;
        }
    }

    void token(int node, String text) {
        details(node).token = text;
    }

    /** Adds a link, unless it is there already or there are too many. Tells whether it was added. */
    boolean addLink(int node, String link) {
        Details own = details(node);
        if (own.appLinks.contains(link) || own.appLinks.size() >= MOST_LINKS) {
            return false;
        }
        List<String> more = new ArrayList<>(own.appLinks);
        more.add(link);
        own.appLinks = List.copyOf(more);
        return true;
    }

    void touch(int node) {
        if (!dirty[node]) {
            dirty[node] = true;
            changed.add(node);
        }
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** Returns the rows that have changed since the last call, in the order in which they first changed. */
    List<NodeState> takeChanges() {
        if (changed.isEmpty()) {
            return List.of();
        }
        int size = changed.size();
        List<NodeState> rows = new ArrayList<>(size);
        while (!changed.isEmpty()) {
            int node = changed.remove();
            dirty[node] = false;
            rows.add(row(node));
        }
        if (size > MOST_KEPT) {
            // why: the queue of a large fan-out would stay as large
            changed = new IntQueue();
        }
        return rows;
    }

    private Details details(int node) {
        if (details.length == 0) {
            details = new Details[status.length];
        }
        if (details[node] == null) {
            details[node] = new Details();
        }
        return details[node];
    }

    private int[] ints(int[] array) {
        return array.length == 0 ? new int[status.length] : array;
    }
}

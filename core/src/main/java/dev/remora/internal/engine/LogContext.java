package dev.remora.internal.engine;

import dev.remora.model.JobId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * What the MDC of SLF4J holds while a thread works for a run, or for one attempt of a node. Afterwards it holds what it held
 * before, whatever the code of a job has put into it. Where nothing keeps an MDC, nothing is done.
 */
final class LogContext {
    private static final boolean KEPT = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
    private static final LogContext NOTHING = new LogContext(Map.of());

    private final Map<String, String> values;

    private LogContext(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    static LogContext of(String engine, long execId) {
        return KEPT ? new LogContext(Map.of("engine", engine, "execId", Long.toString(execId))) : NOTHING;
    }

    /** The same for one attempt of a node. */
    LogContext of(long execId, String node, int attempt) {
        if (!KEPT) {
            return NOTHING;
        }
        JobId job = new JobId(execId, node);
        Map<String, String> more = new HashMap<>(values);
        more.put("node", job.node());
        more.put("jobId", job.toString());
        more.put("attempt", Integer.toString(attempt));
        return new LogContext(more);
    }

    /** Puts it into the MDC, and returns what has to be told when the work is done. */
    Map<String, String> enter() {
        if (!KEPT) {
            return Map.of();
        }
        Map<String, String> before = MDC.getCopyOfContextMap();
        // why: an end that is dealt with inside of a job may be about another node, or about another run
        MDC.remove("node");
        MDC.remove("jobId");
        MDC.remove("attempt");
        values.forEach(MDC::put);
        return before == null ? Map.of() : before;
    }

    /** Makes the MDC what it was before. */
    void leave(Map<String, String> before) {
        if (!KEPT) {
            return;
        }
        if (before.isEmpty()) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }

    void within(Runnable work) {
        within(() -> {
            work.run();
            return true;
        });
    }

    <T> T within(Supplier<T> work) {
        Map<String, String> before = enter();
        try {
            return work.get();
        } finally {
            leave(before);
        }
    }
}

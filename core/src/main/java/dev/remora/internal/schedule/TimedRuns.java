package dev.remora.internal.schedule;

import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Storage;
import dev.remora.spi.TimedFilter;
import java.time.Instant;
import java.util.List;

/**
 * Some timed runs of a workflow, by schedule time; of each time all runs, as often only the last of a time counts.
 *
 * @param runs the runs, those of one time by their ids
 * @param more whether there may be runs of later times
 */
record TimedRuns(List<ExecutionRecord> runs, boolean more) {
    private static final int PAGE = 1_000;
    private static final int FURTHER = 10;

    /** Reads the first times of a closed range, one at least if there is one. */
    static TimedRuns between(Storage storage, String project, String workflow, Instant from, Instant to) {
        for (int limit = PAGE; ; limit = Math.multiplyExact(limit, FURTHER)) {
            List<ExecutionRecord> found = storage.executions()
                    .timed(TimedFilter.of(project, workflow, limit).between(from, to));
            if (found.size() < limit) {
                return new TimedRuns(found, false);
            }
            // why: the page may end in the midst of the runs of one time
            Instant last = time(found.get(found.size() - 1));
            List<ExecutionRecord> whole =
                    found.stream().takeWhile(run -> time(run).isBefore(last)).toList();
            if (!whole.isEmpty()) {
                return new TimedRuns(whole, true);
            }
        }
    }

    /** Where to go on. */
    Instant next() {
        return time(runs.get(runs.size() - 1)).plusNanos(1);
    }

    static Instant time(ExecutionRecord run) {
        return run.submission().scheduleTime();
    }
}

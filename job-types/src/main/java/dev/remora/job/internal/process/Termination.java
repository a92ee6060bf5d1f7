package dev.remora.job.internal.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ends everything that runs for one job: asks, waits, forces, and looks until nothing is left. Used by one thread at a time. */
final class Termination {
    /** A process that forks during a look may hide once from it, as its child may stand where was looked already. */
    private static final int EMPTY_LOOKS = 2;

    private final ProcessTree tree;
    private final Signals signals;
    private final long startedAt = System.nanoTime();
    private final long graceNanos;
    private boolean asked;
    private int emptyLooks;

    Termination(ProcessTable table, Identity identity, Duration grace) {
        this.tree = new ProcessTree(table, identity);
        this.signals = new Signals(table);
        this.graceNanos = nanos(grace);
    }

    private static long nanos(Duration time) {
        return time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? time.toNanos() : Long.MAX_VALUE;
    }

    /**
     * Does what is next.
     *
     * @return whether nothing is left
     */
    boolean step() throws IOException {
        List<ProcessEntry> members = tree.members();
        if (members.isEmpty()) {
            return ++emptyLooks >= EMPTY_LOOKS;
        }
        emptyLooks = 0;
        List<ProcessEntry> others =
                members.stream().filter(entry -> !tree.isLauncher(entry)).toList();
        if (System.nanoTime() - startedAt >= graceNanos) {
            // why: as long as the launcher lives the session is ours beyond doubt, so it goes last
            signals.kill(others.isEmpty() ? members : others);
        } else if (!asked) {
            // why: a launcher alone has not started the job yet, or is about to end; the one who is asked is still to
            // come
            signals.terminate(members.stream()
                    .filter(entry -> !tree.isLauncher(entry) || entry.stopped())
                    .toList());
            asked = !others.isEmpty();
        }
        return false;
    }
}

package dev.remora.job.internal.process;

import java.util.Objects;

/**
 * A process as it was seen. Zombies are never listed: they are gone, and only their parents have not noticed.
 *
 * @param pid its process id
 * @param parent its parent's
 * @param group its process group
 * @param session its session; the group where sessions cannot be seen
 * @param start when it started, in the unit of the {@link ProcessTable}
 * @param stopped whether it is suspended by a signal
 * @param marked whether its environment holds the marker of the job in question
 */
record ProcessEntry(long pid, long parent, long group, long session, String start, boolean stopped, boolean marked) {
    ProcessEntry {
        Objects.requireNonNull(start, "start");
    }
}

package dev.remora.job.internal.process;

import java.util.Objects;
import java.util.Optional;

/**
 * Names the process that stands for a job, its launcher, for ever: a pid alone comes back for other processes.
 *
 * @param pid its process id, also that of its session and group
 * @param start when it started, in the unit of the {@link ProcessTable}; {@link #UNKNOWN} where the launcher cannot
 *     tell
 * @param boot the boot of the host in which it started; {@link #UNKNOWN} where the launcher cannot tell
 * @param marker what the environment of each process of the job holds
 * @param recordedAt when this was recorded, in epoch milliseconds: no process that started later is meant
 */
record Identity(long pid, String start, String boot, String marker, long recordedAt) {
    static final String UNKNOWN = "-";
    /** The pid of no process, where the launcher is not known. */
    static final long NOBODY = -1;

    Identity {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(boot, "boot");
        Objects.requireNonNull(marker, "marker");
    }

    static Optional<Identity> parse(String line, long recordedAt) {
        String[] words = line.split(" ", -1);
        if (words.length != 4 || !words[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new Identity(Long.parseLong(words[0]), words[1], words[2], words[3], recordedAt));
    }
}

package dev.remora.job.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The processes of this host. Safe for use by several threads. */
interface ProcessTable {
    /** Returns the table that tells most on this host. */
    static ProcessTable ofThisHost() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) ? new LinuxProcessTable(proc) : new PortableProcessTable();
    }

    /** Tells whether this very process is there, dead but unnoticed ones included if {@code zombie}. */
    boolean exists(Identity identity, boolean zombie) throws IOException;

    /** Returns when the process that has this pid now started; empty if there is none. */
    Optional<String> startOf(long pid) throws IOException;

    /**
     * Finds what runs for a job whose files are gone, by a text that the environment of each of its processes holds, with the
     * marker behind it. Who the launcher was is not known then.
     */
    Optional<Identity> orphans(String variable) throws IOException;

    /** Lists every process that may be looked at. */
    List<ProcessEntry> list(Identity identity) throws IOException;
}

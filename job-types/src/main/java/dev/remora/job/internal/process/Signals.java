package dev.remora.job.internal.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends signals to processes that were seen, and to no one who came after them under the same pid. */
final class Signals {
    private final ProcessTable table;

    Signals(ProcessTable table) {
        this.table = table;
    }

    /** Asks processes to end. Suspended ones go on, or they could not hear it. */
    void terminate(List<ProcessEntry> entries) throws IOException {
        List<String> suspended = new ArrayList<>();
        for (ProcessEntry entry : entries) {
            Optional<ProcessHandle> handle = same(entry);
            handle.ifPresent(ProcessHandle::destroy);
            if (handle.isPresent() && entry.stopped()) {
                suspended.add(Long.toString(entry.pid()));
            }
        }
        resume(suspended);
    }

    void kill(List<ProcessEntry> entries) throws IOException {
        for (ProcessEntry entry : entries) {
            same(entry).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The JDK has no call for this. It is harmless to whoever would have come under the same pid meanwhile. */
    private static void resume(List<String> pids) throws IOException {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s CONT \"$@\"", "resume"));
        command.addAll(pids);
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getOutputStream()
                .close();
    }

    /**
     * The handle remembers when its process started and signals no other; it is taken before the comparison, so a pid
     * that is given away at any moment is noticed either here or there.
     */
    private Optional<ProcessHandle> same(ProcessEntry entry) throws IOException {
        Optional<ProcessHandle> handle = ProcessHandle.of(entry.pid());
        if (handle.isPresent()
                && table.startOf(entry.pid()).filter(entry.start()::equals).isPresent()) {
            return handle;
        }
        return Optional.empty();
    }
}

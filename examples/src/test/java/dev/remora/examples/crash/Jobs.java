package dev.remora.examples.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of jobs, known by a mark in the environment that they inherit from the JVM that is killed. */
final class Jobs {
    static final String MARK = "REMORA_CRASH_TEST";

    private Jobs() {}

    /** Ends them all at once, as when their host loses power. */
    static int killAll(Path directory) throws IOException {
        String mark = MARK + "=" + directory;
        List<ProcessHandle> marked;
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            marked = all.filter(process -> environment(process).contains(mark)).toList();
        }
        marked.forEach(ProcessHandle::destroyForcibly);
        return marked.size();
    }

    private static String environment(ProcessHandle process) {
        return read(Path.of("/proc/" + process.pid() + "/environ")).orElse("");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // why: it has ended since it was listed
            return Optional.empty();
        }
    }
}

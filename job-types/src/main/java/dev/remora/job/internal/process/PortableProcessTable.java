package dev.remora.job.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What POSIX and the JDK tell where there is no /proc. Start times are epoch milliseconds. Environments cannot be seen, so
 * a process that leaves its group and loses its parents is not found.
 */
final class PortableProcessTable implements ProcessTable {
    /** How far the clocks of files and of processes may lie apart, in milliseconds. */
    private static final long CLOCK_TOLERANCE = 2_000;

    @Override
    public boolean exists(Identity identity, boolean zombie) {
        return ProcessHandle.of(identity.pid())
                .filter(process -> zombie || process.isAlive())
                .flatMap(process -> process.info().startInstant())
                .filter(start -> start.toEpochMilli() <= identity.recordedAt() + CLOCK_TOLERANCE)
                .isPresent();
    }

    @Override
    public Optional<String> startOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(start -> Long.toString(start.toEpochMilli()));
    }

    @Override
    public Optional<Identity> orphans(String variable) {
        return Optional.empty();
    }

    @Override
    public List<ProcessEntry> list(Identity identity) throws IOException {
        Process ps = new ProcessBuilder("ps", "-A", "-o", "pid=,ppid=,pgid=,state=")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ps.getOutputStream().close();
        String lines = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        List<ProcessEntry> entries = new ArrayList<>();
        for (String line : lines.split("\n")) {
            String[] words = line.trim().split(" +");
            if (words.length != 4) {
                throw new IOException("ps tells something else than was asked for: " + line);
            }
            long pid = Long.parseLong(words[0]);
            Optional<String> start = startOf(pid);
            if (words[3].startsWith("Z") || start.isEmpty()) {
                continue;
            }
            long group = Long.parseLong(words[2]);
            boolean stopped = words[3].startsWith("T");
            entries.add(new ProcessEntry(pid, Long.parseLong(words[1]), group, group, start.get(), stopped, false));
        }
        return entries;
    }
}

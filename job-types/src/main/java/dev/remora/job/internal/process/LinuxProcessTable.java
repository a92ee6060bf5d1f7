package dev.remora.job.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What /proc tells. Start times are clock ticks since the host's boot. */
final class LinuxProcessTable implements ProcessTable {
    /** On a host that forks faster than its list can be read, it has to be good enough at some point. */
    private static final int MOST_PASSES = 50;

    private final Path proc;
    private final String boot;

    LinuxProcessTable(Path proc) {
        this.proc = proc;
        this.boot = boot(proc.resolve("sys/kernel/random/boot_id"));
    }

    private static String boot(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).trim();
        } catch (IOException e) {
            return Identity.UNKNOWN;
        }
    }

    @Override
    public boolean exists(Identity identity, boolean zombie) throws IOException {
        if (!identity.boot().equals(boot)) {
            return false;
        }
        Optional<Stat> stat = stat(proc.resolve(Long.toString(identity.pid())));
        return stat.isPresent()
                && stat.get().start().equals(identity.start())
                && (zombie || !stat.get().dead());
    }

    @Override
    public Optional<String> startOf(long pid) throws IOException {
        return stat(proc.resolve(Long.toString(pid))).map(Stat::start);
    }

    @Override
    public Optional<Identity> orphans(String variable) throws IOException {
        // why: the texts of an environment are bytes, and are compared as such
        String wanted = new String(variable.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path directory : directories) {
                String environment = environment(directory.resolve("environ"));
                int begin = environment.indexOf(wanted);
                if (begin >= 0) {
                    int end = environment.indexOf('\0', begin);
                    String marker =
                            environment.substring(begin + wanted.length(), end < 0 ? environment.length() : end);
                    return Optional.of(
                            new Identity(Identity.NOBODY, Identity.UNKNOWN, boot, marker, System.currentTimeMillis()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public List<ProcessEntry> list(Identity identity) throws IOException {
        List<ProcessEntry> entries = new ArrayList<>();
        if (!identity.boot().equals(boot)) {
            return entries;
        }
        Set<Path> looked = new HashSet<>();
        int before;
        int passes = 0;
        do {
            // why: a process may fork and end before it is looked at, and its child has been left out of the list then;
            // once
            // a list holds nobody new, nobody has slipped through
            before = looked.size();
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(proc, "[0-9]*")) {
                for (Path directory : directories) {
                    if (looked.add(directory)) {
                        entry(directory, identity).ifPresent(entries::add);
                    }
                }
            }
        } while (looked.size() > before && ++passes < MOST_PASSES);
        return entries;
    }

    private static Optional<ProcessEntry> entry(Path directory, Identity identity) throws IOException {
        Optional<Stat> found = stat(directory);
        if (found.isEmpty() || found.get().dead()) {
            return Optional.empty();
        }
        Stat stat = found.get();
        return Optional.of(new ProcessEntry(
                Long.parseLong(directory.getFileName().toString()),
                stat.number(1),
                stat.number(2),
                stat.number(3),
                stat.start(),
                stat.state() == 'T' || stat.state() == 't',
                environment(directory.resolve("environ")).contains(identity.marker())));
    }

    /** Returns the environment of a process; empty if it cannot be seen. */
    private static String environment(Path environ) {
        try {
            return read(environ)
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .orElse("");
        } catch (IOException e) {
            // why: systems differ in how they refuse to show the environment of someone else's process
            return "";
        }
    }

    private static Optional<Stat> stat(Path directory) throws IOException {
        Optional<byte[]> bytes = read(directory.resolve("stat"));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(bytes.get(), StandardCharsets.ISO_8859_1);
        // why: the program's name stands in parentheses, and may hold blanks and parentheses itself
        return Optional.of(new Stat(text.substring(text.lastIndexOf(')') + 2).split(" ")));
    }

    /** Reads a file; empty if the process is gone. Any other failure, such as too many open files, is not a proof. */
    private static Optional<byte[]> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readAllBytes();
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The fields of a stat file from the state on, which is field 3 in the manual's counting. */
    private record Stat(String[] fields) {
        char state() {
            return fields[0].charAt(0);
        }

        boolean dead() {
            return state() == 'Z' || state() == 'X';
        }

        long number(int index) {
            return Long.parseLong(fields[index]);
        }

        String start() {
            return fields[19];
        }
    }
}

package dev.remora.job.internal.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The files by which an engine and a launcher know of each other. A record of the launcher is one line, and counts once
 * the line is ended; that is as safe as a rename, and needs no process.
 */
record ControlDirectory(Path path) {
    private static final String ABANDONED = "abandoned";
    private static final int RECORD_SIZE = 4096;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** How far the start of the job has come. */
    sealed interface Start {
        /** Nobody has recorded anything: the launcher may still come. */
        record Open() implements Start {}

        /** The launcher is just recording itself. */
        record Recording() implements Start {}

        /** An engine gave it up; it will never run. */
        record Abandoned() implements Start {}

        /** It runs, or has run. */
        record Recorded(Identity identity) implements Start {}
    }

    Path launcher() {
        return path.resolve("launcher");
    }

    Path output() {
        return path.resolve("output");
    }

    Path outputs(String marker) {
        return path.resolve("outputs." + marker);
    }

    /** A launcher that was left here by an earlier job must not be able to end this one: hence the marker. */
    Path exit(String marker) {
        return path.resolve("exit." + marker);
    }

    private Path stopNote(String marker) {
        return path.resolve("stop." + marker);
    }

    private Path identity() {
        return path.resolve("identity");
    }

    /**
     * Makes the directory ready for a launcher.
     *
     * @param arguments the program and its arguments, without NUL
     */
    void prepare(String launcher, List<String> arguments) throws IOException {
        Files.deleteIfExists(identity());
        create(output(), "");
        create(path.resolve("arguments"), encode(arguments));
        create(launcher(), launcher);
    }

    /**
     * Lets another user at a file who is told where it is: the directory cannot be listed by others, so what they cannot guess
     * the name of they do not find.
     */
    void openToOthers(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    /** Creates a file that only the owner may read, with a new inode: what still reads an older one is not disturbed. */
    void create(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** An argument is one or more lines: all but its last begin with a colon, its last with a plus sign. */
    private static String encode(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            if (argument.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an argument holds a NUL character, which no program can be given");
            }
            String[] lines = argument.split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                text.append(i < lines.length - 1 ? ':' : '+').append(lines[i]).append('\n');
            }
        }
        return text.toString();
    }

    Start start() throws IOException {
        try {
            Optional<String> line = record(identity());
            if (line.isEmpty()) {
                return new Start.Recording();
            }
            if (line.get().equals(ABANDONED)) {
                return new Start.Abandoned();
            }
            long recordedAt = Files.getLastModifiedTime(identity()).toMillis();
            return new Start.Recorded(Identity.parse(line.get(), recordedAt)
                    .orElseThrow(() -> new IOException(identity() + " holds no identity: " + line.get())));
        } catch (NoSuchFileException e) {
            return new Start.Open();
        }
    }

    /**
     * Sees to it that the launcher, should it still come, does not run the job.
     *
     * @return false if the launcher was faster
     */
    boolean abandon() throws IOException {
        try {
            Files.writeString(identity(), ABANDONED + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Remembers for later engines that what follows is not the job's own doing. */
    void noteStop(String marker) throws IOException {
        Files.writeString(stopNote(marker), "");
    }

    boolean stopNoted(String marker) {
        return Files.exists(stopNote(marker));
    }

    /** Returns the exit code; empty as long as there is none. */
    OptionalInt exitCode(String marker) throws IOException {
        if (!Files.exists(exit(marker))) {
            return OptionalInt.empty();
        }
        try {
            Optional<String> line = record(exit(marker));
            return line.isPresent() && line.get().matches("[0-9]{1,3}")
                    ? OptionalInt.of(Integer.parseInt(line.get()))
                    : OptionalInt.empty();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        }
    }

    /** Tells whether the job is known to have ended by itself, and not because it was stopped. */
    boolean hasEnded() {
        try {
            return start() instanceof Start.Recorded recorded
                    && exitCode(recorded.identity().marker()).isPresent()
                    && !stopNoted(recorded.identity().marker());
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns a line that has its end, without it; empty if the end is not written yet. */
    private static Optional<String> record(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_SIZE);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return text.endsWith("\n") ? Optional.of(text.substring(0, text.length() - 1)) : Optional.empty();
    }
}

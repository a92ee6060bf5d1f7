package dev.remora.internal.engine;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.util.concurrent.Striped;
import dev.remora.WorkDirectoryPolicy;
import dev.remora.internal.resource.IncomingFiles;
import dev.remora.internal.resource.SharedDirectories;
import dev.remora.model.JobId;
import dev.remora.model.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where executions and jobs have their files: {@code work/<execId>} for an execution, {@code jobs/<execId>/…} for what job
 * types keep of an attempt, {@code incoming} for what is on its way. All of it below a directory that
 * carries the id of the storage, as ids of executions mean nothing without it.
 */
final class WorkDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectories.class);
    private static final int STRIPES = 64;
    private static final Pattern EXEC_ID = Pattern.compile("[1-9]\\d{0,17}");
    private static final int READABLE = 32;
    private static final int MOST_TRIES = 3;

    private final Path base;
    private final WorkDirectoryPolicy policy;
    private final Striped<Lock> locks = Striped.lock(STRIPES);
    private final IncomingFiles incoming;

    WorkDirectories(EngineConfig config) {
        base = config.workDirectory().resolve(config.storage().id());
        policy = config.workDirectoryPolicy();
        incoming = new IncomingFiles(base.resolve("incoming"));
    }

    /** Files that are on their way into the storage, or from there into a work directory. */
    IncomingFiles incoming() {
        return incoming;
    }

    Path work(long execId) throws IOException {
        return create(execId, workPath(execId));
    }

    Path control(JobId job, int attempt) throws IOException {
        return create(job.execId(), controlPath(job, attempt));
    }

    private Path create(long execId, Path directory) throws IOException {
        Lock lock = locks.get(execId);
        lock.lock();
        try {
            return SharedDirectories.create(directory);
        } finally {
            lock.unlock();
        }
    }

    void removeControlDirectory(JobId job, int attempt) {
        remove(controlPath(job, attempt));
    }

    /**
     * Applies the policy to the directory of an execution that has ended.
     *
     * @param runsAgain whether a new round of it has begun since
     */
    void executionEnded(long execId, Status status, BooleanSupplier runsAgain) {
        Lock lock = locks.get(execId);
        lock.lock();
        try {
            if (!runsAgain.getAsBoolean()) {
                executionEnded(execId, status);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns executions of which something is here, those of this process or of others that use the same directory.
     *
     * @param most how many at the most
     */
    Set<Long> executions(int most) throws IOException {
        Set<Long> found = new TreeSet<>();
        for (String part : List.of("work", "jobs")) {
            Path directory = base.resolve(part);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> names = Files.list(directory)) {
                    names.map(path -> path.getFileName().toString())
                            .filter(name -> EXEC_ID.matcher(name).matches())
                            .limit(most)
                            .map(Long::valueOf)
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    /** Removes what is here of an execution that is purged, whatever the policy. */
    void executionPurged(long execId) {
        Lock lock = locks.get(execId);
        lock.lock();
        try {
            removeAll(execId, true);
        } finally {
            lock.unlock();
        }
    }

    private void executionEnded(long execId, Status status) {
        boolean removed = switch (policy) {
            case REMOVE -> true;
            case KEEP_UNLESS_SUCCESS -> status == Status.SUCCESS;
            case KEEP -> false;
        };
        removeAll(execId, removed);
    }

    private void removeAll(long execId, boolean work) {
        remove(jobsPath(execId));
        if (work) {
            remove(workPath(execId));
        }
        try {
            Files.deleteIfExists(base.resolve("jobs"));
            Files.deleteIfExists(base.resolve("work"));
            Files.deleteIfExists(base);
        } catch (IOException notEmpty) {
            LOG.trace("{} is still in use", base);
        }
    }

    private Path workPath(long execId) {
        return base.resolve("work").resolve(Long.toString(execId));
    }

    private Path jobsPath(long execId) {
        return base.resolve("jobs").resolve(Long.toString(execId));
    }

    /** Node names may be long, and in any script: what a file system cannot take is left to the hash. */
    private Path controlPath(JobId job, int attempt) {
        StringBuilder name = new StringBuilder();
        job.node()
                .chars()
                .limit(READABLE)
                .forEach(c -> name.append(c < 128 && Character.isLetterOrDigit(c) ? (char) c : '_'));
        name.append('-')
                .append(
                        Hashing.sha256()
                                .hashString(job.node(), StandardCharsets.UTF_8)
                                .toString(),
                        0,
                        12)
                .append('-')
                .append(attempt);
        return jobsPath(job.execId()).resolve(name.toString());
    }

    /** Tried again, as the directory of an attempt and that of its execution may be removed at once, by two threads. */
    private static void remove(Path directory) {
        for (int tries = 1; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); tries++) {
            try {
                MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
            } catch (IOException busy) {
                if (tries == MOST_TRIES) {
                    LOG.warn("cannot remove {}", directory, busy);
                    return;
                }
            }
        }
    }
}

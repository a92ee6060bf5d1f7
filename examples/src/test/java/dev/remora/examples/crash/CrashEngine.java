package dev.remora.examples.crash;

import dev.remora.Remora;
import dev.remora.error.StorageException;
import dev.remora.event.ExecutionEvent;
import dev.remora.job.ShellJobType;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The engine that is killed: it goes on with what it finds, and submits more, until it is no more. */
public final class CrashEngine {
    static final String READY = "ready";

    private static final int SUBMITTERS = 4;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration LEASE = Duration.ofSeconds(5);

    private CrashEngine() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the directory, the database, the name of the engine, how many executions it wants to have
     *     submitted
     */
    public static void main(String[] arguments) {
        Place place = new Place(Path.of(arguments[0]));
        Remora remora = start(place, new CrashDatabase(arguments[1]).open(), arguments[2]);
        System.out.println(READY);
        submit(remora, place, arguments[2], Integer.parseInt(arguments[3]), Executors.newFixedThreadPool(SUBMITTERS));
    }

    /** Submits what has not been acknowledged yet, on other threads. */
    static void submit(Remora remora, Place place, String name, int wanted, Executor submitters) {
        Set<String> known = place.acknowledged().lines().stream()
                .map(line -> line.split(" ")[1])
                .collect(Collectors.toSet());
        IntStream.range(0, wanted)
                .mapToObj(number -> name + "-" + number)
                .filter(key -> !known.contains(key))
                .forEach(key -> submitters.execute(() -> submit(remora, place, key)));
    }

    private static void submit(Remora remora, Place place, String key) {
        RunRequest request = RunRequest.builder(CrashWorkflow.PROJECT, CrashWorkflow.NAME)
                .idempotencyKey(key)
                .build();
        while (true) {
            try {
                long execId = remora.executor().run(request);
                place.acknowledged().add(execId + " " + key);
                return;
            } catch (StorageException away) {
                if (!away.isTransient()) {
                    throw away;
                }
                // why: the key makes sure that it is not run twice if it was stored after all
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    static Remora start(Place place, Storage storage, String name) {
        Remora remora = Remora.builder()
                .storage(storage)
                .name(name)
                .lease(LEASE)
                .jobType(new ShellJobType())
                .workDirectory(place.workDirectory())
                .listener(event -> hear(place, event))
                .start();
        if (remora.workflows().find(CrashWorkflow.PROJECT, CrashWorkflow.NAME).isEmpty()) {
            remora.workflows().save(CrashWorkflow.PROJECT, CrashWorkflow.NAME, CrashWorkflow.workflow(place));
        }
        return remora;
    }

    private static void hear(Place place, ExecutionEvent event) {
        if (event instanceof ExecutionEvent.NodeChanged changed && changed.to() == Status.SUCCESS) {
            place.succeeded().add(changed.execId() + " " + changed.node() + " " + changed.attempt());
        }
    }
}

package dev.remora.examples.crash;

import dev.remora.Remora;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;

/** An engine that is killed, with jobs that write down when they begin and when they end. */
public final class TimedEngine {
    /** The type of those jobs. */
    static final String COUNT = "COUNT";
    /** Their parameter: a number; they wait until the {@link Place} is open for it. */
    static final String DAY = "day";

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration WORK = Duration.ofMillis(40);

    private TimedEngine() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the directory, the database, the name of the engine
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        start(new Place(Path.of(arguments[0])), new CrashDatabase(arguments[1]).open(), arguments[2]);
        System.out.println(CrashEngine.READY);
        new CountDownLatch(1).await();
    }

    static Remora start(Place place, Storage storage, String name) {
        long pid = ProcessHandle.current().pid();
        Journal timeline = place.timeline();
        Remora.Builder builder = Remora.builder()
                .storage(storage)
                .name(name)
                .lease(LEASE)
                .zone(ZoneOffset.UTC)
                .workDirectory(place.workDirectory());
        builder.java(COUNT, JavaJob.of(context -> {
            timeline.add("begin " + pid + " " + context.jobId());
            try {
                do {
                    context.sleep(WORK);
                } while (!place.isOpen(context.parameter().get(DAY).asInt()));
            } finally {
                timeline.add("end " + pid + " " + context.jobId());
            }
        }));
        return builder.start();
    }
}

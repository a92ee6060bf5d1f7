package dev.remora.examples;

import dev.remora.Remora;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.SavedSchedule;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.JdbcStorage;
import dev.remora.storage.memory.MemoryStorage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A schedule that fires every few seconds, beside a backfill of a month, shown while they go. */
public final class TimeExample {
    private static final String PROJECT = "examples";
    private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");
    private static final Instant LAST = Instant.parse("2026-01-31T02:00:00Z");
    private static final int PARALLEL = 3;
    private static final int BAR = 31;

    private TimeExample() {}

    /**
     * Runs until the backfill has ended and the schedule has fired a few times.
     *
     * @param args the file of an H2 database that is to keep everything; none to keep it in memory
     * @throws IllegalArgumentException if there is more than that
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 1) {
            throw new IllegalArgumentException(
                    "takes one file of H2, or nothing, which is -Dexec.args= through Maven; has "
                            + String.join(" ", args));
        }
        Storage storage = args.length == 0 ? MemoryStorage.create() : JdbcStorage.h2(Path.of(args[0]));
        show(System.out, storage, "0/2 * * * * ?", Duration.ofMillis(500), Duration.ofMillis(400), 5);
    }

    /**
     * Runs both.
     *
     * @param storage where; it is closed
     * @param cron when the schedule fires
     * @param work how long a day of the backfill takes
     * @param interval how often a line is printed
     * @param fires how often the schedule is to fire at least
     */
    static void show(PrintStream out, Storage storage, String cron, Duration work, Duration interval, int fires)
            throws InterruptedException {
        Workflow report = Workflow.builder()
                .node("load", "WORK", node -> node.parameter("day", "$[yyyy-MM-dd]"))
                .node("report", "WORK", node -> node.after("load").parameter("day", "$[yyyy-MM-dd]"))
                .build();
        Remora.Builder builder = Remora.builder().storage(storage).zone(ZoneOffset.UTC);
        builder.java("WORK", JavaJob.of(context -> context.sleep(work.dividedBy(2))));
        builder.java("BEAT", JavaJob.of(context -> context.log().line("still alive")));
        try (Remora remora = builder.start()) {
            remora.workflows()
                    .save(
                            PROJECT,
                            "heartbeat",
                            Workflow.builder().node("beat", "BEAT").build());
            remora.workflows().save(PROJECT, "daily", report);
            remora.schedules().save(Schedule.builder(PROJECT, "heartbeat", cron).build());
            Backfill backfill = remora.backfills()
                    .start(BackfillRequest.builder(PROJECT, "daily", FIRST, LAST)
                            .cron("0 0 2 * * ?")
                            .parallel(PARALLEL)
                            .build());
            out.println("backfill " + backfill.id() + ": " + backfill.runs().size() + " days, " + PARALLEL
                    + " at once; heartbeat: " + cron);
            watch(remora, backfill.id(), out, interval, fires);
        }
    }

    private static void watch(Remora remora, long id, PrintStream out, Duration interval, int fires)
            throws InterruptedException {
        while (true) {
            BackfillProgress progress = remora.backfills().progress(id);
            long beats = beats(remora);
            out.println(line(progress, beats, remora.schedules().find(PROJECT, "heartbeat")));
            if (progress.status().isFinal() && beats >= fires) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
        }
    }

    private static long beats(Remora remora) {
        return remora.query()
                .list(ExecutionFilter.builder()
                        .types(ExecutionType.SCHEDULER)
                        .statuses(Status.SUCCESS)
                        .build())
                .total();
    }

    private static String line(BackfillProgress progress, long beats, Optional<SavedSchedule> schedule) {
        int done = progress.succeeded() * BAR / progress.total();
        int active = Math.min(BAR - done, progress.active());
        return "[" + "#".repeat(done) + ">".repeat(active) + ".".repeat(BAR - done - active) + "] "
                + progress.succeeded() + " of " + progress.total() + " days, " + progress.active() + " active, "
                + progress.status() + " | heartbeat ran " + beats + " times, next "
                + schedule.flatMap(SavedSchedule::nextFireTime)
                        .map(Instant::toString)
                        .orElse("never");
    }
}

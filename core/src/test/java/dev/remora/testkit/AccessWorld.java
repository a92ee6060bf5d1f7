package dev.remora.testkit;

import dev.remora.RemoraSession;
import dev.remora.model.AccessRight;
import dev.remora.model.BackfillRequest;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Project;
import dev.remora.model.RunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Workflow;
import dev.remora.spi.Storage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A project with one of each, and a user for each role in it.
 *
 * @param project the project
 * @param running an execution that runs
 * @param ended an execution that has ended
 * @param backfill a backfill that runs
 */
record AccessWorld(String project, long running, long ended, long backfill) {
    /** The workflow that has a schedule and a backfill. */
    static final String TIMED = "timed";
    /** The workflow that has neither. */
    static final String PLAIN = "plain";
    /** The resource. */
    static final String FILE = "lib/a.txt";

    private static final String EVERY_DAY = "0 0 2 * * ?";
    private static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");
    /** From when on nothing was backfilled. */
    static final Instant LATER = Instant.parse("2025-04-01T00:00:00Z");

    private static final long UNKNOWN = 1_000_000;

    /** What somebody may be in a project. */
    enum Role {
        NOBODY,
        READER,
        RUNNER,
        WRITER,
        OWNER
    }

    /** Makes a project as its owner. */
    static AccessWorld in(ManualRemora remora, String project) {
        AccessWorld empty = new AccessWorld(project, 0, 0, 0);
        RemoraSession owner = remora.as(empty.user(Role.OWNER));
        owner.projects().create(project);
        owner.projects().grant(project, empty.user(Role.READER), AccessRight.READ);
        owner.projects().grant(project, empty.user(Role.RUNNER), AccessRight.EXECUTE);
        owner.projects().grant(project, empty.user(Role.WRITER), AccessRight.WRITE);
        owner.workflows().save(project, PLAIN, nodeOf("OK"));
        owner.workflows().save(project, TIMED, nodeOf("JOB"));
        owner.resources().put(project, FILE, new ByteArrayInputStream(new byte[] {1, 2, 3}));
        owner.schedules().save(schedule(project));
        long running = owner.executor().run(RunRequest.of(project, TIMED));
        long ended = owner.executor().run(RunRequest.of(project, PLAIN));
        long backfill = owner.backfills().start(backfill(project, FROM)).id();
        remora.settle();
        return new AccessWorld(project, running, ended, backfill);
    }

    /** A project that does not exist, with nothing in it, for the same users. */
    AccessWorld absent() {
        return new AccessWorld(project + "_absent", UNKNOWN, UNKNOWN + 1, UNKNOWN + 2);
    }

    static Workflow nodeOf(String type) {
        return Workflow.builder().node("a", type).build();
    }

    static Schedule schedule(String project) {
        return Schedule.builder(project, TIMED, EVERY_DAY).online(false).build();
    }

    /** A backfill of two days. */
    static BackfillRequest backfill(String project, Instant from) {
        return BackfillRequest.builder(project, TIMED, from, from.plus(Duration.ofDays(2)))
                .cron(EVERY_DAY)
                .build();
    }

    /** The name of the user who has a role in this project. */
    String user(Role role) {
        return project.replace("_absent", "") + "'s " + role.name().toLowerCase(Locale.ROOT);
    }

    /** A text with names that differ from world to world left out. */
    String anonymous(String text) {
        return text.replace(project, "PROJECT")
                .replace(project.replace("_absent", ""), "PROJECT")
                .replace(Long.toString(running), "RUNNING")
                .replace(Long.toString(ended), "ENDED")
                .replace(Long.toString(backfill), "BACKFILL");
    }

    /** Whatever an operation may have changed. */
    String stored(Storage storage) {
        List<Project> projects = storage.projects().find(project).stream().toList();
        return String.join(
                "\n",
                projects.toString(),
                storage.projects().grants(project, 0, 100).toString(),
                storage.workflows().list(project, 0, 100).toString(),
                storage.resources().list(project, 0, 100).toString(),
                storage.schedules().list(project, 0, 100).toString(),
                storage.backfills().list(project, 0, 100).toString(),
                storage.executions()
                        .list(ExecutionFilter.builder().project(project).build())
                        .toString());
    }
}

package dev.remora.testkit;

import static dev.remora.testkit.AccessWorld.FILE;
import static dev.remora.testkit.AccessWorld.PLAIN;
import static dev.remora.testkit.AccessWorld.TIMED;

import dev.remora.RemoraSession;
import dev.remora.model.AccessRight;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.LogRequest;
import dev.remora.model.Operation;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every operation of a session, and what becomes of it for each role. */
final class AccessTable {
    /** What becomes of an operation. */
    enum Outcome {
        /** It is done. */
        DONE('+'),
        /** It is refused. */
        DENIED('-'),
        /** What it is about is not there. */
        HIDDEN('0'),
        /** The name is somebody else's. */
        TAKEN('x');

        private final char sign;

        Outcome(char sign) {
            this.sign = sign;
        }

        static Outcome of(int sign) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.sign == sign)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** An operation. */
    @FunctionalInterface
    interface Act {
        Object by(RemoraSession user, AccessWorld in) throws Exception;
    }

    /** An operation that returns nothing. */
    @FunctionalInterface
    interface Step {
        void by(RemoraSession user, AccessWorld in) throws Exception;
    }

    /**
     * A row.
     *
     * @param method the method, as {@code Interface.name(ParameterTypes)}
     * @param operation what a refusal names; none if it is never refused
     * @param outcomes what becomes of it, by role
     * @param act does it
     */
    record Row(String method, Optional<Operation> operation, List<Outcome> outcomes, Act act) {}

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RetentionRule RULE = RetentionRule.keeping(1);
    private static final ExecutionFilter ALL = ExecutionFilter.builder().build();

    private AccessTable() {}

    private static Row gives(String method, Operation operation, String outcomes, Act act) {
        List<Outcome> all = outcomes.chars().mapToObj(Outcome::of).toList();
        return new Row(method, Optional.ofNullable(operation), all, act);
    }

    private static Row does(String method, Operation operation, String outcomes, Step step) {
        return gives(method, operation, outcomes, (user, in) -> {
            step.by(user, in);
            return true;
        });
    }

    private static DirectRunRequest unsaved(AccessWorld in) {
        return DirectRunRequest.of(in.project(), "unsaved", AccessWorld.nodeOf("OK"));
    }

    private static InputStream bytes() {
        return new ByteArrayInputStream(new byte[] {4, 5});
    }

    private static String job(AccessWorld in) {
        return in.ended() + "-a";
    }

    /** In the outcomes are: nobody, who has READ, EXECUTE, WRITE, and the owner. */
    static List<Row> rows() {
        return List.of(
                gives(
                        "WorkflowExecutor.run(RunRequest)",
                        Operation.RUN,
                        "--+++",
                        (user, in) -> user.executor().run(RunRequest.of(in.project(), PLAIN))),
                gives(
                        "WorkflowExecutor.runDirect(DirectRunRequest)",
                        Operation.RUN_DIRECT,
                        "--+++",
                        (user, in) -> user.executor().runDirect(unsaved(in))),
                gives(
                        "WorkflowExecutor.plan(RunRequest)",
                        Operation.PLAN,
                        "--+++",
                        (user, in) -> user.executor().plan(RunRequest.of(in.project(), PLAIN))),
                gives(
                        "WorkflowExecutor.plan(DirectRunRequest)",
                        Operation.PLAN,
                        "--+++",
                        (user, in) -> user.executor().plan(unsaved(in))),
                does(
                        "WorkflowExecutor.kill(long)",
                        Operation.KILL,
                        "0-+++",
                        (user, in) -> user.executor().kill(in.running())),
                does(
                        "WorkflowExecutor.pause(long)",
                        Operation.PAUSE,
                        "0-+++",
                        (user, in) -> user.executor().pause(in.running())),
                does(
                        "WorkflowExecutor.resume(long)",
                        Operation.RESUME,
                        "0-+++",
                        (user, in) -> user.executor().resume(in.running())),
                does(
                        "WorkflowExecutor.rerun(RerunRequest)",
                        Operation.RERUN,
                        "0-+++",
                        (user, in) -> user.executor().rerun(RerunRequest.all(in.ended()))),
                gives(
                        "ExecutionQuery.find(long)",
                        Operation.QUERY,
                        "0++++",
                        (user, in) -> user.query().find(in.ended())),
                gives(
                        "ExecutionQuery.list(ExecutionFilter)",
                        Operation.QUERY,
                        "0++++",
                        (user, in) -> user.query().list(ALL)),
                gives(
                        "ExecutionQuery.list(ExecutionFilter)",
                        Operation.QUERY,
                        "0++++",
                        (user, in) -> user.query()
                                .list(ExecutionFilter.builder()
                                        .project(in.project())
                                        .build())),
                gives(
                        "ExecutionQuery.await(long, Duration)",
                        Operation.QUERY,
                        "0++++",
                        (user, in) -> user.query().await(in.ended(), MINUTE)),
                gives(
                        "LogReader.read(LogRequest)",
                        Operation.READ_LOG,
                        "0++++",
                        (user, in) -> user.logs().read(LogRequest.of(job(in)))),
                does(
                        "LogReader.follow(String, long, Consumer)",
                        Operation.READ_LOG,
                        "0++++",
                        (user, in) -> user.logs().follow(job(in), 0, line -> {}).close()),
                gives(
                        "WorkflowCatalog.save(String, String, Workflow)",
                        Operation.SAVE_WORKFLOW,
                        "---++",
                        (user, in) -> user.workflows().save(in.project(), PLAIN, AccessWorld.nodeOf("JOB"))),
                gives(
                        "WorkflowCatalog.saveZip(String, String, WorkflowZip)",
                        Operation.SAVE_WORKFLOW,
                        "---++",
                        (user, in) -> user.workflows()
                                .saveZip(
                                        in.project(),
                                        PLAIN,
                                        Zip.of("{\"nodes\":[{\"name\":\"b\",\"type\":\"OK\"}]}")
                                                .zip())),
                gives(
                        "WorkflowCatalog.find(String, String)",
                        Operation.READ_WORKFLOW,
                        "0++++",
                        (user, in) -> user.workflows().find(in.project(), PLAIN)),
                gives(
                        "WorkflowCatalog.find(String, String, int)",
                        Operation.READ_WORKFLOW,
                        "0++++",
                        (user, in) -> user.workflows().find(in.project(), PLAIN, 1)),
                gives(
                        "WorkflowCatalog.list(String, long, int)",
                        Operation.READ_WORKFLOW,
                        "0++++",
                        (user, in) -> user.workflows().list(in.project(), 0, 10)),
                does(
                        "WorkflowCatalog.delete(String, String)",
                        Operation.DELETE_WORKFLOW,
                        "---++",
                        (user, in) -> user.workflows().delete(in.project(), TIMED)),
                gives(
                        "ResourceCatalog.put(String, String, InputStream)",
                        Operation.SAVE_RESOURCE,
                        "---++",
                        (user, in) -> user.resources().put(in.project(), FILE, bytes())),
                gives(
                        "ResourceCatalog.find(String, String)",
                        Operation.READ_RESOURCE,
                        "0++++",
                        (user, in) -> user.resources().find(in.project(), FILE)),
                does(
                        "ResourceCatalog.get(String, String)",
                        Operation.READ_RESOURCE,
                        "0++++",
                        (user, in) -> user.resources().get(in.project(), FILE).close()),
                gives(
                        "ResourceCatalog.list(String, long, int)",
                        Operation.READ_RESOURCE,
                        "0++++",
                        (user, in) -> user.resources().list(in.project(), 0, 10)),
                does(
                        "ResourceCatalog.delete(String, String)",
                        Operation.DELETE_RESOURCE,
                        "---++",
                        (user, in) -> user.resources().delete(in.project(), FILE)),
                gives(
                        "Schedules.save(Schedule)",
                        Operation.SAVE_SCHEDULE,
                        "---++",
                        (user, in) -> user.schedules().save(AccessWorld.schedule(in.project()))),
                gives(
                        "Schedules.find(String, String)",
                        Operation.READ_SCHEDULE,
                        "0++++",
                        (user, in) -> user.schedules().find(in.project(), TIMED)),
                gives(
                        "Schedules.list(String, long, int)",
                        Operation.READ_SCHEDULE,
                        "0++++",
                        (user, in) -> user.schedules().list(in.project(), 0, 10)),
                does(
                        "Schedules.online(String, String)",
                        Operation.SWITCH_SCHEDULE,
                        "---++",
                        (user, in) -> user.schedules().online(in.project(), TIMED)),
                does(
                        "Schedules.offline(String, String)",
                        Operation.SWITCH_SCHEDULE,
                        "---++",
                        (user, in) -> user.schedules().offline(in.project(), TIMED)),
                does(
                        "Schedules.delete(String, String)",
                        Operation.DELETE_SCHEDULE,
                        "---++",
                        (user, in) -> user.schedules().delete(in.project(), TIMED)),
                gives(
                        "Schedules.nextFireTimes(Schedule, Instant, int)",
                        Operation.READ_SCHEDULE,
                        "-++++",
                        (user, in) ->
                                user.schedules().nextFireTimes(AccessWorld.schedule(in.project()), Instant.EPOCH, 1)),
                gives(
                        "Backfills.plan(BackfillRequest)",
                        Operation.START_BACKFILL,
                        "--+++",
                        (user, in) -> user.backfills().plan(AccessWorld.backfill(in.project(), AccessWorld.LATER))),
                gives(
                        "Backfills.start(BackfillRequest)",
                        Operation.START_BACKFILL,
                        "--+++",
                        (user, in) -> user.backfills().start(AccessWorld.backfill(in.project(), AccessWorld.LATER))),
                gives(
                        "Backfills.find(long)",
                        Operation.READ_BACKFILL,
                        "0++++",
                        (user, in) -> user.backfills().find(in.backfill())),
                gives(
                        "Backfills.list(String, long, int)",
                        Operation.READ_BACKFILL,
                        "0++++",
                        (user, in) -> user.backfills().list(in.project(), 0, 10)),
                gives(
                        "Backfills.progress(long)",
                        Operation.READ_BACKFILL,
                        "0++++",
                        (user, in) -> user.backfills().progress(in.backfill())),
                does(
                        "Backfills.pause(long)",
                        Operation.PAUSE_BACKFILL,
                        "0-+++",
                        (user, in) -> user.backfills().pause(in.backfill())),
                does(
                        "Backfills.resume(long)",
                        Operation.RESUME_BACKFILL,
                        "0-+++",
                        (user, in) -> user.backfills().resume(in.backfill())),
                does(
                        "Backfills.cancel(long)",
                        Operation.CANCEL_BACKFILL,
                        "0-+++",
                        (user, in) -> user.backfills().cancel(in.backfill())),
                gives(
                        "Retention.purge(RetentionRule)",
                        Operation.PURGE,
                        "----+",
                        (user, in) -> user.retention().purge(RULE.withProject(in.project()))),
                gives(
                        "Retention.dryRun(RetentionRule)",
                        Operation.PURGE,
                        "----+",
                        (user, in) -> user.retention().dryRun(RULE.withProject(in.project()))),
                gives(
                        "Projects.create(String)",
                        null,
                        "xxxx+",
                        (user, in) -> user.projects().create(in.project())),
                gives(
                        "Projects.find(String)",
                        Operation.READ_PROJECT,
                        "0++++",
                        (user, in) -> user.projects().find(in.project())),
                gives(
                        "Projects.list(long, int)",
                        Operation.READ_PROJECT,
                        "0++++",
                        (user, in) -> user.projects().list(0, 10)),
                does(
                        "Projects.grant(String, String, AccessRight)",
                        Operation.GRANT,
                        "----+",
                        (user, in) -> user.projects().grant(in.project(), "friend", AccessRight.READ)),
                does(
                        "Projects.revoke(String, String)",
                        Operation.GRANT,
                        "----+",
                        (user, in) -> user.projects().revoke(in.project(), in.user(AccessWorld.Role.READER))),
                gives(
                        "Projects.grants(String, long, int)",
                        Operation.READ_GRANTS,
                        "----+",
                        (user, in) -> user.projects().grants(in.project(), 0, 10)),
                does(
                        "Projects.transfer(String, String)",
                        Operation.TRANSFER,
                        "----+",
                        (user, in) -> user.projects().transfer(in.project(), "friend")));
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.Remora;
import dev.remora.error.EngineClosedException;
import dev.remora.error.NotFoundException;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.LogRequest;
import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.JavaJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History goes when somebody asks, and by itself. */
public abstract class RetentionContract extends EnginePart {
    private static final Duration DAY = Duration.ofDays(1);

    /** Creates this part. */
    protected RetentionContract() {}

    private static long ok(ManualRemora remora, String name) {
        return ok(remora, name, "OK");
    }

    private static long ok(ManualRemora remora, String name, String type) {
        if (remora.workflows().find(PROJECT, name).isEmpty()) {
            remora.workflows().save(PROJECT, name, flow(builder -> builder.node("a", type)));
        }
        long execId = remora.executor().run(RunRequest.of(PROJECT, name));
        remora.advance(Duration.ofSeconds(1));
        return execId;
    }

    private static List<Long> rest(ManualRemora remora, List<Long> ids) {
        return ids.stream()
                .filter(execId -> remora.query().find(execId).isPresent())
                .toList();
    }

    private static RetentionReport executions(long executions, long nodes) {
        return new RetentionReport(executions, nodes, 0, 0, 0, true);
    }

    /** Makes a dry run, and then the real one, which must come to the same numbers. */
    private static RetentionReport purge(ManualRemora remora, RetentionRule rule) {
        remora.settle();
        long before = total(remora);
        RetentionReport planned = remora.retention().dryRun(rule);
        assertThat(total(remora)).isEqualTo(before);
        RetentionReport report = remora.retention().purge(rule);
        assertThat(report).isEqualTo(planned);
        assertThat(total(remora)).isEqualTo(before - report.executions());
        return report;
    }

    @Test
    void byAge() {
        ManualRemora remora = manual();
        long old = ok(remora, FLOW);
        remora.advance(DAY);
        long young = ok(remora, FLOW);

        assertThat(purge(remora, RetentionRule.olderThan(DAY.plusHours(1)))).isEqualTo(RetentionReport.NOTHING);
        assertThat(purge(remora, RetentionRule.olderThan(DAY))).isEqualTo(executions(1, 1));

        assertThat(rest(remora, List.of(old, young))).containsExactly(young);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> remora.logs().read(LogRequest.of(old + "-a")));
        assertThat(purge(remora, RetentionRule.olderThan(Duration.ZERO))).isEqualTo(executions(1, 1));
    }

    @Test
    void byNumberOfEachWorkflow() {
        ManualRemora remora = manual();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(ok(remora, FLOW));
            ids.add(ok(remora, "other"));
        }
        ids.add(ok(remora, "few"));

        assertThat(purge(remora, RetentionRule.keeping(3))).isEqualTo(executions(2, 2));
        assertThat(rest(remora, ids)).isEqualTo(ids.subList(2, 9));
        assertThat(purge(remora, RetentionRule.keeping(1))).isEqualTo(executions(4, 4));
        assertThat(rest(remora, ids)).isEqualTo(ids.subList(6, 9));
    }

    @Test
    void byEither() {
        ManualRemora remora = manual();
        List<Long> ids = new ArrayList<>();
        ids.add(ok(remora, FLOW));
        ids.add(ok(remora, "other"));
        remora.advance(DAY);
        for (int i = 0; i < 3; i++) {
            ids.add(ok(remora, FLOW));
        }

        assertThat(purge(remora, RetentionRule.keeping(2).orOlderThan(DAY))).isEqualTo(executions(3, 3));

        assertThat(rest(remora, ids)).isEqualTo(ids.subList(3, 5));
    }

    @Test
    void byStateAndProject() {
        ManualRemora remora = manual();
        long good = ok(remora, FLOW);
        long bad = ok(remora, "bad", "FAIL");
        remora.workflows().save("elsewhere", FLOW, flow(builder -> builder.node("a", "FAIL")));
        long other = remora.executor().run(RunRequest.of("elsewhere", FLOW));
        remora.advance(DAY);
        RetentionRule failed = RetentionRule.olderThan(Duration.ZERO).withStatuses(Status.FAILED);

        assertThat(purge(remora, failed.withProject(PROJECT)).executions()).isEqualTo(1);
        assertThat(rest(remora, List.of(good, bad, other))).containsExactly(good, other);
        assertThat(purge(remora, failed).executions()).isEqualTo(1);
        assertThat(rest(remora, List.of(good, bad, other))).containsExactly(good);
    }

    @Test
    void whatRunsIsNotTouched() {
        ManualRemora remora = manual();
        long running = run(remora, single());
        long paused = run(remora, single());
        remora.settle().executor().pause(paused);
        remora.advance(DAY);

        assertThat(purge(remora, RetentionRule.keeping(1).orOlderThan(Duration.ZERO)))
                .isEqualTo(RetentionReport.NOTHING);

        jobs.job(running, "a").succeed();
        assertThat(status(remora, running)).isEqualTo(Status.SUCCESS);
        assertThat(status(remora, paused)).isEqualTo(Status.PAUSED);
    }

    @Test
    void logsGoAndAreCounted() {
        ManualRemora remora = manual(builder -> builder.java("TALK", JavaJob.of(context -> {
            context.log().line("one");
            context.log().line("two");
        })));
        long execId = ok(remora, FLOW, "TALK");
        assertThat(remora.settle().logs().read(LogRequest.of(execId + "-a")).total())
                .isEqualTo(2);

        assertThat(purge(remora, RetentionRule.olderThan(Duration.ZERO)))
                .isEqualTo(new RetentionReport(1, 1, 2, 0, 0, true));
    }

    @Test
    void unsavedWorkflowsStayADayAndGoWithTheirNamesAndFiles() {
        ManualRemora remora = manual();
        DirectRunRequest request = DirectRunRequest.of(PROJECT, "loose", flow(builder -> builder.node("a", "OK")));
        remora.executor().runDirect(request);
        remora.settle();
        remora.advance(DAY);
        RetentionRule all = RetentionRule.keeping(1).orOlderThan(Duration.ZERO);
        assertThat(purge(remora, all)).isEqualTo(RetentionReport.NOTHING);

        remora.advance(Duration.ofSeconds(1));

        assertThat(purge(remora, all)).isEqualTo(new RetentionReport(1, 1, 0, 1, 0, true));
        remora.executor().runDirect(request);
    }

    @Test
    void deletedWorkflowsGoWithTheirLastExecution() {
        ManualRemora remora = manual();
        ok(remora, FLOW);
        remora.advance(DAY);
        ok(remora, FLOW);
        remora.workflows().delete(PROJECT, FLOW);

        assertThat(purge(remora, RetentionRule.olderThan(DAY))).isEqualTo(executions(1, 1));
        assertThat(purge(remora, RetentionRule.olderThan(Duration.ZERO)))
                .isEqualTo(new RetentionReport(1, 1, 0, 1, 0, true));
        assertThat(remora.workflows().find(PROJECT, FLOW, 1)).isEmpty();
    }

    @Test
    void aDryRunKnowsThatADefinitionGoesWithExecutionsOfSeveralBatches() {
        ManualRemora remora = manual();
        remora.workflows()
                .save(PROJECT, FLOW, flow(builder -> builder.node("a", "OK").node("b", "FAIL")));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(remora.executor()
                    .run(RunRequest.builder(PROJECT, FLOW)
                            .nodes(i % 2 == 0 ? "a" : "b")
                            .build()));
        }
        ids.forEach(execId -> assertThat(status(remora, execId).isFinal()).isTrue());
        remora.advance(DAY);
        remora.workflows().delete(PROJECT, FLOW);

        // why: each state is a walk of its own, so these are two batches
        RetentionReport report = purge(remora, RetentionRule.olderThan(Duration.ZERO));
        assertThat(report.executions()).isEqualTo(4);
        assertThat(report.workflows()).isEqualTo(1);
    }

    @Test
    void workDirectoriesGo(@TempDir Path directory) throws IOException {
        Map<Long, Path> places = new ConcurrentHashMap<>();
        ManualRemora remora = manual(builder -> builder.workDirectory(directory).java("FILES", JavaJob.of(context -> {
            places.put(
                    context.jobId().execId(),
                    Files.createFile(context.workDirectory().resolve("file")));
            throw new IllegalStateException("meant to fail, so that the directory stays");
        })));
        long execId = ok(remora, FLOW, "FILES");
        remora.settle();
        assertThat(places.get(execId)).exists();

        assertThat(purge(remora, RetentionRule.olderThan(Duration.ZERO)).executions())
                .isEqualTo(1);

        assertThat(places.get(execId).getParent()).doesNotExist();
    }

    @Test
    void byItselfNowAndThen() {
        ManualRemora remora = manual(builder -> builder.retention(RetentionRule.olderThan(DAY))
                .retention(RetentionRule.keeping(1).withStatuses(Status.FAILED))
                .retentionInterval(Duration.ofHours(6)));
        long old = ok(remora, FLOW);
        ok(remora, "bad", "FAIL");
        long bad = ok(remora, "bad", "FAIL");

        remora.advance(Duration.ofHours(12));
        assertThat(rest(remora, List.of(old, bad))).containsExactly(old, bad);
        assertThat(total(remora)).isEqualTo(2);

        remora.advance(Duration.ofHours(18));
        assertThat(total(remora)).isZero();
    }

    @Test
    void workDirectoriesOfWhatAnotherEnginePurgedGoToo(@TempDir Path directory) throws IOException {
        Map<Long, Path> places = new ConcurrentHashMap<>();
        ManualRemora remora = manual(builder -> builder.workDirectory(directory)
                .retention(RetentionRule.olderThan(DAY))
                .java("FILES", JavaJob.of(context -> {
                    places.put(
                            context.jobId().execId(),
                            Files.createFile(context.workDirectory().resolve("file")));
                    throw new IllegalStateException("meant to fail, so that the directory stays");
                })));
        long gone = ok(remora, FLOW, "FILES");
        long kept = ok(remora, FLOW, "FILES");
        remora.settle();
        assertThat(Samples.purge(storage, List.of(gone))).isEqualTo(1);
        assertThat(places.get(gone)).exists();

        remora.advance(Duration.ofHours(2));

        assertThat(places.get(gone).getParent()).doesNotExist();
        assertThat(places.get(kept)).exists();
    }

    @Test
    void anInterruptedThreadStopsAndSaysSo() {
        ManualRemora remora = manual();
        long execId = ok(remora, FLOW);
        RetentionReport report;
        Thread.currentThread().interrupt();
        try {
            report = remora.retention().purge(RetentionRule.olderThan(Duration.ZERO));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(report).isEqualTo(new RetentionReport(0, 0, 0, 0, 0, false));
        assertThat(rest(remora, List.of(execId))).containsExactly(execId);
    }

    @Test
    void twoEnginesMayDoItAtOnce() throws Exception {
        ManualRemora remora = manual();
        for (int i = 0; i < 20; i++) {
            ok(remora, FLOW);
        }
        Remora other = engine(builder -> builder.name("other"));
        remora.settle();

        List<RetentionReport> reports = Race.run(List.of(
                () -> Race.persistently(() -> remora.retention().purge(RetentionRule.keeping(1))),
                () -> Race.persistently(() -> other.retention().purge(RetentionRule.keeping(1)))));

        assertThat(total(remora)).isEqualTo(1);
        assertThat(reports.get(0).plus(reports.get(1))).isEqualTo(executions(19, 19));
    }

    @Test
    void rulesAreChecked() {
        assertThat(problems(() -> RetentionRule.keeping(0)))
                .containsExactly("keepPerWorkflow: is 0; it must be at least 1");
        assertThat(problems(() -> RetentionRule.olderThan(Duration.ofSeconds(-1))))
                .containsExactly("maxAge: is PT-1S; it must be PT0S to PT876000H");
        assertThat(problems(() -> RetentionRule.keeping(1).withStatuses()))
                .singleElement()
                .asString()
                .startsWith("statuses: is []; it must be some of");
        assertThat(problems(() -> RetentionRule.keeping(1).withStatuses(Status.RUNNING)))
                .singleElement()
                .asString()
                .startsWith("statuses: is [RUNNING]; it must be some of");
        assertThat(problems(() ->
                        new RetentionRule(Optional.empty(), RetentionRule.ENDS, Optional.empty(), OptionalInt.empty())))
                .containsExactly("has neither maxAge nor keepPerWorkflow; it must have one, or both");
        assertThat(problems(() -> manual(builder -> builder.retentionInterval(Duration.ZERO))))
                .containsExactly("retentionInterval: is PT0S; must be PT1S to PT8760H");
    }

    @Test
    void aClosedEngineRefuses() {
        ManualRemora remora = manual();
        remora.close();

        assertThatExceptionOfType(EngineClosedException.class)
                .isThrownBy(() -> remora.retention().purge(RetentionRule.keeping(1)));
    }
}

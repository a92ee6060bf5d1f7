package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.ExecutionCursor;
import dev.remora.model.JobId;
import dev.remora.model.RetentionRule;
import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.LogChunk;
import dev.remora.spi.NodeState;
import dev.remora.spi.Purged;
import dev.remora.spi.RankedPlace;
import dev.remora.spi.RetentionStore;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How history is found, counted, and goes in batches. */
public abstract class RetentionStoreContract extends StoragePart {
    private static final long NOW = Samples.NOW.toEpochMilli();
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final int SECOND = 1000;

    /** Creates this part. */
    protected RetentionStoreContract() {}

    private static EndedFilter all() {
        return new EndedFilter(
                Optional.empty(),
                Optional.empty(),
                RetentionRule.ENDS,
                Optional.empty(),
                LATER,
                Optional.empty(),
                Optional.empty(),
                1000);
    }

    private static EndedFilter with(
            Optional<String> project, Optional<String> workflow, Set<Status> statuses, Optional<Instant> endedBefore) {
        return new EndedFilter(
                project, workflow, statuses, endedBefore, LATER, Optional.empty(), Optional.empty(), 1000);
    }

    private static EndedFilter between(Optional<ExecutionCursor> behind, Optional<ExecutionCursor> before, int limit) {
        return new EndedFilter(
                Optional.of(Samples.PROJECT),
                Optional.of(Samples.WORKFLOW),
                RetentionRule.ENDS,
                Optional.empty(),
                LATER,
                behind,
                before,
                limit);
    }

    /** Creates an execution that started and ended some seconds after a time. */
    private long ended(Submission submission, Status status, int started, int ended) {
        long execId = create(submission);
        commit(one, execId, state(status, started, ended));
        return execId;
    }

    private long ended(int started, int ended) {
        return ended(Samples.submission(), Status.SUCCESS, started, ended);
    }

    private static ExecutionState state(Status status, int started, int ended) {
        long start = NOW + started * SECOND;
        return new ExecutionState(status, Optional.empty(), 1, 1, start, start, NOW + (long) ended * SECOND, 0, 0);
    }

    private List<Long> found(EndedFilter filter) {
        return ids(second.retention().find(filter));
    }

    private static List<Long> ids(List<ExecutionRecord> records) {
        return records.stream().map(ExecutionRecord::execId).toList();
    }

    private void log(long execId, String node, int lines) {
        byte[] text = "line\n".repeat(lines).getBytes(StandardCharsets.UTF_8);
        first.logs().append(one, new LogChunk(new JobId(execId, node), 1, 0, lines, text, 0));
    }

    @Test
    void findsWhatHasEndedTheOldestFirst() {
        long third = ended(30, 40);
        long started = ended(10, 100);
        long second = ended(20, 21);
        create();
        long running = create();
        commit(one, running, Samples.state(Status.RUNNING));

        assertThat(found(all())).containsExactly(started, second, third);
        assertThat(this.second.retention().find(all()).get(0))
                .isEqualTo(first.executions().find(started).orElseThrow());
    }

    @Test
    void findsByStatusProjectWorkflowAndEnd() {
        long good = ended(1, 50);
        long bad = ended(Samples.submission(), Status.FAILED, 2, 20);
        long killed = ended(Samples.submission(), Status.KILL, 3, 30);
        long other = ended(Samples.submission(Samples.PROJECT, "flow2"), Status.SUCCESS, 4, 40);
        long elsewhere = ended(Samples.submission("project2", Samples.WORKFLOW), Status.SUCCESS, 5, 10);
        Optional<String> project = Optional.of(Samples.PROJECT);
        Optional<String> none = Optional.empty();
        Optional<Instant> always = Optional.empty();

        assertThat(found(with(none, none, Set.of(Status.SUCCESS), always))).containsExactly(good, other, elsewhere);
        assertThat(found(with(none, none, Set.of(Status.FAILED, Status.KILL), always)))
                .containsExactly(bad, killed);
        assertThat(found(with(none, none, Set.of(Status.DEP_FAILED), always))).isEmpty();
        assertThat(found(with(project, none, Set.of(Status.SUCCESS), always))).containsExactly(good, other);
        assertThat(found(with(project, none, RetentionRule.ENDS, always))).containsExactly(good, bad, killed, other);
        assertThat(found(with(project, Optional.of(Samples.WORKFLOW), RetentionRule.ENDS, always)))
                .containsExactly(good, bad, killed);
        assertThat(found(with(Optional.of("proj"), none, RetentionRule.ENDS, always)))
                .isEmpty();
        assertThat(found(with(Optional.of("\0"), none, RetentionRule.ENDS, always)))
                .isEmpty();
        Optional<Instant> bound = Optional.of(Samples.NOW.plusSeconds(30));
        assertThat(found(with(none, none, Set.of(Status.SUCCESS), bound))).containsExactly(elsewhere);
        assertThat(found(with(none, none, Set.of(Status.KILL), bound))).isEmpty();
        assertThat(found(with(none, none, RetentionRule.ENDS, bound))).containsExactly(bad, elsewhere);
        assertThat(found(with(project, none, Set.of(Status.FAILED), bound))).containsExactly(bad);
    }

    @Test
    void goesOnBehindAPlaceAndStopsBeforeOne() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            // why: each two start in the same millisecond, so that the id decides
            ids.add(ended(i / 2, 10));
        }
        List<Long> walked = new ArrayList<>();
        EndedFilter filter = between(Optional.empty(), Optional.empty(), 2);
        for (List<ExecutionRecord> page = first.retention().find(filter);
                !page.isEmpty();
                page = first.retention().find(filter)) {
            walked.addAll(ids(page));
            filter = filter.goingOn(page.get(page.size() - 1).place());
        }
        assertThat(walked).isEqualTo(ids);
        EndedFilter byStatus = with(Optional.empty(), Optional.empty(), Set.of(Status.SUCCESS), Optional.empty());
        ExecutionCursor middle =
                first.executions().find(ids.get(2)).orElseThrow().place();
        assertThat(found(byStatus.goingOn(middle))).isEqualTo(ids.subList(3, 6));
        assertThat(found(between(Optional.empty(), Optional.of(middle), 10))).isEqualTo(ids.subList(0, 2));
        assertThat(found(between(
                        Optional.of(first.executions()
                                .find(ids.get(0))
                                .orElseThrow()
                                .place()),
                        Optional.of(middle),
                        10)))
                .isEqualTo(ids.subList(1, 2));
        assertThat(found(between(Optional.empty(), Optional.empty(), 0))).isEmpty();
    }

    @Test
    void leavesUnsavedOnesThatHaveJustEnded() {
        long loose = first.executions()
                .createUnsaved(one, Samples.submission("p", "loose"), Samples.unsaved("p", "loose"))
                .execId();
        commit(one, loose, state(Status.SUCCESS, 0, 10));
        long saved = ended(1, 10);

        EndedFilter early = new EndedFilter(
                Optional.empty(),
                Optional.empty(),
                RetentionRule.ENDS,
                Optional.empty(),
                Samples.NOW.plusSeconds(10),
                Optional.empty(),
                Optional.empty(),
                1);
        assertThat(found(early)).containsExactly(saved);
        assertThat(found(all())).containsExactly(loose, saved);
    }

    @Test
    void ranksTheExecutionsOfEachSavedWorkflow() {
        ended(3, 10);
        long second = ended(2, 10);
        ended(Samples.submission(), Status.FAILED, 4, 10);
        commit(one, create(), Samples.state(Status.RUNNING));
        ended(1, 10);
        ended(Samples.submission(Samples.PROJECT, "flow2"), Status.SUCCESS, 1, 2);
        long only = ended(Samples.submission("another", "flow"), Status.SUCCESS, 1, 2);
        first.executions().createUnsaved(one, Samples.submission("p", "loose"), Samples.unsaved("p", "loose"));
        ExecutionCursor place = first.executions().find(second).orElseThrow().place();
        ExecutionCursor onlyPlace = first.executions().find(only).orElseThrow().place();
        Set<Status> good = Set.of(Status.SUCCESS);

        List<RankedPlace> secondOfAll = List.of(
                new RankedPlace("another", "flow", Optional.empty()),
                new RankedPlace(Samples.PROJECT, Samples.WORKFLOW, Optional.of(place)),
                new RankedPlace(Samples.PROJECT, "flow2", Optional.empty()));
        assertThat(this.second.retention().ranked(Optional.empty(), Optional.empty(), good, 2, 10))
                .isEqualTo(secondOfAll);
        assertThat(this.second.retention().ranked(Optional.of("another"), Optional.empty(), good, 1, 10))
                .containsExactly(new RankedPlace("another", "flow", Optional.of(onlyPlace)));
        assertThat(first.retention().ranked(Optional.empty(), Optional.empty(), RetentionRule.ENDS, 3, 10))
                .contains(secondOfAll.get(1));
        List<RankedPlace> walked = new ArrayList<>();
        Optional<RankedPlace> after = Optional.empty();
        for (int i = 0; i < 4; i++) {
            List<RankedPlace> page = first.retention().ranked(Optional.empty(), after, good, 2, 1);
            walked.addAll(page);
            after = page.isEmpty() ? after : Optional.of(page.get(0));
        }
        assertThat(walked).isEqualTo(secondOfAll);
    }

    @Test
    void countsWhatItWouldRemoveAndRemovesNothing() {
        long large = create();
        commit(one, large, Samples.state(Status.SUCCESS), Samples.node(0, 1), Samples.node(1, 1), Samples.node(2, 1));
        log(large, "a", 7);
        log(large, "b", 4);
        long small = createFinal();
        long running = create();
        List<Long> asked = List.of(small, running, large, large + 1000);

        Purged counted = second.retention().count(asked, Long.MAX_VALUE);

        assertThat(counted.removed()).containsExactly(large, small);
        assertThat(counted.left()).isEmpty();
        assertThat(counted.nodes()).isEqualTo(3);
        assertThat(counted.logLines()).isEqualTo(11);
        assertThat(counted.loose()).isEmpty();
        assertThat(listed()).hasSize(3);
        assertThat(first.executions().nodes(large)).hasSize(3);
        assertThat(second.retention().purge(asked, Long.MAX_VALUE)).isEqualTo(counted);
        assertThat(listed()).containsExactly(running);
        assertThat(second.retention().purge(asked, Long.MAX_VALUE)).isEqualTo(Purged.NOTHING);
    }

    @Test
    void tellsOfDefinitionsThatGoWithTheirLastExecution() {
        first.workflows().save("p", "gone", Samples.workflow("x"), "anna", Samples.NOW);
        long older = create(Samples.submission("p", "gone"));
        long newer = create(Samples.submission("p", "gone"));
        first.workflows().delete("p", "gone");
        long loose = first.executions()
                .createUnsaved(one, Samples.submission("p", "loose"), Samples.unsaved("p", "loose"))
                .execId();
        long kept = createFinal();
        List.of(older, newer, loose).forEach(execId -> end(one, execId));

        Storage store = second;
        assertThat(store.retention().count(List.of(older, kept), Long.MAX_VALUE).loose())
                .containsExactly(new Purged.Loose("p", "gone", 1));
        assertThat(store.retention()
                        .count(List.of(older, newer, loose), Long.MAX_VALUE)
                        .loose())
                .containsExactlyInAnyOrder(new Purged.Loose("p", "gone", 0), new Purged.Loose("p", "loose", 0));
        assertThat(store.retention().purge(List.of(older, kept), Long.MAX_VALUE).loose())
                .containsExactly(new Purged.Loose("p", "gone", 1));
        assertThat(first.workflows().version("p", "gone", 1)).isPresent();
        assertThat(store.retention()
                        .purge(List.of(newer, loose), Long.MAX_VALUE)
                        .loose())
                .containsExactlyInAnyOrder(new Purged.Loose("p", "gone", 0), new Purged.Loose("p", "loose", 0));
        assertThat(first.workflows().version("p", "gone", 1)).isEmpty();
        assertThat(first.workflows().version("p", "loose", 1)).isEmpty();
    }

    @Test
    void passesOverWhatHasEndedAnewSince() {
        long before = ended(0, 10);
        long since = ended(1, 11);

        assertThat(first.retention()
                        .count(List.of(before, since), NOW + 10 * SECOND)
                        .removed())
                .containsExactly(before);
        assertThat(first.retention()
                        .purge(List.of(before, since), NOW + 10 * SECOND)
                        .removed())
                .containsExactly(before);
        assertThat(listed()).containsExactly(since);
    }

    @Test
    void aBatchHasABoundAndEachExecutionGoesAsAWhole() {
        int many = RetentionStore.MOST_ROWS / 2 + 1;
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long execId = create();
            NodeState[] nodes = IntStream.range(0, many)
                    .mapToObj(node -> Samples.node(node, 1))
                    .toArray(NodeState[]::new);
            commit(one, execId, Samples.state(Status.SUCCESS), nodes);
            ids.add(execId);
        }
        List<Long> asked = new ArrayList<>(ids);
        Collections.reverse(asked);

        Purged counted = second.retention().count(asked, Long.MAX_VALUE);
        Purged purged = second.retention().purge(asked, Long.MAX_VALUE);

        assertThat(purged.removed()).containsExactly(ids.get(0));
        assertThat(purged.left()).isEqualTo(ids.subList(1, 3));
        assertThat(purged.nodes()).isEqualTo(many);
        assertThat(purged).isEqualTo(counted);
        assertThat(first.executions().nodes(ids.get(1))).hasSize(many);
        assertThat(second.retention().purge(purged.left(), Long.MAX_VALUE).removed())
                .containsExactly(ids.get(1));
    }
}

package dev.remora.testkit;

import static dev.remora.testkit.Race.persistently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.LeaseLostException;
import dev.remora.model.JobId;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import dev.remora.spi.NodeState;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads at once, on two handles. */
public abstract class ConcurrencyContract extends StoragePart {
    private static final int THREADS = 8;
    private static final int ROUNDS = 10;

    /** Creates this part. */
    protected ConcurrencyContract() {}

    /** A task for one thread: odd ones use the second handle and its engine. */
    private interface Task<T> {
        T run(int thread, Storage handle, Lease lease) throws Exception;
    }

    private <T> List<T> race(Task<T> task) throws Exception {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            tasks.add(() -> task.run(thread, thread % 2 == 0 ? first : second, thread % 2 == 0 ? one : two));
        }
        return Race.run(tasks);
    }

    @Test
    void oneKeyCreatesOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Submission submission = Samples.keyed("p", "flow", "key " + round);
            Samples.saveFor(first, submission);

            List<Accepted> accepted = race((thread, handle, lease) ->
                    persistently(() -> handle.executions().create(lease, submission)));

            assertThat(accepted)
                    .extracting(Accepted::execId)
                    .containsOnly(accepted.get(0).execId());
            assertThat(accepted).filteredOn(Accepted::created).hasSize(1);
            assertThat(listed()).hasSize(round + 1);
        }
    }

    @Test
    void oneKeyCreatesOneUnsavedWorkflow() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Submission submission = Samples.keyed("p", "loose" + round, "key " + round);
            SavedWorkflow unsaved = Samples.unsaved("p", submission.workflow());

            List<Accepted> accepted = race((thread, handle, lease) ->
                    persistently(() -> handle.executions().createUnsaved(lease, submission, unsaved)));

            assertThat(accepted)
                    .extracting(Accepted::execId)
                    .containsOnly(accepted.get(0).execId());
            assertThat(accepted).filteredOn(Accepted::created).hasSize(1);
        }
    }

    @Test
    void oneNameIsTakenOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "loose" + round;
            Submission submission = Samples.submission("p", name);

            List<Boolean> won = race((thread, handle, lease) -> persistently(() -> {
                try {
                    return handle.executions()
                            .createUnsaved(lease, submission, Samples.unsaved("p", name))
                            .created();
                } catch (AlreadyExistsException e) {
                    return false;
                }
            }));

            assertThat(won).filteredOn(each -> each).hasSize(1);
            assertThat(listed()).hasSize(round + 1);
        }
    }

    @Test
    void aNameIsEitherSavedOrUnsaved() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "name" + round;

            List<Boolean> unsaved = race((thread, handle, lease) -> persistently(() -> {
                        boolean loose = thread < THREADS / 2;
                        try {
                            if (loose) {
                                handle.executions()
                                        .createUnsaved(
                                                lease, Samples.submission("p", name), Samples.unsaved("p", name));
                            } else {
                                handle.workflows().save("p", name, Samples.workflow("x"), "anna", Samples.NOW);
                            }
                            return Optional.of(loose);
                        } catch (AlreadyExistsException e) {
                            return Optional.<Boolean>empty();
                        }
                    }))
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();

            boolean loose =
                    first.workflows().version("p", name, 1).orElseThrow().unsaved();
            assertThat(unsaved).hasSize(loose ? 1 : THREADS / 2).containsOnly(loose);
            assertThat(first.workflows().latest("p", name).isPresent()).isEqualTo(!loose);
        }
    }

    @Test
    void versionsAreNumberedWithoutGap() throws Exception {
        List<List<Integer>> saved = race((thread, handle, lease) -> {
            List<Integer> versions = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                versions.add(persistently(() -> handle.workflows()
                        .save("p", "flow", Samples.workflow("x"), "anna", Samples.NOW)
                        .version()));
            }
            return versions;
        });

        assertThat(saved.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, THREADS * ROUNDS).boxed().toList());
        assertThat(saved).allSatisfy(versions -> assertThat(versions).isSorted());
        assertThat(first.workflows().latest("p", "flow").orElseThrow().version())
                .isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void anIdIsHigherThanAllReturnedBefore() throws Exception {
        Samples.saveFor(first, Samples.submission());
        List<List<Long>> ids = race((thread, handle, lease) -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                mine.add(persistently(() -> handle.executions().create(lease, Samples.submission()))
                        .execId());
            }
            return mine;
        });

        assertThat(ids).allSatisfy(mine -> assertThat(mine).isSorted());
        assertThat(ids.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(THREADS * ROUNDS);
        assertThat(listed()).hasSize(THREADS * ROUNDS);
    }

    @Test
    void anExecutionIsClaimedOnce() throws Exception {
        Set<Long> orphans = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            orphans.add(create());
        }
        first.engines().release(one);
        List<Lease> leases = IntStream.range(0, THREADS)
                .mapToObj(i -> first.engines().register("claimer " + i, LONG))
                .toList();

        List<List<Long>> claimed = race((thread, handle, lease) -> {
            List<Long> mine = new ArrayList<>();
            List<Long> chunk;
            do {
                chunk = persistently(() -> handle.executions().claim(leases.get(thread), 7));
                mine.addAll(chunk);
            } while (!chunk.isEmpty());
            return mine;
        });
        // why: a claimer may have passed over rows that another was just about to take, and then gave up
        claimed.add(first.executions().claim(two, 1000));

        assertThat(claimed.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(orphans);
        for (int i = 0; i < THREADS; i++) {
            for (long execId : claimed.get(i)) {
                end(leases.get(i), execId);
            }
        }
    }

    @Test
    void aFinalExecutionIsReopenedByItsLastClaimerOnly() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long execId = createFinal();

            List<Boolean> reopened = race((thread, handle, lease) -> persistently(() -> {
                if (!handle.executions().claimFinal(lease, execId)) {
                    return false;
                }
                try {
                    handle.executions().commit(lease, List.of(change(execId, Samples.state(Status.RUNNING))));
                    return true;
                } catch (LeaseLostException e) {
                    return false;
                }
            }));

            assertThat(reopened).contains(true);
            assertThat(first.executions().find(execId).orElseThrow().state()).isEqualTo(Samples.state(Status.RUNNING));
        }
    }

    @Test
    void nothingIsWrittenAfterATakeOver() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Lease writer = first.engines().register("writer", LONG);
            List<Long> ids = List.of(create(writer, Samples.submission()), create(writer, Samples.submission()));
            CountDownLatch wrote = new CountDownLatch(1);

            List<Integer> last = Race.run(List.of(() -> writeUntilLost(writer, ids, wrote), () -> {
                wrote.await();
                second.engines().register("writer", LONG);
                assertThat(second.executions().claim(two, 10)).containsExactlyElementsOf(ids);
                List<NodeState> nodes = nodesOf(second, ids);
                assertThat(nodes)
                        .extracting(NodeState::attempt)
                        .containsOnly(nodes.get(0).attempt());
                return nodes.get(0).attempt();
            }));

            assertThat(last.get(1)).as("what the take-over saw").isEqualTo(last.get(0));
            assertThat(nodesOf(first, ids)).extracting(NodeState::attempt).containsOnly(last.get(0));
            ids.forEach(execId -> end(two, execId));
        }
    }

    private static List<NodeState> nodesOf(Storage handle, List<Long> ids) {
        return ids.stream()
                .flatMap(execId -> handle.executions().nodes(execId).stream())
                .toList();
    }

    /** Writes to all executions in each commit, and returns the number of the last commit that was accepted. */
    private int writeUntilLost(Lease lease, List<Long> ids, CountDownLatch wrote) throws Exception {
        for (int attempt = 1; ; attempt++) {
            int number = attempt;
            List<ExecutionChange> changes = ids.stream()
                    .map(execId -> change(execId, Samples.state(Status.RUNNING), Samples.node(0, number)))
                    .toList();
            try {
                persistently(() -> {
                    first.executions().commit(lease, changes);
                    return number;
                });
            } catch (LeaseLostException e) {
                return attempt - 1;
            } finally {
                wrote.countDown();
            }
        }
    }

    @Test
    void aReaderSeesWholeCommits() throws Exception {
        long execId = create();
        int commits = 200;
        int nodes = 20;
        commit(one, execId, Samples.state(Status.RUNNING), allNodes(nodes, 0));

        Race.run(List.of(
                () -> {
                    for (int attempt = 1; attempt <= commits; attempt++) {
                        commit(one, execId, Samples.state(Status.RUNNING), allNodes(nodes, attempt));
                    }
                    return commits;
                },
                () -> {
                    int seen = 0;
                    while (seen < commits) {
                        List<NodeState> read = second.executions().nodes(execId);
                        assertThat(read).hasSize(nodes);
                        assertThat(read)
                                .extracting(NodeState::attempt)
                                .containsOnly(read.get(0).attempt());
                        assertThat(read.get(0).attempt()).isGreaterThanOrEqualTo(seen);
                        seen = read.get(0).attempt();
                    }
                    return seen;
                }));
    }

    private static NodeState[] allNodes(int count, int attempt) {
        return IntStream.range(0, count).mapToObj(i -> Samples.node(i, attempt)).toArray(NodeState[]::new);
    }

    @Test
    void manyEnginesCommitAtOnce() throws Exception {
        int executions = 5;
        List<List<Long>> ids = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Lease lease = thread % 2 == 0 ? one : two;
            ids.add(IntStream.range(0, executions)
                    .mapToObj(i -> create(lease, Samples.submission()))
                    .toList());
        }

        race((thread, handle, lease) -> {
            for (int i = 0; i < ROUNDS; i++) {
                Status status = i == ROUNDS - 1 ? Status.SUCCESS : Status.RUNNING;
                int number = i;
                List<ExecutionChange> changes = ids.get(thread).stream()
                        .map(execId -> change(execId, Samples.state(status, execId), Samples.node(number, thread)))
                        .toList();
                persistently(() -> {
                    handle.executions().commit(lease, changes);
                    return number;
                });
            }
            return thread;
        });

        for (int thread = 0; thread < THREADS; thread++) {
            for (long execId : ids.get(thread)) {
                assertThat(first.executions().nodes(execId))
                        .hasSize(ROUNDS)
                        .extracting(NodeState::attempt)
                        .containsOnly(thread);
            }
        }
        assertThat(listed())
                .isEqualTo(ids.stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void aLogLineIsAppendedOnce() throws Exception {
        JobId job = new JobId(create(), "a");
        int lines = 30;

        race((thread, handle, lease) -> {
            for (int line = 0; line < lines; line++) {
                byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
                LogChunk chunk = new LogChunk(job, 1, line, 1, text, line);
                persistently(() -> {
                    handle.logs().append(one, chunk);
                    return chunk;
                });
            }
            return thread;
        });

        List<LogChunk> read = first.logs().read(job, 0, Integer.MAX_VALUE);
        assertThat(read)
                .extracting(chunk -> new String(chunk.text(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(
                        IntStream.range(0, lines).mapToObj(line -> line + "\n").toList());
        assertThat(first.logs().extents(job)).containsExactly(new LogExtent(1, 0, lines, lines - 1));
    }

    @Test
    void aPurgeRemovesOnce() throws Exception {
        List<Long> ids = IntStream.range(0, 50).mapToObj(i -> createFinal()).toList();

        List<Integer> removed = race((thread, handle, lease) -> persistently(() -> Samples.purge(handle, ids)));

        assertThat(removed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ids.size());
        assertThat(listed()).isEmpty();
    }
}

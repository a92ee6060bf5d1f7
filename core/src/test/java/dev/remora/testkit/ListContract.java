package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.Submission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of lists, and their pages. */
public abstract class ListContract extends StoragePart {
    private static final long BASE = Samples.NOW.toEpochMilli();

    /** Creates this part. */
    protected ListContract() {}

    private long submittedAt(long offset) {
        Submission submission = Samples.submission(
                Samples.PROJECT, Samples.WORKFLOW, ExecutionType.DIRECT, Samples.NOW.plusMillis(offset), Samples.USER);
        return create(submission);
    }

    private void startedAt(long execId, long offset) {
        commit(one, execId, Samples.state(Status.RUNNING, BASE + offset));
    }

    private StoredPage page(long from, int size) {
        return second.executions()
                .list(ExecutionFilter.builder().from(from).size(size).build());
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(page(0, 100)).isEqualTo(new StoredPage(0, List.of()));
        assertThat(page(5, 100)).isEqualTo(new StoredPage(0, List.of()));
    }

    @Test
    void showsWhatIsStored() {
        long execId = create();
        commit(one, execId, Samples.state(Status.PAUSED));

        assertThat(page(0, 1).executions())
                .containsExactly(second.executions().find(execId).orElseThrow());
    }

    @Test
    void ordersByStartElseSubmission() {
        long waitsOld = submittedAt(0);
        long startedLate = submittedAt(10);
        long waits = submittedAt(100);
        long startedEarly = submittedAt(20);
        startedAt(startedLate, 200);
        startedAt(startedEarly, 50);

        assertThat(listed()).containsExactly(startedLate, waits, startedEarly, waitsOld);
    }

    @Test
    void ordersTiesByIdDescending() {
        long started = submittedAt(-1000);
        long waits = submittedAt(0);
        long alsoWaits = submittedAt(0);
        long alsoStarted = submittedAt(50);
        startedAt(alsoStarted, 0);
        startedAt(started, 0);

        assertThat(listed()).containsExactly(alsoStarted, alsoWaits, waits, started);
    }

    @Test
    void movesWithEachStartAndStaysAtTheEnd() {
        long first = submittedAt(0);
        long second = submittedAt(1);
        assertThat(listed()).containsExactly(second, first);

        startedAt(first, 10);
        assertThat(listed()).containsExactly(first, second);

        commit(one, first, Samples.state(Status.FAILED, BASE + 10));
        assertThat(listed()).containsExactly(first, second);

        commit(one, second, Samples.state(Status.KILL, 0));
        assertThat(listed()).containsExactly(first, second);
    }

    @Test
    void ordersTimesBeforeTheEpoch() {
        long now = submittedAt(0);
        long early = submittedAt(-BASE - 5);
        long earlier = submittedAt(-BASE - 6);
        long started = submittedAt(0);
        commit(one, started, Samples.state(Status.RUNNING, -7));

        assertThat(listed()).containsExactly(now, early, earlier, started);
    }

    @Test
    void pagesMakeUpTheWhole() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            // why: every third has the time of the one before, so that pages end within ties
            ids.add(submittedAt(i - i % 3));
        }
        Collections.reverse(ids);
        assertThat(listed()).isEqualTo(ids);

        for (int size : new int[] {1, 2, 5, 22, 23, 24, 1000}) {
            List<Long> read = new ArrayList<>();
            for (long from = 0; from < 23; from += size) {
                StoredPage page = page(from, size);
                assertThat(page.total()).isEqualTo(23);
                assertThat(page.executions()).hasSize((int) Math.min(size, 23 - from));
                read.addAll(ids(page));
            }
            assertThat(read).as("pages of %s", size).isEqualTo(ids);
        }
    }

    @Test
    void pagesBeyondTheEndAreEmpty() {
        submittedAt(0);
        submittedAt(1);

        for (long from :
                new long[] {2, 3, 1000, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE
                }) {
            assertThat(page(from, 1000)).isEqualTo(new StoredPage(2, List.of()));
            ExecutionFilter filtered = ExecutionFilter.builder()
                    .project(Samples.PROJECT)
                    .from(from)
                    .size(1000)
                    .build();
            assertThat(second.executions().list(filtered)).isEqualTo(new StoredPage(2, List.of()));
        }
    }

    @Test
    void aCursorNeitherRepeatsNorMissesWhileRunsArrive() {
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // why: ties are there too
            expected.add(0, submittedAt(i / 2));
        }
        List<Long> seen = new ArrayList<>();
        Optional<ExecutionCursor> place = Optional.empty();
        for (int round = 0; round < 4; round++) {
            ExecutionFilter.Builder filter = ExecutionFilter.builder().size(3);
            place.ifPresent(filter::after);
            StoredPage page = second.executions().list(filter.build());
            assertThat(page.total()).isEqualTo(10L + round);
            page.executions().forEach(execution -> seen.add(execution.execId()));
            place = Optional.of(
                    page.executions().get(page.executions().size() - 1).place());
            submittedAt(1000 + round);
        }

        assertThat(seen).isEqualTo(expected);
        ExecutionFilter behindTheEnd =
                ExecutionFilter.builder().after(place.orElseThrow()).build();
        assertThat(second.executions().list(behindTheEnd).executions()).isEmpty();
        ExecutionFilter skipping = ExecutionFilter.builder()
                .after(second.executions().find(expected.get(2)).orElseThrow().place())
                .from(2)
                .size(2)
                .build();
        assertThat(second.executions().list(skipping).executions())
                .extracting(ExecutionRecord::execId)
                .containsExactly(expected.get(5), expected.get(6));
    }
}

package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import dev.remora.model.Status;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The logs of jobs. */
public abstract class LogStoreContract extends StoragePart {
    private static final int ALL = Integer.MAX_VALUE;

    private JobId job;

    /** Creates this part. */
    protected LogStoreContract() {}

    @BeforeEach
    void createJob() {
        job = new JobId(create(), "a");
    }

    private static LogChunk chunk(JobId job, int attempt, long firstLine, int lineCount, String text, long position) {
        return new LogChunk(job, attempt, firstLine, lineCount, text.getBytes(StandardCharsets.UTF_8), position);
    }

    private LogChunk chunk(long firstLine, String... lines) {
        return chunk(job, 1, firstLine, lines.length, String.join("\n", lines) + "\n", firstLine * 100);
    }

    /** What a chunk says, in a form that can be compared. */
    private record Read(JobId job, int attempt, long firstLine, int lineCount, String text, long sourcePosition) {
        static Read of(LogChunk chunk) {
            return new Read(
                    chunk.job(),
                    chunk.attempt(),
                    chunk.firstLine(),
                    chunk.lineCount(),
                    new String(chunk.text(), StandardCharsets.UTF_8),
                    chunk.sourcePosition());
        }
    }

    private void assertRead(JobId from, long line, int maxBytes, List<LogChunk> expected) {
        List<Read> read =
                second.logs().read(from, line, maxBytes).stream().map(Read::of).toList();
        assertThat(read).isEqualTo(expected.stream().map(Read::of).toList());
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(second.logs().extents(job)).isEmpty();
        assertThat(second.logs().read(job, 0, ALL)).isEmpty();
        JobId unknown = new JobId(job.execId() + 1000, "a");
        assertThat(second.logs().extents(unknown)).isEmpty();
        assertThat(second.logs().read(unknown, 0, ALL)).isEmpty();
    }

    @Test
    void readsFromTheChunkThatHoldsALine() {
        LogChunk start = chunk(0, "0", "1", "2");
        LogChunk middle = chunk(3, "3");
        LogChunk end = chunk(4, "4", "5");
        List.of(start, middle, end).forEach(chunk -> first.logs().append(one, chunk));

        for (long line = 0; line < 3; line++) {
            assertRead(job, line, ALL, List.of(start, middle, end));
        }
        assertRead(job, 3, ALL, List.of(middle, end));
        assertRead(job, 4, ALL, List.of(end));
        assertRead(job, 5, ALL, List.of(end));
        for (long beyond : new long[] {6, 7, Integer.MAX_VALUE + 1L, Long.MAX_VALUE}) {
            assertRead(job, beyond, ALL, List.of());
        }
    }

    @Test
    void stopsAfterTheChunkThatExceedsTheBytes() {
        List<LogChunk> chunks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            chunks.add(chunk(i, "123456789"));
        }
        chunks.forEach(chunk -> first.logs().append(one, chunk));

        assertRead(job, 0, 0, chunks.subList(0, 1));
        assertRead(job, 0, 9, chunks.subList(0, 1));
        assertRead(job, 0, 10, chunks.subList(0, 2));
        assertRead(job, 0, 11, chunks.subList(0, 2));
        assertRead(job, 0, 35, chunks.subList(0, 4));
        assertRead(job, 4, 10, chunks.subList(4, 6));
        assertRead(job, 9, 0, chunks.subList(9, 10));
        assertRead(job, 0, 100, chunks);
    }

    @Test
    void tellsWhereEachAttemptIs() {
        first.logs().append(one, chunk(job, 1, 0, 2, "a\nb\n", 40));
        first.logs().append(one, chunk(job, 1, 2, 1, "c\n", 30));
        first.logs().append(one, chunk(job, 3, 3, 1, "d\n", 0));
        first.logs().append(one, chunk(job, 4, 4, 2, "e\nf\n", Long.MAX_VALUE));

        assertThat(second.logs().extents(job))
                .containsExactly(
                        new LogExtent(1, 0, 3, 40), new LogExtent(3, 3, 1, 0), new LogExtent(4, 4, 2, Long.MAX_VALUE));
    }

    @Test
    void appendsWhatItHasOnlyOnce() {
        LogChunk start = chunk(0, "0", "1");
        LogChunk end = chunk(2, "2", "3");
        first.logs().append(one, start);
        first.logs().append(one, end);

        first.logs().append(one, start);
        second.logs().append(one, end);
        second.logs().append(one, chunk(1, "other", "other", "other", "other"));
        second.logs().append(one, chunk(job, 2, 3, 1, "other\n", 999));

        assertRead(job, 0, ALL, List.of(start, end));
        assertThat(second.logs().extents(job)).containsExactly(new LogExtent(1, 0, 4, 200));
    }

    @Test
    void refusesAGap() {
        for (long beyond : new long[] {1, Long.MAX_VALUE}) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> first.logs().append(one, chunk(beyond, "x")))
                    .satisfies(e -> assertThat(e.isTransient()).isFalse());
        }
        LogChunk start = chunk(0, "0", "1");
        first.logs().append(one, start);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> second.logs().append(one, chunk(3, "x")));

        assertRead(job, 0, ALL, List.of(start));
        assertThat(second.logs().extents(job)).containsExactly(new LogExtent(1, 0, 2, 0));
    }

    @Test
    void onlyTheOwnerAppends() {
        long execId = job.execId();
        LogChunk start = chunk(0, "0");
        refused(two, start);
        first.logs().append(one, start);
        first.engines().release(one);
        refused(one, chunk(1, "late"));
        refused(two, chunk(1, "early"));
        assertThat(second.executions().claim(two, 10)).containsExactly(execId);

        LogChunk end = chunk(1, "1");
        second.logs().append(two, end);

        refused(one, chunk(2, "late"));
        assertRead(job, 0, ALL, List.of(start, end));
    }

    @Test
    void anAppendThatWasRefusedTakesNoLine() {
        expire(one);
        assertThat(second.executions().claim(two, 10)).containsExactly(job.execId());
        refused(one, chunk(0, "of the engine that was paused"));

        LogChunk mine = chunk(job, 2, 0, 1, "of the engine that took over\n", 3);
        second.logs().append(two, mine);

        refused(one, chunk(0, "of the engine that was paused"));
        assertRead(job, 0, ALL, List.of(mine));
    }

    @Test
    void aLeaseWhoseTimeIsUpAppendsAgainWhenItIsRenewed() {
        expire(one);
        refused(one, chunk(0, "0"));
        first.engines().renew(one, LONG);

        first.logs().append(one, chunk(0, "0"));

        assertRead(job, 0, ALL, List.of(chunk(0, "0")));
    }

    @Test
    void whatNobodyOwnsIsNotAppendedTo() {
        first.executions().release(one, List.of(job.execId()));

        refused(one, chunk(0, "0"));

        assertThat(second.logs().extents(job)).isEmpty();
    }

    @Test
    void anyStandingLeaseAppendsToAFinalExecution() {
        end(one, job.execId());

        second.logs().append(two, chunk(0, "0"));
        first.logs().append(one, chunk(1, "1"));

        assertRead(job, 0, ALL, List.of(chunk(0, "0"), chunk(1, "1")));
        assertThat(second.executions().claimFinal(two, job.execId())).isTrue();
        second.executions().commit(two, List.of(change(job.execId(), Samples.state(Status.RUNNING))));
        refused(one, chunk(2, "late"));
    }

    private void refused(Lease lease, LogChunk chunk) {
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.logs().append(lease, chunk))
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void goesOnThroughAnotherHandle() {
        LogChunk start = chunk(0, "0");
        LogChunk end = chunk(1, "1");
        first.logs().append(one, start);

        second.logs().append(one, end);

        assertRead(job, 0, ALL, List.of(start, end));
        assertThat(first.logs().read(job, 1, ALL)).hasSize(1);
    }

    @Test
    void keepsTheLogsOfNodesApart() {
        List<String> names = new ArrayList<>(OddTexts.LONG_NAMES);
        names.addAll(List.of("n", "N", "n_", "nn", "\u00e9", "e\u0301", "n".repeat(63), "a-1", "1"));
        long execId = job.execId();
        long other = create();
        for (String name : names) {
            for (long id : new long[] {execId, other}) {
                first.logs().append(one, chunk(new JobId(id, name), 1, 0, 1, id + " " + name + "\n", 7));
            }
        }

        for (String name : names) {
            JobId one = new JobId(execId, name);
            assertRead(one, 0, ALL, List.of(chunk(one, 1, 0, 1, execId + " " + name + "\n", 7)));
            assertThat(second.logs().extents(one)).containsExactly(new LogExtent(1, 0, 1, 7));
        }
    }

    @Test
    void keepsEveryText() {
        List<LogChunk> chunks = new ArrayList<>();
        chunks.add(chunk(0, ""));
        chunks.add(chunk(1, "", "", ""));
        chunks.add(chunk(4, "\r", OddTexts.CONTROLS.replace("\n", "")));
        chunks.add(chunk(6, OddTexts.MEGABYTE));
        chunks.add(chunk(7, "nul \0 in a line", "\ufffd\uffff"));
        chunks.add(chunk(9, ""));
        chunks.forEach(chunk -> first.logs().append(one, chunk));

        assertRead(job, 0, ALL, chunks);
        assertRead(job, 3, 0, chunks.subList(1, 2));
        assertRead(job, 8, ALL, chunks.subList(4, 6));
    }

    @Test
    void readsALongLogInPieces() {
        String line = "x".repeat(1023);
        int perChunk = 64;
        int count = 100;
        for (int i = 0; i < count; i++) {
            String text = (line + "\n").repeat(perChunk - 1) + "end of " + i + "\n";
            first.logs().append(one, chunk(job, 1 + i / 40, (long) i * perChunk, perChunk, text, (long) i * 65_536));
        }

        int read = 0;
        long next = 0;
        List<LogChunk> piece = second.logs().read(job, next, 300_000);
        while (!piece.isEmpty()) {
            assertThat(piece).hasSizeLessThanOrEqualTo(5);
            for (LogChunk chunk : piece) {
                assertThat(chunk.firstLine()).isEqualTo(next);
                assertThat(new String(chunk.text(), StandardCharsets.UTF_8)).endsWith("\nend of " + read + "\n");
                next += chunk.lineCount();
                read++;
            }
            piece = second.logs().read(job, next, 300_000);
        }
        assertThat(read).isEqualTo(count);
        assertThat(second.logs().extents(job))
                .containsExactly(
                        new LogExtent(1, 0, 2560, 39L * 65_536),
                        new LogExtent(2, 2560, 2560, 79L * 65_536),
                        new LogExtent(3, 5120, 1280, 99L * 65_536));
    }

    @Test
    void logsOutliveTheEndOfTheExecution() {
        LogChunk chunk = chunk(0, "0");
        first.logs().append(one, chunk);

        end(one, job.execId());
        first.logs().append(one, chunk(1, "1"));

        assertRead(job, 0, ALL, List.of(chunk, chunk(1, "1")));
    }
}

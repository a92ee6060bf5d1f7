package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    private static final int KILOBYTE = 1024;
    private static final int SMALL = JobLog.LONGEST_ON_HEAP / 2;

    @TempDir
    private Path directory;

    private MemoryStorage storage;
    private Lease lease;

    private void open(MemoryStorage.Builder builder) {
        storage = builder.spillDirectory(directory).build();
        lease = storage.engines().register("engine", Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private JobId job() {
        Samples.saveFor(storage, Samples.submission());
        return new JobId(
                storage.executions().create(lease, Samples.submission()).execId(), "a");
    }

    private void append(JobId job, long line, int bytes) {
        byte[] text = ("x".repeat(bytes - 1) + "\n").getBytes(StandardCharsets.UTF_8);
        storage.logs().append(lease, new LogChunk(job, 1, line, 1, text, 0));
    }

    private void end(JobId job) {
        storage.executions()
                .commit(
                        lease,
                        List.of(new ExecutionChange(job.execId(), Samples.state(Status.SUCCESS), List.of(), false)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private long read(JobId job) {
        return storage.logs().read(job, 0, Integer.MAX_VALUE).stream()
                .mapToLong(chunk -> chunk.text().length)
                .sum();
    }

    @Test
    void smallLogsStayOnTheHeap() throws IOException {
        open(MemoryStorage.builder());
        JobId job = job();
        append(job, 0, SMALL);
        append(job, 1, SMALL);

        assertThat(directory).isEmptyDirectory();
        assertThat(storage.logHeapUsed()).isEqualTo(2L * SMALL);
    }

    @Test
    void longLogsGoToOneFileEach() throws IOException {
        open(MemoryStorage.builder());
        JobId job = job();
        JobId other = job();
        for (JobId each : List.of(job, other)) {
            append(each, 0, SMALL);
            append(each, 1, SMALL);
            append(each, 2, 1);
            append(each, 3, SMALL);
        }

        assertThat(files()).hasSize(2).allSatisfy(file -> assertThat(file).hasSize(3L * SMALL + 1));
        assertThat(storage.logHeapUsed()).isZero();
        assertThat(read(job)).isEqualTo(3L * SMALL + 1);
        assertThat(read(other)).isEqualTo(3L * SMALL + 1);
    }

    @Test
    void logsBeyondTheBudgetGoToFiles() throws IOException {
        open(MemoryStorage.builder().logHeap(10 * KILOBYTE));
        JobId first = job();
        JobId second = job();
        append(first, 0, 6 * KILOBYTE);
        append(second, 0, 6 * KILOBYTE);

        assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasSize(6L * KILOBYTE));
        assertThat(storage.logHeapUsed()).isEqualTo(6L * KILOBYTE);

        append(first, 1, 4 * KILOBYTE);
        assertThat(files()).hasSize(1);
        append(first, 2, 1);
        assertThat(files()).hasSize(2);
        assertThat(storage.logHeapUsed()).isZero();
        assertThat(read(first)).isEqualTo(10L * KILOBYTE + 1);
    }

    @Test
    void aLongLogLeavesNothingOnTheHeap() throws IOException {
        open(MemoryStorage.builder());
        JobId job = job();
        int chunks = 300;
        for (int line = 0; line < chunks; line++) {
            append(job, line, JobLog.LONGEST_ON_HEAP);
        }

        assertThat(storage.logHeapUsed()).isZero();
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file).hasSize((long) chunks * JobLog.LONGEST_ON_HEAP));
        assertThat(storage.logs().read(job, 150, 0))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.firstLine()).isEqualTo(150));
    }

    @Test
    void filesVanishWithAPurge() throws IOException {
        open(MemoryStorage.builder().logHeap(1));
        JobId job = job();
        JobId kept = job();
        append(job, 0, 100);
        append(kept, 0, 50);
        end(job);

        Samples.purge(storage, List.of(job.execId()));

        assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasSize(50));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(job, 1, 10))
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
        assertThat(files()).hasSize(1);
    }

    @Test
    void heapIsFreeAgainAfterAPurge() {
        open(MemoryStorage.builder());
        JobId job = job();
        append(job, 0, SMALL);
        end(job);

        Samples.purge(storage, List.of(job.execId()));

        assertThat(storage.logHeapUsed()).isZero();
    }

    @Test
    void filesVanishWithAnEviction() throws IOException {
        open(MemoryStorage.builder().logHeap(0).maxExecutions(1));
        JobId job = job();
        append(job, 0, 100);
        end(job);

        job();

        assertThat(files()).isEmpty();
    }

    @Test
    void filesVanishWithTheLastHandle() {
        open(MemoryStorage.builder().logHeap(0));
        append(job(), 0, 100);
        append(job(), 0, 100);
        MemoryStorage second = storage.another();

        storage.close();
        assertThat(directory).isNotEmptyDirectory();

        second.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anInterruptedThreadCanLog() {
        open(MemoryStorage.builder().logHeap(0));
        JobId job = job();
        append(job, 0, 10);
        Thread.currentThread().interrupt();
        try {
            append(job, 1, 10);
            assertThat(read(job)).isEqualTo(20);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aDiskThatFailsForAWhileLosesNothing() throws IOException {
        Path later = directory.resolve("later");
        storage = MemoryStorage.builder().logHeap(5).spillDirectory(later).build();
        lease = storage.engines().register("engine", Duration.ofHours(1));
        JobId job = job();
        append(job, 0, 5);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> append(job, 1, 10))
                .satisfies(e -> assertThat(e.isTransient()).isTrue());
        assertThat(read(job)).isEqualTo(5);

        Files.createDirectory(later);
        append(job, 1, 10);
        assertThat(read(job)).isEqualTo(15);
        assertThat(storage.logs().extents(job))
                .singleElement()
                .satisfies(extent -> assertThat(extent.lineCount()).isEqualTo(2));
    }
}

package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import dev.remora.model.ExecutionFilter;
import dev.remora.spi.Lease;
import dev.remora.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about a file: it has one process, and channels that an interrupt closes. */
class H2FileTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("data");
    }

    /** Opens the file, says so, and waits for the end of its input. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (JdbcStorage storage = JdbcStorage.h2(Path.of(arguments[0]))) {
                System.out.println("open " + storage.id());
                int end = System.in.read();
                assertThat(end).isEqualTo(-1);
            }
        }
    }

    @Test
    void anotherProcessIsRefused() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String line = holder.inputReader().readLine();
            assertThat(line).startsWith("open ");

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> JdbcStorage.h2(file()))
                    .withMessageContaining("another process")
                    .satisfies(e -> assertThat(e.isTransient()).isFalse());

            holder.getOutputStream().close();
            assertThat(holder.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            try (JdbcStorage storage = JdbcStorage.h2(file())) {
                assertThat(line).isEqualTo("open " + storage.id());
            }
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void interruptsHarmNothing() throws Exception {
        int rounds = 200;
        try (JdbcStorage storage = JdbcStorage.h2(file())) {
            Lease lease = storage.engines().register("engine", LONG);
            Samples.saveFor(storage, Samples.submission());
            AtomicInteger stored = new AtomicInteger();
            CountDownLatch ended = new CountDownLatch(1);
            List<Throwable> surprises = new ArrayList<>();
            Thread writer = new Thread(
                    () -> {
                        try {
                            for (int i = 0; i < rounds; i++) {
                                storage.executions().create(lease, Samples.submission());
                                stored.incrementAndGet();
                            }
                        } catch (RuntimeException e) {
                            surprises.add(e);
                        } finally {
                            ended.countDown();
                        }
                    },
                    "writer");
            writer.start();
            while (!ended.await(1, TimeUnit.MILLISECONDS)) {
                writer.interrupt();
            }
            writer.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));

            assertThat(surprises).isEmpty();
            assertThat(stored).hasValue(rounds);
            assertThat(storage.executions()
                            .list(ExecutionFilter.builder().build())
                            .total())
                    .isEqualTo(rounds);
        }
    }

    @Test
    void anInterruptIsKept() {
        try (JdbcStorage storage = JdbcStorage.h2(file())) {
            Thread.currentThread().interrupt();
            storage.engines().register("engine", LONG);

            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

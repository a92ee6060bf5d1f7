package dev.remora.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDirectoriesTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 5_000;

    @TempDir
    Path base;

    @Test
    void whoNeedsADirectoryGetsItWhileOthersRemoveItWhenItIsEmpty() throws Exception {
        IncomingFiles files = new IncomingFiles(base.resolve("storage").resolve("incoming"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        files.remove(files.create());
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void aFileInTheWayIsAnError() throws IOException {
        Path file = Files.createFile(base.resolve("file"));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> SharedDirectories.create(file))
                .withMessage(file.toString());
    }
}

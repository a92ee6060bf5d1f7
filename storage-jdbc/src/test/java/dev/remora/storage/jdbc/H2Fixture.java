package dev.remora.storage.jdbc;

import dev.remora.spi.Storage;
import dev.remora.testkit.StorageFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Storages in a file of H2, in a directory of its own. */
final class H2Fixture implements StorageFixture {
    private final Path directory;
    private final UnaryOperator<JdbcStorage.Builder> settings;

    H2Fixture(UnaryOperator<JdbcStorage.Builder> settings) {
        this.settings = settings;
        try {
            directory = Files.createTempDirectory("remora-h2-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JdbcStorage.Builder builder() {
        return settings.apply(
                JdbcStorage.builder().h2(directory.resolve("data")).poolSize(10));
    }

    /** Returns the address of the file. */
    String address() {
        return Pool.addressOf(directory.resolve("data"));
    }

    @Override
    public Storage open() {
        return builder().build();
    }

    @Override
    public void passTime(Duration duration) {
        Clocks.await(duration);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the builder takes, and what it refuses. */
class BuilderTest {
    @TempDir
    private Path directory;

    private void refused(UnaryOperator<JdbcStorage.Builder> settings, String path, String... words) {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> settings.apply(JdbcStorage.builder().h2(directory.resolve("data")))
                        .build())
                .withMessageContainingAll(words)
                .satisfies(e -> assertThat(e.problems().get(0).path()).isEqualTo(path));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        refused(builder -> builder.poolSize(1), "poolSize", "is 1", "2 to 1000");
        refused(builder -> builder.poolSize(1001), "poolSize", "is 1001", "2 to 1000");
        refused(
                builder -> builder.connectTimeout(Duration.ofMillis(999)),
                "connectTimeout",
                "PT0.999S",
                "PT1S to PT1H");
        refused(builder -> builder.callTimeout(Duration.ofHours(2)), "callTimeout", "PT2H", "PT1S to PT1H");
        for (String prefix : new String[] {"", "Remora_", "1x", "a-b", "a;drop", "x".repeat(32)}) {
            refused(builder -> builder.tablePrefix(prefix), "tablePrefix", "'" + prefix + "'", "[a-z]");
        }
    }

    @Test
    void refusesAFileThatH2CannotName() {
        refused(builder -> builder.h2(directory.resolve("a;b")), "h2", "a;b");
    }

    @Test
    void wantsExactlyOneDatabase() {
        refused(builder -> builder.url("jdbc:h2:mem:x"), "", "has 2", "exactly one");
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> JdbcStorage.builder().build())
                .withMessageContaining("has 0");
    }

    @Test
    void neverShowsAnAddressThatMayHoldAPassword() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(
                        () -> JdbcStorage.builder().url("x://user:secret@db").build())
                .withMessageContaining("jdbc:")
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> JdbcStorage.builder()
                        .url("jdbc:nosuch://user:secret@db")
                        .build())
                .withMessageContaining("jdbc:nosuch:")
                .withMessageNotContaining("secret")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void takesNoNull() {
        assertThatNullPointerException().isThrownBy(() -> JdbcStorage.builder().url(null));
        assertThatNullPointerException().isThrownBy(() -> JdbcStorage.builder().h2(null));
        assertThatNullPointerException().isThrownBy(() -> JdbcStorage.builder().dataSource(null));
        assertThatNullPointerException().isThrownBy(() -> JdbcStorage.builder().schema(null));
        assertThatNullPointerException().isThrownBy(() -> JdbcStorage.builder().durability(null));
    }

    @Test
    void createsTheDirectoryOfTheFile() {
        Path file = directory.resolve("a b_ü").resolve("deeper").resolve("data");
        JdbcStorage.h2(file).close();

        assertThat(file.resolveSibling("data.mv.db")).exists();
    }

    @Test
    void saysThatADirectoryCannotBeCreated() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> JdbcStorage.h2(file.resolve("data")))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void aServerThatIsNotThereMayComeBack() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> JdbcStorage.builder()
                        .url("jdbc:postgresql://localhost:1/remora")
                        .connectTimeout(Duration.ofSeconds(1))
                        .build())
                .satisfies(e -> assertThat(e.isTransient()).isTrue());
    }
}

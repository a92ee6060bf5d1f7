package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.remora.ResourceCatalog;
import dev.remora.error.EngineClosedException;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.error.ValidationException;
import dev.remora.model.Limit;
import dev.remora.model.ProjectResource;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.WorkflowJson;
import dev.remora.spi.ResourceStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The files of projects. */
public abstract class ProjectResourceContract extends PackagePart {
    /** Creates this part. */
    protected ProjectResourceContract() {}

    private ResourceCatalog resources() {
        return remora.resources();
    }

    private void save(String... references) {
        remora.workflows().save(PROJECT, "flow", WorkflowJson.parse(reading(references)));
    }

    private long run() {
        return remora.executor().run(RunRequest.of(PROJECT, "flow"));
    }

    @Test
    void comeBackAsTheyWere() throws IOException {
        Random random = new Random(5);
        for (int size : new int[] {0, 1, 65_537, ResourceStore.CHUNK_SIZE, 3 * ResourceStore.CHUNK_SIZE + 1}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);

            ProjectResource saved =
                    remora.as("anna").resources().put(PROJECT, "lib/./a.jar", new ByteArrayInputStream(bytes));

            assertThat(saved.path()).isEqualTo("lib/a.jar");
            assertThat(saved.savedBy()).isEqualTo("anna");
            assertThat(saved.content().size()).isEqualTo(size);
            assertThat(resources().find(PROJECT, "lib/a.jar")).contains(saved);
            assertThat(resources().find(PROJECT, "./lib/a.jar")).contains(saved);
            assertThat(resources().list(PROJECT, 0, 10)).containsExactly(saved);
            try (InputStream in = resources().get(PROJECT, "lib/a.jar")) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void areReadByteByByte() throws IOException {
        resources().put(PROJECT, "a", stream("a\u00ff"));

        try (InputStream in = resources().get(PROJECT, "a")) {
            assertThat(List.of(in.read(), in.read(), in.read(), in.read())).containsExactly((int) 'a', 0xc3, 0xbf, -1);
        }
    }

    @Test
    void leaveTheStreamOpen() {
        boolean[] closed = {false};
        InputStream source = new FilterInputStream(stream(TEXT)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        resources().put(PROJECT, "a", source);

        assertThat(closed[0]).isFalse();
    }

    @Test
    void areDeleted() throws IOException {
        resources().put(PROJECT, "a", stream(TEXT));

        resources().delete(PROJECT, "./a");

        assertThat(resources().find(PROJECT, "a")).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> resources().get(PROJECT, "a"))
                .withMessageContaining("no resource a in project " + PROJECT);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> resources().delete(PROJECT, "a"));
        assertNothingLeft();
    }

    @Test
    void tellWhenTheyAreReplacedWhileTheyAreRead() throws IOException {
        byte[] bytes = new byte[2 * ResourceStore.CHUNK_SIZE];
        resources().put(PROJECT, "a", new ByteArrayInputStream(bytes));
        try (InputStream in = resources().get(PROJECT, "a")) {
            in.readNBytes(10);
            resources().put(PROJECT, "a", stream("other"));

            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("replaced or deleted");
        }
    }

    @Test
    void refuseOddNames() throws IOException {
        for (String path :
                List.of("", " ", "../a", "/a", "a/../b", "a\\b", "a\0", "C:a", "a/", "a//b", ".", "\ud800")) {
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> resources().put(PROJECT, path, stream(TEXT)))
                    .withMessageContaining("path: ");
        }
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> resources().put("1", "a", stream(TEXT)))
                .withMessageContaining("project: ");
        assertNothingLeft();
    }

    @Test
    void refuseWhatIsTooLarge() throws IOException {
        restart(builder -> builder.limit(Limit.RESOURCE_SIZE, TEXT.length()));
        resources().put(PROJECT, "a", stream(TEXT));
        resources().delete(PROJECT, "a");

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> resources().put(PROJECT, "a", stream(TEXT + "x")))
                .withMessageContaining("limit RESOURCE_SIZE is " + TEXT.length() + " bytes");
        assertNothingLeft();
    }

    @Test
    void keepWhatWasThereWhenTheStreamFails() throws IOException {
        resources().put(PROJECT, "a", stream("before"));
        InputStream torn = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("torn off");
                }
                return 'x';
            }
        };

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> resources().put(PROJECT, "a", torn))
                .withMessageContaining("torn off");

        assertThat(resources().get(PROJECT, "a").readAllBytes()).asString().isEqualTo("before");
        assertNoFiles();
    }

    @Test
    void checkTheirPages() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> resources().list(PROJECT, -1, 0))
                .satisfies(e -> assertThat(e.problems()).hasSize(2));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> resources().list(PROJECT, 0, 1001));
    }

    @Test
    void cannotBeChangedThroughAClosedEngine() {
        remora.close();

        assertThatExceptionOfType(EngineClosedException.class)
                .isThrownBy(() -> resources().put(PROJECT, "a", stream(TEXT)));
        assertThatExceptionOfType(EngineClosedException.class)
                .isThrownBy(() -> resources().delete(PROJECT, "a"));
    }

    @Test
    void areThereWhenANodeStarts() throws Exception {
        resources().put(PROJECT, "lib/a.jar", stream("a"));
        resources().put(PROJECT, "b", stream("b"));
        resources().put("other", "b", stream("other"));
        save("{\"res\": \"lib/a.jar\"}", "{\"scope\": \"PROJECT\", \"res\": \"b\", \"alias\": \"in/b\"}");

        assertThat(found(run())).isEqualTo(Map.of("a.jar", "a", "in/b", "b"));
    }

    @Test
    void areLookedUpWhenAnAttemptStarts() throws Exception {
        resources().put(PROJECT, "a", stream("1"));
        save("{\"res\": \"a\"}");
        long execId = run();
        assertThat(found(execId)).isEqualTo(Map.of("a", "1"));

        resources().put(PROJECT, "a", stream("2"));
        remora.executor().rerun(RerunRequest.all(execId));

        assertThat(found(execId)).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void thatAreMissingFailTheAttempt() throws Exception {
        save("{\"res\": \"lib/none\"}");

        long execId = run();

        assertBadParameter(
                execId,
                "parameter.resources[0].res: is lib/none, which project " + PROJECT
                        + " does not have among its resources");
        resources().put(PROJECT, "lib/none", stream("there"));
        remora.executor().rerun(RerunRequest.failedPart(execId));
        assertThat(found(execId)).isEqualTo(Map.of("none", "there"));
    }

    @Test
    void areListedInAStrictForm() {
        for (String references : List.of(
                "\"a\"",
                "{}",
                "{\"res\": 1}",
                "{\"res\": \"a\", \"scope\": \"project\"}",
                "{\"res\": \"a\", \"scope\": null}",
                "{\"res\": \"a\", \"name\": \"b\"}",
                "{\"res\": \"../a\"}",
                "{\"res\": \"a/\"}",
                "{\"res\": \"/a\"}",
                "{\"res\": \"a\", \"alias\": null}")) {
            assertThatExceptionOfType(ValidationException.class)
                    .as(references)
                    .isThrownBy(() -> save(references))
                    .satisfies(e -> assertThat(e.problems())
                            .hasSize(1)
                            .allSatisfy(problem ->
                                    assertThat(problem.path()).startsWith("nodes[0].parameter.resources[0]")));
        }
    }

    @Test
    void aProblemThatTheJobTypeReportsTooIsToldOnce() {
        String json = reading("{\"res\": \"../a\"}").replace("READ", "ENDLESS");

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> remora.workflows().save(PROJECT, "flow", WorkflowJson.parse(json)))
                .satisfies(e -> assertThat(e.problems()).hasSize(1));
    }
}
